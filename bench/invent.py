"""Larger dossiers, invented: the small one of the tests, its articles told again and again under other ids."""

import csv
import json
import sys
from pathlib import Path

from parley.tables import schema

HERE = Path(__file__).resolve().parents[1]
SHARED = ("actors", "issues")
GROUPS = (("conditions", "group"), ("offer_terms", "offer"), ("statements", "claim"))


def invent(folder, statements):
    """Writes a dossier of at least so many statements into a folder; parties and issues stay as many as they were."""
    folder = Path(folder)
    folder.mkdir(parents=True)
    plan = json.loads((HERE / "data" / "datapackage.json").read_text("utf-8"))
    (folder / "datapackage.json").write_text(json.dumps(plan), "utf-8")
    tables = {table: _rows(table) for table in schema.columns(plan)}
    ids = {row["id"] for table, rows in tables.items() if table not in SHARED for row in rows}
    ids |= {row[name] for table, name in GROUPS for row in tables[table]}
    used = {
        id for table in ("events", "statements", "terms") for row in tables[table] for id in row["passages"].split()
    }
    copies = -(-statements // len(tables["statements"]))
    for table, columns in schema.columns(plan).items():
        keys = [column for column in columns if column.targets or (table, column.name) in GROUPS or column.name == "id"]
        with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in columns], lineterminator="\n")
            writer.writeheader()
            for copy in range(1 if table in SHARED else copies):
                for row in tables[table]:
                    told = row | {key.name: _renamed(row[key.name], ids, copy) for key in keys}
                    if table == "passages" and copy and row["id"] not in used:
                        told["nothing_to_code"] = told["nothing_to_code"] or "Told before."
                    writer.writerow(told)


def _rows(table):
    with open(HERE / "tests" / "dossier" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _renamed(cell, ids, copy):
    """The cell with every id of a row that is told again marked by the number of the copy; the first keeps its own."""
    if not copy:
        return cell
    return " ".join(_marked(id, copy) if id in ids and id else id for id in cell.split(" "))


def _marked(id, copy):
    head, dot, tail = id.partition(".")
    return f"{head}x{copy}{dot}{tail}"


if __name__ == "__main__":
    invent(sys.argv[1], int(sys.argv[2]))
