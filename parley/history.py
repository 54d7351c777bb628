"""The tables that a published set was built from, kept in it, so that the next run can tell what changed.

SET/tables   the table files of this set
SET/before   those of the set before it that had other tables; missing in the first
"""

import json
import shutil
from pathlib import Path

from parley import tables
from parley.analysis import changes
from parley.errors import TablesError
from parley.inputs import digest
from parley.prose import changes as sentences
from parley.stage import take


def table_files(folder):
    """The files of a folder that hold tables or their schema, by name; none where there is no such folder."""
    names = ["datapackage.json", *(f"{table}.csv" for table in tables.TABLES)]
    return {name: Path(folder) / name for name in names if (Path(folder) / name).is_file()}


def before(latest, dossier):
    """The folder with the state of the tables to compare with, "" where there is none.

    That of the published set; where its tables are the same as now, the state that it was itself compared with, so that
    a run without a change tells the same as the last one. Tables that no longer pass cannot be compared with.
    """
    published, now = table_files(latest / "tables"), table_files(dossier.folder)
    same = [digest(path) for path in published.values()] == [digest(path) for path in now.values()]
    folder = latest / ("before" if same else "tables")
    if not table_files(folder):
        return ""
    try:
        tables.hold(folder)
        tables.load(folder)
    except TablesError:
        return ""
    return str(folder.resolve())


def keep(pages, dossier, since, latest):
    """Puts the tables, what they were compared with, and `changes.json` into a set; the changes as data.

    Files that the set in place has, too, are not copied.
    """
    for name, folder in (("tables", dossier.folder), ("before", since)):
        if folder:
            (pages / name).mkdir()
            for path in table_files(folder).values():
                there = latest / "tables" / path.name
                same = there.is_file() and digest(there) == digest(path)
                put = take if same else shutil.copyfile  # a link to a file that somebody may edit would change with it
                put(there if same else path, pages / name / path.name)
    told = changed(tables.earlier(dossier, since), dossier)
    (pages / "changes.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return told


def changed(earlier, dossier):
    """What the changes report tells, as data: the sentences with their citations, the positions and the rows."""
    told = {"moved": sentences.moved, "new": sentences.new, "gone": sentences.gone, "rows": sentences.tables}
    data = {name: [item._asdict() for item in tell(earlier, dossier)] for name, tell in told.items()}
    if earlier is None:
        return {"sentences": data, "positions": [], "rows": []}
    frames = {"positions": changes.movements(earlier, dossier), "rows": changes.rows(earlier, dossier)}
    return {"sentences": data, **{name: frame.to_dict("records") for name, frame in frames.items()}}
