"""One CSV file to one frame of text, with the line of each row and what is wrong with the file's form."""

import csv
import io
import re
from typing import NamedTuple

import pandas as pd

from parley.errors import EncodingError, nearest
from parley.passages import decode

_CELL = re.compile(r'(?:"(?:[^"]|"")*"|(?!")[^,\n]*)[,\n]')


class Problem(NamedTuple):
    """Something wrong in a table; `line` 0 is the file as a whole, `column` "" the row as a whole."""

    table: str
    line: int
    column: str
    text: str


class Sheet(NamedTuple):
    """A table as read: `rows` of text, `lines` of the file, and whether rows of it are lost (`broken`)."""

    rows: pd.DataFrame
    lines: list
    broken: bool
    problems: list


def read(path, table, names):
    """The sheet of one file. `names`: the columns that it must have, in any order."""
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        return _lost(table, f"cannot be read ({error.strerror}). Expected a file, if only with a header.")
    except EncodingError as error:
        return _lost(table, error.reason, error.line)
    if not text.strip():
        return _lost(table, f"is empty. Expected a header: {','.join(names)}.")
    rows, lines, blank, stopped = _rows(text, table, names)
    if not rows:
        return Sheet(pd.DataFrame(), [], True, stopped)
    header = rows[0]
    problems = [*blank, *stopped]
    odd = _header(header, lines[0], table, names)
    fit = [len(row) == len(header) for row in rows]
    for row, line, ok in zip(rows, lines, fit, strict=True):
        if not ok:
            problems.append(Problem(table, line, "", _width(len(row), len(header))))
    whole = [row for row, ok in zip(rows, fit, strict=True) if ok][1:]
    frame = pd.DataFrame(whole, columns=header, dtype="str")
    frame = frame.loc[:, ~frame.columns.duplicated()].reindex(columns=names)
    kept = [line for line, ok in zip(lines, fit, strict=True) if ok][1:]
    return Sheet(frame, kept, bool(stopped or odd or not all(fit)), problems + odd)


def _lost(table, text, line=0):
    return Sheet(pd.DataFrame(), [], True, [Problem(table, line, "", text)])


def _rows(text, table, names):
    """Rows (the header first), the line of each, blank lines before the last, and why reading stopped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines, blank, stopped, line = [], [], [], [], 1
    try:
        for row in reader:
            if "".join(row).strip() or len(row) > 1:
                rows.append(row)
                lines.append(line)
            else:
                blank.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        stopped = [_stopped(text, line, table, rows[0] if rows else names, error)]
    expected = "is blank. Expected a row; take the line out."
    inner = [Problem(table, line, "", expected) for line in blank if lines and line < lines[-1]]
    return rows, lines, inner, stopped


def _stopped(text, line, table, names, error):
    """Why reading stopped in the row that begins on this line: mostly a quote that nothing closes."""
    offset = 0
    for _ in range(line - 1):
        offset = text.index("\n", offset) + 1
    cells = 0
    while found := _CELL.match(text, offset):
        offset, cells = found.end(), cells + 1
    if text[offset : offset + 1] != '"':
        return Problem(table, line, "", f"cannot be read as CSV ({error}).")
    column = names[cells] if cells < len(names) else ""
    reason = 'a quote opens here and is not closed. Expected " at the end, and "" within.'
    return Problem(table, text.count("\n", 0, offset) + 1, column, reason)


def _width(have, expected):
    remedy = "Put quotes round a cell that holds a comma." if have > expected else "Write every comma."
    return f"has {have} cells, expected {expected}. {remedy}"


def _header(header, line, table, names):
    """Columns that are missing, unknown or named twice."""
    missing = [name for name in names if name not in header]
    unknown = [name for name in dict.fromkeys(header) if name not in names]
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    texts = [(name, f"is no column of this table.{nearest(name, missing or names)}") for name in unknown]
    texts += [(name, "is missing in the header.") for name in missing]
    texts += [(name, "stands twice in the header.") for name in twice]
    return [Problem(table, line, name, text) for name, text in texts]
