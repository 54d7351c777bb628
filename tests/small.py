"""A Dossier of a few hand-made rows, without files: what a test does not give is filled in as plainly as can be."""

from pathlib import Path

import pandas as pd

from parley import tables
from parley.tables import Dossier, cells, schema

SCHEMA = tables.load_schema()
PLAIN = {
    "actors": {"kind": "state", "role": "principal"},
    "issues": {"question": "What of it?"},
    "events": {"kind": "concession", "status": "proposed", "issue": "pay", "date_precision": "not_told"},
    "statements": {
        "passages": "a1.p01.s1",
        "issue": "pay",
        "kind": "actual",
        "rendering": "paraphrased",
        "date_precision": "not_told",
    },
    "conditions": {"operator": "before", "answer": "not_reported", "basis": "reported"},
    "terms": {"voice": "attributed", "passages": "a1.p01.s1"},
    "judgements": {"kind": "assumption", "confidence": "low"},
}
FIRM = {"accepts": "3", "offers": "3", "requires": "4", "demands": "4", "refuses": "4"}


def dossier(**given):
    """Tables by name, each a list of rows: dicts of text as in a CSV file, ids as in the tables.

    Actors, issues, events and passages that only other rows name are added; labels are made from ids: `the_mill` is
    "the mill". A statement without `chain` is told by the article; one with `chain` ("form:source form:source", from
    the article outward) gets its attributions from it.
    """
    rows = {name: [dict(row) for row in given.get(name, ())] for name in SCHEMA_COLUMNS}
    for number, row in enumerate(rows["statements"]):
        row.setdefault("id", f"s{number + 1}")
        row.setdefault("claim", row["id"])
        row.setdefault("summary", (row.get("event") or row["id"]).replace("_", " "))
        row.setdefault("firmness", FIRM.get(row["stance"], ""))
        rows["attributions"] += _chain(row["id"], row.pop("chain", ""))
    for number, row in enumerate(rows["conditions"]):
        row.setdefault("id", f"c{number + 1}")
    for number, row in enumerate(rows["terms"]):
        row.setdefault("id", f"t{number + 1}")
    _add(rows, "events", ids=_named(rows, statements=["event"], conditions=["withheld", "required"]))
    parties = _named(rows, statements=["party", "motive_of"], events=["actors"], conditions=["party"], terms=["user"])
    _add(rows, "actors", ids=[*parties, *_named(rows, attributions=["source"])])
    _add(rows, "issues", ids=["pay", *_named(rows, statements=["issue"], events=["issue"])])
    places = _named(rows, statements=["passages"], terms=["passages"], events=["passages"]) or ["a1.p01.s1"]
    _add(rows, "passages", ids=places)
    _add(rows, "articles", ids=[place.split(".")[0] for place in places])
    for number, row in enumerate(rows["passages"]):
        article, paragraph, sentence = row["id"].split(".")
        row.setdefault("start", str(10 * number))
        row.setdefault("end", str(10 * number + 10))
        row |= {"article": article, "paragraph": paragraph[1:], "sentence": sentence[1:]}
    for table in ("actors", "issues", "events"):
        for row in rows[table]:
            row.setdefault("label", row["id"].replace("_", " "))
    frames = {name: _frame(rows[name], name) for name in SCHEMA_COLUMNS}
    return Dossier(title="Small", folder=Path(), schema=SCHEMA, as_of="", **frames)


SCHEMA_COLUMNS = schema.columns(SCHEMA)


def _frame(rows, table):
    columns = SCHEMA_COLUMNS[table]
    full = [{column.name: "" for column in columns} | PLAIN.get(table, {}) | row for row in rows]
    text = pd.DataFrame(full, columns=[column.name for column in columns], dtype="str")
    return pd.DataFrame({column.name: cells.typed(text[column.name], column) for column in columns})


def _chain(statement, chain):
    levels = ["article:", *chain.split()]
    return [
        {"id": f"{statement}.{level}", "statement": statement, "level": str(level), "form": form, "source": source}
        for level, (form, source) in enumerate(step.split(":") for step in levels)
    ]


def _named(rows, **columns):
    """The ids that these columns of these tables name, each once, in order."""
    found = [
        name
        for table, names in columns.items()
        for row in rows[table]
        for column in names
        for name in (PLAIN.get(table, {}) | row).get(column, "").split()
    ]
    return list(dict.fromkeys(found))


def _add(rows, table, ids):
    have = {row["id"] for row in rows[table]}
    rows[table] += [{"id": name} for name in dict.fromkeys(ids) if name not in have]
