"""The schema: data/datapackage.json, which says once what every table, column and code is."""

import json
from typing import NamedTuple

from parley.errors import EncodingError, TablesError, nearest
from parley.passages import decode

FILE = "datapackage.json"
TYPES = ("string", "integer", "number", "date")


class Column(NamedTuple):
    """What the schema says of one column; `targets` are the tables whose ids it may hold."""

    name: str
    type: str
    required: bool
    unique: bool
    pattern: str
    codes: tuple
    minimum: float | None
    maximum: float | None
    targets: tuple
    is_list: bool
    quotation: bool
    prose: bool


def columns(schema):
    """Table name to the list of its columns."""
    return {table["name"]: _columns(table) for table in schema["resources"]}


def _columns(table):
    keys = {
        key["fields"]: key["reference"]["resource"] or table["name"] for key in table["schema"].get("foreignKeys", [])
    }
    found = []
    for field in table["schema"]["fields"]:
        rule = field.get("constraints", {})
        found.append(
            Column(
                name=field["name"],
                type=field["type"],
                required=rule.get("required", False),
                unique=rule.get("unique", False),
                pattern=rule.get("pattern", ""),
                codes=tuple(rule.get("enum", ())),
                minimum=rule.get("minimum"),
                maximum=rule.get("maximum"),
                targets=(keys[field["name"]],) if field["name"] in keys else tuple(field.get("references", ())),
                is_list=field.get("list", False),
                quotation=field.get("quotation", False),
                prose=field.get("prose", False),
            )
        )
    return found


def read(folder, model=None):
    """The schema of a folder. TablesError with everything that is wrong with it.

    `model` is the schema that Parley's code is written for: another folder must have its tables and columns.
    """
    name = f"{folder.name}/{FILE}"
    try:
        schema = json.loads(decode((folder / FILE).read_bytes()))
        problems = _faults(schema) or _departures(schema, model or schema)
    except OSError as error:
        remedy = "Give a folder that holds the schema and the tables."
        raise TablesError([f"{name}: cannot be read ({error.strerror}). {remedy}"]) from None
    except json.JSONDecodeError as error:
        where = f"{name}, line {error.lineno}, character {error.colno}"
        raise TablesError([f"{where}: is not JSON ({error.msg})."]) from None
    except EncodingError as error:
        raise TablesError([f"{name}, {error}"]) from None
    except (KeyError, TypeError, AttributeError) as error:
        expected = "Expected a data package with `title`, `vocabularies` and `resources`, as in Parley's own."
        problems = [f"has not the form of a schema ({type(error).__name__}: {error}). {expected}"]
    if problems:
        raise TablesError([f"{name}: {problem}" for problem in problems])
    return schema


def _faults(schema):
    """Where a schema contradicts itself."""
    problems = []
    names = [table["name"] for table in schema["resources"]]
    codes = {name: tuple(entry["codes"]) for name, entry in schema["vocabularies"].items()}
    schema["title"], schema["description"], schema["rules"]
    for table in schema["resources"]:
        table["path"], table["description"]
        for field, column in zip(table["schema"]["fields"], _columns(table), strict=True):
            field["description"]
            here = f"table {table['name']}, column `{column.name}`"
            if column.type not in TYPES:
                problems.append(f"{here}: type {column.type!r} is not one of {', '.join(TYPES)}.")
            problems += [
                f"{here}: refers to {target!r}, which is no table.{nearest(target, names)}"
                for target in column.targets
                if target not in names
            ]
            vocabulary = field.get("vocabulary")
            if vocabulary and vocabulary not in codes:
                problems.append(f"{here}: {vocabulary!r} is not in `vocabularies`.{nearest(vocabulary, list(codes))}")
            elif vocabulary and column.codes != codes[vocabulary]:
                problems.append(f"{here}: `enum` must list the codes of {vocabulary!r}, in the same order.")
    return problems


def _departures(schema, model):
    """Tables and columns that Parley needs and this schema has not, or has in another type."""
    problems, have = [], columns(schema)
    for table, needed in columns(model).items():
        if table not in have:
            problems.append(f"has no table {table!r}, which Parley needs.")
            continue
        mine = {column.name: column for column in have[table]}
        for column in needed:
            other = mine.get(column.name)
            if other is None:
                problems.append(f"table {table}: has no column `{column.name}`, which Parley needs.")
            elif (other.type, other.is_list) != (column.type, column.is_list):
                problems.append(f"table {table}, column `{column.name}`: must be of type {column.type}.")
    return problems
