"""Larger dossiers, invented: the small one of the tests, told again and again, in articles of thousands of passages."""

import csv
import json
import re
import sys
from pathlib import Path

from parley.tables import schema

HERE = Path(__file__).resolve().parents[1]
SHARED = ("actors", "issues")
GROUPS = (("conditions", "group"), ("offer_terms", "offer"), ("statements", "claim"))
PASSAGES = 3_000
"""Passages that an article holds before the next one begins."""


def invent(folder, statements):
    """Writes a dossier of at least so many statements into a folder; parties and issues stay as many as they were.

    All else grows with the statements: acts, conditions, claims, offers, terms, judgements and questions.
    """
    folder = Path(folder)
    folder.mkdir(parents=True)
    plan = json.loads((HERE / "data" / "datapackage.json").read_text("utf-8"))
    (folder / "datapackage.json").write_text(json.dumps(plan), "utf-8")
    tables = {table: _rows(table) for table in schema.columns(plan)}
    copies = range(-(-statements // len(tables["statements"])))
    told_in = {row["article"]: [] for row in tables["passages"]}
    for row in tables["passages"]:
        told_in[row["article"]].append(row)
    volume = PASSAGES // max(map(len, told_in.values()))
    ids = {row["id"] for table, rows in tables.items() if table not in (*SHARED, "passages") for row in rows}
    ids |= {row[name] for table, name in GROUPS for row in tables[table]}
    named = [_names(tables, ids - {""}, told_in, copy, volume) for copy in copies]
    for table, columns in schema.columns(plan).items():
        keys = [column.name for column in columns if column.targets or (table, column.name) in GROUPS]
        keys.append("id")
        with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in columns], lineterminator="\n")
            writer.writeheader()
            if table == "passages":
                writer.writerows(_passages(tables, told_in, named, volume))
                continue
            for copy in copies if table not in SHARED else copies[:1]:
                if table == "articles" and copy % volume:
                    continue
                for row in tables[table]:
                    again = row | {key: " ".join(named[copy].get(id, id) for id in row[key].split(" ")) for key in keys}
                    if table == "events" and copy:
                        again["label"] += f", round {copy + 1}"
                    if table == "articles":
                        again["length"] = int(row["length"]) * min(volume, len(copies) - copy)
                    writer.writerow(again)


def _rows(table):
    with open(HERE / "tests" / "dossier" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(tables, ids, told_in, copy, volume):
    """What each id is called in a copy: the first keeps its own, and an article holds a volume of copies."""
    names = {id: re.sub(r"(\.|$)", rf"x{copy}\1", id, count=1) for id in ids if copy}
    for row in tables["articles"]:
        names[row["id"]] = row["id"] + (f"x{copy // volume}" if copy >= volume else "")
        paragraphs = int(told_in[row["id"]][-1]["paragraph"])
        for passage in told_in[row["id"]]:
            paragraph = int(passage["paragraph"]) + copy % volume * paragraphs
            names[passage["id"]] = f"{names[row['id']]}.p{paragraph:02d}.s{passage['sentence']}"
    return names


def _passages(tables, told_in, named, volume):
    """The rows of all passages, article by article."""
    lengths = {row["id"]: int(row["length"]) for row in tables["articles"]}
    used = {
        id for table in ("events", "statements", "terms") for row in tables[table] for id in row["passages"].split()
    }
    for first in range(0, len(named), volume):
        for article, passages in told_in.items():
            for copy, names in enumerate(named[first : first + volume]):
                for row in passages:
                    before = copy * lengths[article]
                    again = row | {
                        "id": names[row["id"]],
                        "article": names[article],
                        "paragraph": re.search(r"p(\d+)", names[row["id"]].removeprefix(names[article]))[1].lstrip("0"),
                        "start": int(row["start"]) + before,
                        "end": int(row["end"]) + before,
                    }
                    if first + copy and row["id"] not in used:  # only the first copy is pointed to by the actors
                        again["nothing_to_code"] = again["nothing_to_code"] or "Told before."
                    yield again


if __name__ == "__main__":
    invent(sys.argv[1], int(sys.argv[2]))
