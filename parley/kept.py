"""What of the published set still holds, and why the rest does not: decided by hashes, without running anything.

A report's `key` covers all that its notebook can see: notebook, parameters, tables, code, versions. Every report
may count or cite any row, so each sees all tables. What it makes of them is settled by running it: `shown` is the
hash of that, and a page is kept where it would show the same.
"""

import csv
import json

from parley.inputs import digest, hashed, table_files

PAGES = ("package", "templates", "versions")


def manifest(latest):
    """The manifest of a published set, with only the reports whose page is there unspoilt; {} where there is none."""
    try:
        told = json.loads((latest / "manifest.json").read_text("utf-8"))
        sound = [entry for entry in told["reports"] if digest(latest / entry["file"]) == entry["sha256"]]
        whole = told["index_sha256"] == digest(latest / "index.html")
        return told | {"reports": sound, "whole": whole and len(sound) == len(told["reports"])}
    except (OSError, KeyError, ValueError):
        return {}


def current(told, inputs, names):
    """Whether a published set holds these reports (none means all) as the inputs would have them now."""
    held = {entry["name"] for entry in told.get("reports", [])}
    complete = set(names) <= held if names else not told.get("left_out", True)
    return bool(held) and told["whole"] and told["inputs"] == inputs and complete


def key(report, inputs, since):
    """The hash of all that a run of a report depends on. `since` is the folder that changes are told against."""
    seen = {name: value for name, value in inputs.items() if name not in ("notebooks", "templates", "show_code")}
    parameters = {name: value for name, value in report.parameters.items() if name != "since"}
    earlier = _digests(since) if "since" in report.parameters else None
    return hashed([seen, inputs["notebooks"].get(report.notebook.name), parameters, earlier])


def page_key(shown, surroundings, inputs):
    """The hash of all that a page depends on: what its notebook shows, where it stands, and how pages are made."""
    around = surroundings | {"files": sorted(surroundings["files"])}
    return hashed([shown, around, [inputs[name] for name in PAGES]])


def reason(report, entry, told, inputs, rows):
    """Why a report is not as it was: what changed since the set of the manifest `told`, in a few words.

    `entry` is the report's own in it, or None. `rows` tells how many rows of which table changed.
    """
    if entry is None:
        return "not in the last set"
    then, causes = told["inputs"], []
    if then["notebooks"].get(report.notebook.name) != inputs["notebooks"].get(report.notebook.name):
        causes.append(f"notebooks/{report.notebook.name} changed")
    if then["package"] != inputs["package"]:
        causes.append("Parley's code changed")
    if then["templates"] != inputs["templates"]:
        causes.append("the look of the pages changed")
    for name in sorted(then["versions"].keys() | inputs["versions"].keys()):
        before, now = (versions.get(name, "none") for versions in (then["versions"], inputs["versions"]))
        if before != now:
            causes.append(f"{name} {before} became {now}")
    if then["as_of"] != inputs["as_of"]:
        causes.append(f"as of {inputs['as_of'] or 'the last row'}, before {then['as_of'] or 'the last row'}")
    if then["tables"] != inputs["tables"]:
        causes += rows or ["the files of the tables changed, no row did"]
    if then.get("show_code") != inputs["show_code"]:
        causes.append("the code is now shown" if inputs["show_code"] else "the code is no longer shown")
    if not causes and "since" in report.parameters:
        causes.append("it tells against another state of the tables")
    return "; ".join(causes) or "the pages around it changed"


def changed_rows(before, now):
    """`statements: 2 rows changed` for each table that differs between two folders, the schema last."""
    then, told = table_files(before) if before.is_dir() else {}, []
    for name, path in sorted(table_files(now).items(), key=lambda file: file[0].endswith(".json")):
        if name in then and digest(then[name]) == digest(path):
            continue
        if path.suffix == ".csv":
            count = len({row[:1] for row in _rows(path) ^ (_rows(then[name]) if name in then else set())})
            if count:
                told.append(f"{path.stem}: {count} row{'s' * (count != 1)} changed")
        else:
            told.append(f"{name} changed")
    return told


def _rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {tuple(row) for row in csv.reader(file)}


def _digests(folder):
    return {name: digest(path) for name, path in table_files(folder).items()} if folder else {}
