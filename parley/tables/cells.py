"""Cells of one table: what the schema says of each column by itself, and the types that a frame carries.

A fault is `(frame, column, text)`: one problem for each row of the frame, whose index says which row of the
table it is. The text is a template over the columns of the frame.
"""

import re

import pandas as pd

from parley.errors import nearest

FORMS = {"integer": r"-?\d{1,18}", "number": r"-?\d+(?:\.\d+)?", "date": r"\d{4}-\d{2}-\d{2}"}
EXAMPLES = {
    "integer": "a whole number, such as 7",
    "number": "a number, such as 7.5",
    "date": "a day, such as 2024-01-31",
}
MANY = 2000  # so many choices are looked through for the nearest; more would take seconds
HINTS = 50  # so many wrong values of one column get a hint


def faults(rows, columns):
    """Faults of the text of a table, without references."""
    for column in columns:
        cells = rows[column.name]
        if cells.isna().any():  # the header has no such column: said there
            continue
        for wrong, text in _wrong(set(cells), column):
            if wrong:
                found = cells[cells.isin(wrong)]
                yield hinted(found, column.codes) if "{hint}" in text else _values(found), column.name, text
        if column.unique and not cells.is_unique:
            again = cells[cells.duplicated() & (cells != "")]
            yield (
                _values(again),
                column.name,
                "{value!r} stands in an earlier row too. Expected one of its own.",
            )


def _wrong(values, column):
    """Sets of values of a column that are wrong in one way, each with what to say of it."""
    if column.required:
        yield values & {""}, "is empty. Expected a value in every row."
    padded = {value for value in values if value != value.strip()}
    yield padded, "{value!r} has white space around it. Take it out."
    values = values - padded - {""}
    if column.type != "string":
        cells = pd.Series(list(values), dtype="str")
        numbers = typed(cells, column)
        yield set(cells[numbers.isna()]), f"{{value!r}} is not {EXAMPLES[column.type]}."
        if column.minimum is not None:
            text = f"{{value}} is too small. Expected {column.minimum} or more."
            yield set(cells[numbers < column.minimum]), text
        if column.maximum is not None:
            text = f"{{value}} is too large. Expected {column.maximum} or less."
            yield set(cells[numbers > column.maximum]), text
    elif column.codes:
        expected = f"Expected one of: {', '.join(column.codes)}."
        yield values - set(column.codes), f"{{value!r}} is not a code.{{hint}} {expected}"
    elif column.pattern:
        matches = re.compile(column.pattern.removeprefix("^").removesuffix("$")).fullmatch
        kind = "a list of ids with one space between them" if column.is_list else "of the form"
        text = f"{{value!r}} is not {kind} {_braced(column.pattern)}."
        yield {value for value in values if not matches(value)}, text
    if column.is_list:
        twice = {value for value in values if len(set(value.split())) < len(value.split())}
        yield twice, "{value!r} names an id twice."


def typed(cells, column):
    """The cells of a column as its type: lists as tuples, numbers and dates missing where empty or wrong."""
    if column.is_list:
        return pd.Series([tuple(cell.split()) for cell in cells], cells.index, dtype="object")
    if column.type == "string":
        return cells
    fit = cells.where(cells.str.fullmatch(FORMS[column.type]))
    if column.type == "date":
        return pd.to_datetime(fit, format="%Y-%m-%d", errors="coerce")
    return pd.to_numeric(fit).astype("Float64" if column.type == "number" else "Int64")


def dangling(rows, columns, ids):
    """Faults of references. `ids`: table name to its ids, without the tables that could not be read."""
    for column in columns:
        if not column.targets or not set(column.targets) <= set(ids) or rows[column.name].isna().any():
            continue
        cells = rows[column.name]
        values = cells[cells != ""]
        if column.is_list:
            values = values.str.split().explode().dropna()
        choices = pd.concat([ids[target] for target in column.targets])
        wrong = hinted(values[~values.isin(choices)], choices)
        yield wrong, column.name, f"{{value!r}} is not in {' or '.join(column.targets)}.{{hint}}"


def hinted(values, choices):
    """A frame of wrong values, each with the question whether the nearest right one was meant."""
    distinct, choices = values.drop_duplicates(), pd.Series(choices, dtype="str")
    hints = {}
    for value in distinct[:HINTS]:
        near = choices if len(choices) <= MANY else choices[choices.str.startswith(value[:2])][:MANY]
        hints[value] = nearest(value, list(near))
    return _values(values).assign(hint=[hints.get(value, "") for value in values])


def _values(cells):
    short = [cell if len(cell) <= 60 else cell[:59] + "…" for cell in cells]
    return pd.DataFrame({"value": short}, index=cells.index)


def _braced(text):
    return text.replace("{", "{{").replace("}", "}}")
