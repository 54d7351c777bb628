"""A folder of tables to typed frames and everything that is wrong with them, one line a problem."""

import inspect

import pandas as pd

from parley.tables import cells, csvfile, schema
from parley.tables.csvfile import Problem
from parley.tables.rules import RULES


def read(folder, model):
    """`(schema, frames, problems)` of a folder. TablesError if the schema itself is wrong.

    One fault is told once: rows that could not be read leave their table out of references and rules, and a
    wrong cell leaves its row, and the rows that point to it, out of the rules.
    """
    plan = schema.read(folder, model)
    columns = schema.columns(plan)
    paths = {table["name"]: table["path"] for table in plan["resources"]}
    sheets = {
        table: csvfile.read(folder / path, table, [column.name for column in columns[table]])
        for table, path in paths.items()
    }
    lines = {table: sheet.lines for table, sheet in sheets.items()}
    problems = [problem for sheet in sheets.values() for problem in sheet.problems]
    frames = {table: _typed(sheet.rows, columns[table]) for table, sheet in sheets.items() if not sheet.broken}
    ids = {table: sheets[table].rows["id"] for table in frames}
    for table, sheet in sheets.items():
        if len(sheet.rows):
            faults = [
                *cells.faults(sheet.rows, columns[table]),
                *cells.dangling(sheet.rows, columns[table], ids),
            ]
            problems += _problems(table, faults, lines[table])
    wrong = _touched(problems, frames, columns, lines)
    for rule in RULES:
        for table, *fault in _apply(rule, frames, columns):
            found = _problems(table, [fault], lines[table])
            problems += [problem for problem in found if (table, problem.line) not in wrong]
    return plan, frames, _sorted(problems, folder, paths, columns)


def _touched(problems, frames, columns, lines):
    """Table and line of every row with a problem, and of every row that points to one."""
    wrong = {(problem.table, problem.line) for problem in problems}
    ids = {
        id
        for table, frame in frames.items()
        for id, line in zip(frame["id"], lines[table], strict=True)
        if (table, line) in wrong
    }
    for table, frame in frames.items():
        for column in columns[table]:
            if column.targets and ids:
                values = frame[column.name].explode()
                wrong |= {(table, lines[table][row]) for row in values.index[values.isin(ids)]}
    return wrong


def _typed(rows, columns):
    return pd.DataFrame({column.name: cells.typed(rows[column.name], column) for column in columns})


def _apply(rule, frames, columns):
    """The faults that a rule finds, or none where a table that it looks at could not be read."""
    offered = {**frames, "frames": frames, "columns": columns}
    needed = inspect.signature(rule).parameters
    return rule(**{name: offered[name] for name in needed}) if set(needed) <= set(offered) else []


def _problems(table, faults, lines):
    return [
        Problem(table, lines[row], column, text.format_map(values))
        for frame, column, text in faults
        if len(frame)  # most are empty, and turning an empty frame into rows costs as much as a small one
        for row, values in zip(frame.index, frame.to_dict("records"), strict=True)
    ]


def _sorted(problems, folder, paths, columns):
    """Problems as lines, in the order of tables, rows and columns."""
    tables = list(paths)
    order = {(table, column.name): place for table in tables for place, column in enumerate(columns[table])}

    def place(problem):
        return tables.index(problem.table), problem.line, order.get((problem.table, problem.column), -1)

    told = []
    for table, line, column, text in sorted(problems, key=place):
        where = f"{folder.name}/{paths[table]}" + (f", line {line}" if line else "")
        about = f", column `{column}`" if column else ""
        told.append(" ".join(f"{where}{about}: {text}".split()))
    return list(dict.fromkeys(told))
