"""What a build keeps, what it builds, and what it says of that. Kept pages are the pages that it would build."""

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from dossiers import invented
from small_set import SHOW, build, write, write_all

from parley import publish

LOAD = SHOW + "from parley import tables\ndossier = tables.load(data, as_of)\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The invented dossier, a notebook for each question that counts the rows of one table, and the set from them."""
    place = tmp_path_factory.mktemp("kept")
    invented(place / "data")
    write_all(place / "notebooks")
    write(place / "notebooks", "sources", LOAD + "len(dossier.attributions)")
    write(place / "notebooks", "overview", LOAD + "display(HTML(dossier.questions.to_html()))")
    assert build(place) == 0
    return place


@pytest.fixture
def place(first, tmp_path):
    """A copy of these, to change."""
    return shutil.copytree(first, tmp_path / "copy", symlinks=True)


def entries(place):
    told = json.loads((place / "out" / "latest" / "manifest.json").read_text("utf-8"))
    return {entry["name"]: entry for entry in told["reports"]}


def pages(place):
    return {path.name: path.read_bytes() for path in (place / "out" / "latest").glob("*.html")}


def change(place, table, column, value, row=0):
    """Writes a value into a row of a table."""
    path = place / "data" / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row][column] = value
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_nothing_changed_publishes_nothing_and_says_so(place, capsys):
    before = os.readlink(place / "out" / "latest")
    assert build(place) == 0
    assert capsys.readouterr().out.startswith("nothing changed: ")
    assert os.readlink(place / "out" / "latest") == before


def test_nothing_changed_is_found_out_without_any_notebook_library(place):
    folders = ", ".join(f"{name}={str(place / name)!r}" for name in ("data", "out", "notebooks"))
    code = f"""
import sys
from parley import cli, publish
assert publish.build({folders}) == 0
print(*(name for name in sys.modules if "." not in name))
"""
    line = [sys.executable, "-c", code]
    told = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    assert told.startswith("nothing changed")
    imported = set(told.splitlines()[1].split())
    assert not imported & {"altair", "papermill", "nbformat", "nbconvert", "IPython", "jsonschema", "pandas", "numpy"}


def test_a_changed_notebook_builds_its_own_reports_and_says_so(place, capsys):
    write(place / "notebooks", "party", SHOW + "display(HTML('<p>More.</p>'))")
    assert build(place) == 0
    for name, entry in entries(place).items():
        changed = name.startswith("party-")
        assert entry["status"] == ("built" if changed else "kept")
        assert entry["reason"] == ("notebooks/party.ipynb changed" if changed else "nothing changed")
    said = capsys.readouterr().err
    assert "kept overview: nothing changed" in said
    assert " s: notebooks/party.ipynb changed" in said


def test_a_changed_row_builds_only_the_reports_that_show_it(place):
    then = pages(place)
    change(place, "questions", "why", "Because it decides who is paid.")
    assert build(place) == 0
    told = entries(place)
    assert {name for name, entry in told.items() if entry["status"] == "built"} == {"overview"}
    assert told["overview"]["reason"] == "questions: 1 row changed"
    assert told["sources"]["reason"] == "questions: 1 row changed, but nothing that it shows"
    assert {name for name, page in pages(place).items() if page != then[name]} == {"overview.html", "index.html"}


def test_kept_pages_are_the_same_files(place):
    then = (place / "out" / "latest").resolve()
    change(place, "questions", "why", "Because it decides who is paid.")
    assert build(place) == 0
    for name in ("sources.html", "tables/statements.csv"):
        assert os.path.samefile(then / name, place / "out" / "latest" / name)
    assert not os.path.samefile(
        then / "tables" / "questions.csv", place / "out" / "latest" / "tables" / "questions.csv"
    )


def test_a_spoilt_page_is_built_again(place):
    then = pages(place)
    (place / "out" / "latest" / "sources.html").write_text("spoilt")
    assert build(place) == 0
    assert pages(place)["sources.html"] == then["sources.html"]


def test_another_version_of_a_library_builds_again(place, monkeypatch):
    from parley import inputs

    versions = inputs.versions() | {"altair": "99.1"}
    monkeypatch.setattr(inputs, "versions", lambda: versions)
    assert build(place) == 0
    reasons = {entry["reason"] for entry in entries(place).values()}
    assert len(reasons) == 1
    assert reasons.pop().endswith("became 99.1")


def test_force_builds_all(place):
    assert build(place, force=True) == 0
    assert {(entry["status"], entry["reason"]) for entry in entries(place).values()} == {("built", "forced")}


def test_a_dry_run_says_what_would_run_and_writes_nothing(place, capsys):
    write(place / "notebooks", "party", SHOW + "1")
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    assert build(place, dry_run=True) == 0
    assert before == {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    said = capsys.readouterr().out.splitlines()
    assert "would keep overview" in said
    assert next(line for line in said if line.startswith("would run party-")).endswith(
        ": notebooks/party.ipynb changed"
    )


def test_keep_going_tries_the_rest_and_publishes_nothing(place, capsys):
    before = pages(place)
    write(place / "notebooks", "overview", "raise ValueError('no')")
    write(place / "notebooks", "changes", SHOW + "1")
    assert build(place, keep_going=True) == 1
    said = capsys.readouterr().err
    assert "overview failed, cell In [4]: ValueError: no" in said
    assert "kept changes in " in said or "built changes in " in said
    assert pages(place) == before


def test_the_exit_code_tells_that_the_talks_changed_only_where_they_did(place):
    assert build(place, exit_code=True) == 0
    write(place / "notebooks", "overview", SHOW + "1")
    assert build(place, exit_code=True) == 0
    change(place, "statements", "summary", "It will not hear of it.")
    assert build(place, exit_code=True) == 10
    assert build(place, exit_code=True) == 0


def test_the_log_for_machines_has_one_object_a_line(place, capsys):
    write(place / "notebooks", "party", SHOW + "1 / len(party)")
    assert build(place, log="json") == 0
    captured = capsys.readouterr()
    steps = [json.loads(line) for line in captured.out.splitlines()]
    assert captured.err == ""
    assert {step["step"] for step in steps} == {"kept", "built", "published"}
    assert steps[-1] | {"reports": len(entries(place)), "talks_changed": False} == steps[-1]
    assert all(step["time"] and step["text"] for step in steps)


def test_two_builds_from_the_same_inputs_give_the_same_bytes(place, tmp_path):
    assert build(place, out=tmp_path / "other", as_of="") == 0
    there = {path.name: path.read_bytes() for path in (tmp_path / "other" / "latest").glob("*.html")}
    assert {name for name, page in pages(place).items() if page != there[name]} == {"index.html"}


def test_every_page_kept_after_a_change_of_a_row_is_what_a_fresh_build_makes(tmp_path):
    """On the real notebooks: a text of one row changes, in one table after the other."""
    place = tmp_path
    invented(place / "data")
    real = {"notebooks": publish.NOTEBOOKS}
    assert build(place, **real) == 0
    kept = 0
    for table, column in (("statements", "summary"), ("questions", "why")):
        change(place, table, column, f"Other words for {table}.", row=1)
        assert build(place, **real) == 0
        kept += sum(entry["status"] == "kept" for entry in entries(place).values())
        other = shutil.copytree(place / "out", place / f"fresh-{table}", symlinks=True)
        assert build(place, out=other, force=True, **real) == 0
        fresh = {path.name: path.read_bytes() for path in (other / "latest").glob("*.html")}
        different = {name for name, page in pages(place).items() if page != fresh[name]}
        assert different == {"index.html"}, table
    assert kept
