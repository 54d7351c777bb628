"""A build, from the tables to the published set, with small notebooks and real faults."""

import datetime as dt
import hashlib
import json
import os
import re
import shutil

import pytest
from small_set import SHOW, write, write_all

from parley import publish, run, stage, tables


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Small notebooks, and a set built from them."""
    place = tmp_path_factory.mktemp("build") / "a {b} c"
    write_all(place / "notebooks")
    assert publish.build(out=place / "out", notebooks=place / "notebooks") == 0
    return place


@pytest.fixture
def place(first, tmp_path):
    """A copy of these, to spoil."""
    shutil.copytree(first, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


def build(place, **options):
    return publish.build(**{"out": place / "out", "notebooks": place / "notebooks"} | options)


def manifest(place):
    return json.loads((place / "out" / "latest" / "manifest.json").read_text("utf-8"))


def contents(place):
    """What is published: file name to bytes, and the folder that `latest` leads to."""
    latest = place / "out" / "latest"
    return os.readlink(latest), {path.name: path.read_bytes() for path in latest.iterdir() if path.is_file()}


def test_every_party_with_a_position_and_every_issue_has_a_report(first):
    dossier = tables.load()
    names = [report.name for report in run.reports(dossier)]
    assert names[0] == "overview"
    assert names[-2:] == ["sources", "changes"]
    assert [name for name in names if name.startswith("party-")] == [f"party-{p}" for p in tables.parties(dossier)]
    assert [name for name in names if name.startswith("issue-")] == [f"issue-{i}" for i in dossier.issues["id"]]
    assert {f"{name}.html" for name in names} | {"index.html", "manifest.json", "changes.json"} == set(
        contents(first)[1]
    )


def test_the_manifest_tells_the_truth(first):
    told = manifest(first)
    for entry in told["reports"]:
        page = (first / "out" / "latest" / entry["file"]).read_bytes()
        notebook = (first / "notebooks" / entry["notebook"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(page).hexdigest()
        assert entry["notebook_sha256"] == hashlib.sha256(notebook).hexdigest()
        assert entry["status"] == "built"
        assert entry["seconds"] > 0
        assert f"<h1>About {next(iter(entry['parameters'].values()), 'all')}</h1>" in page.decode()
    statements = (tables.DATA / "statements.csv").read_bytes()
    assert told["inputs"]["tables"]["statements.csv"] == hashlib.sha256(statements).hexdigest()
    assert {"python", "pandas", "altair", "papermill"} <= set(told["inputs"]["versions"])


def test_nothing_published_names_this_machine(first):
    for name, text in contents(first)[1].items():
        assert str(first).encode() not in text, name
        assert str(tables.DATA.parent).encode() not in text, name


def test_the_index_leads_to_every_report_and_says_what_it_found(first):
    index = contents(first)[1]["index.html"].decode()
    for entry in manifest(first)["reports"]:
        assert f'href="{entry["file"]}"' in index
    assert index.count("<p>One finding.</p>") == len(manifest(first)["reports"])


def test_pages_lead_to_their_neighbours_and_the_index(first):
    page = contents(first)[1]["overview.html"].decode()
    following = manifest(first)["reports"][1]["file"]
    assert f'rel="next" href="{following}"' in page
    assert 'href="index.html"' in page
    assert 'rel="prev"' not in page


def test_a_named_report_is_built_and_the_others_are_taken_over_byte_for_byte(place, capsys):
    before = contents(place)
    assert build(place, reports=["overview"], force=True) == 0
    after = contents(place)
    changed = {name for name in before[1] if before[1][name] != after[1][name]}
    assert changed == {
        "index.html",
        "manifest.json",
    }  # they tell the time of the run; the overview is the same
    assert [entry["status"] for entry in manifest(place)["reports"]][:2] == ["built", "kept"]
    assert before[0] != after[0]
    said = capsys.readouterr().err
    assert re.search(r"^built overview in \d+\.\d s: forced$", said, re.M)
    assert said.count("\nkept ") + said.startswith("kept ") == len(before[1]) - 4


def test_a_named_report_stands_alone_where_the_others_are_out_of_date(place):
    write(place / "notebooks", "sources", SHOW + "1 + 1")
    assert build(place, reports=["overview"]) == 0
    assert set(contents(place)[1]) == {"overview.html", "index.html", "manifest.json", "changes.json"}
    index = contents(place)[1]["index.html"].decode()
    assert "Not in this set: " in index
    assert "Sources" in index


def test_a_failing_cell_publishes_nothing_and_says_how_to_see_it(place, capsys):
    before = contents(place)
    write(place / "notebooks", "overview", "raise ValueError('no such thing')")
    assert build(place, reports=["overview"]) == 1
    assert contents(place) == before
    said = capsys.readouterr().err
    assert "overview failed, cell In [4]: ValueError: no such thing" in said
    assert (place / "out" / "failed" / "overview.ipynb").exists()
    assert "to run it alone:   papermill " in said
    assert not list((place / "out").glob(".stage-*"))


def test_a_kernel_that_dies_fails_its_report(place, capsys):
    before = contents(place)
    write(place / "notebooks", "overview", "import os; os._exit(1)")
    assert build(place, reports=["overview"]) == 1
    assert contents(place) == before
    assert (
        "overview failed, cell In [4]: DeadWorkerError: its process ended with exit code 1" in capsys.readouterr().err
    )


def test_a_link_that_leads_nowhere_is_not_published(place, capsys):
    before = contents(place)
    write(place / "notebooks", "overview", SHOW + "display(HTML('<a href=\"#s999\">x</a>'))")
    assert build(place, reports=["overview"]) == 1
    assert contents(place) == before
    assert "overview.html: the link '#s999' leads to no place" in capsys.readouterr().err


def test_an_unknown_report_is_refused_with_the_nearest_name(place, capsys):
    assert build(place, reports=["overwiev", "overview"]) == 2
    said = capsys.readouterr().err
    assert "report 'overwiev' is not in this dossier. Did you mean 'overview'?" in said
    assert "sources" in said


def test_tables_that_do_not_pass_build_nothing(place, tmp_path, capsys):
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    with (data / "issues.csv").open("a") as file:
        file.write("one,too\n")
    before = contents(place)
    assert build(place, data=data) == 3
    assert contents(place) == before
    assert "issues.csv" in capsys.readouterr().err


def test_a_wrong_day_is_refused(place):
    assert build(place, as_of="yesterday") == 2


def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert publish.build(out=tmp_path / "file") == 4
    assert "Could not publish" in capsys.readouterr().err


def test_only_the_newest_sets_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(stage, "KEPT", 2)
    for second in range(3):
        (tmp_path / ".stage" / "set").mkdir(parents=True)
        stage.switch(tmp_path / ".stage" / "set", tmp_path, dt.datetime(2031, 3, 4, 5, 6, second))
    kept = sorted(path.name for path in (tmp_path / "runs").iterdir())
    assert kept == ["2031-03-04T050601.000000Z", "2031-03-04T050602.000000Z"]
    assert (tmp_path / "latest").resolve().name == kept[-1]


def test_code_is_shown_where_asked_for_without_the_folders_of_this_machine(place, capsys):
    assert build(place, reports=["overview"]) == 0
    hidden = (place / "out" / "latest" / "overview.html").read_text("utf-8")
    assert build(place, reports=["overview"], show_code=True) == 0
    shown = (place / "out" / "latest" / "overview.html").read_text("utf-8")
    assert "the code is now shown" in capsys.readouterr().err
    assert 'class="code"' in shown
    assert 'class="code"' not in hidden
    assert str(tables.DATA) not in shown
