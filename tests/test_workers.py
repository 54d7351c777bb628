"""A forked worker makes of a notebook what plain papermill makes of it, and its end is not the build's."""

import json
import multiprocessing
import os
import time
from pathlib import Path

import pytest
from small_set import write, write_all

from parley import publish, run, tables, ways

STRANGE = """
import sys, warnings
from IPython.display import clear_output, display, Markdown
print('to be cleared')
clear_output()
print('out'); print('err', file=sys.stderr)
shown = display({'a': 1}, display_id='d'); display('between')
shown.update(Markdown('*new*'))
import pandas
pandas.DataFrame({'a': [1, 2]})
"""
FAILS = "1 + 1\nasync def wrong():\n    raise ValueError('so')\nawait wrong()"


def both(wanted, folder):
    """The executed notebooks of reports by name: run by plain papermill, and by forked workers."""
    for way in (ways.plain, ways.forked):
        (folder / way.__name__).mkdir()
        list(all_of(wanted, folder / way.__name__, way, limit=300))
    return [{report.name: executed(folder / way, report) for report in wanted} for way in ("plain", "forked")]


def all_of(wanted, folder, way=ways.forked, limit=60, page_of=lambda done: None):
    """The Run of every report as it ends, from the project's own tables."""
    with way(limit) as begin:
        yield from ways.run_all(wanted, page_of, begin({"data": str(tables.DATA), "as_of": ""}, folder))


def executed(folder, report):
    """An executed notebook without the times, the paths and the random id that papermill puts in."""
    notebook = json.loads((folder / f"{report.name}.ipynb").read_text("utf-8"))
    del notebook["metadata"]["papermill"]
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        for name in ("start_time", "end_time", "duration"):
            cell["metadata"].get("papermill", {}).pop(name, None)
        if {"injected-parameters", "papermill-error-cell-tag"} & set(cell["metadata"].get("tags", [])):
            del cell["id"]
        cell["outputs"] = joined(cell.get("outputs", []))
    return notebook


def joined(outputs):
    """The same outputs, with parts of one stream that a kernel sent one after the other made one."""
    whole = []
    for output in outputs:
        if whole and "name" in output and output["name"] == whole[-1].get("name"):
            whole[-1]["text"] += output["text"]
        else:
            whole.append(output)
    return whole


def test_every_report_has_the_outputs_of_plain_papermill(tmp_path):
    slow, fast = both(run.reports(tables.load()), tmp_path)
    assert len(slow) > 5
    for name in slow:
        assert slow[name] == fast[name], name


@pytest.mark.parametrize("source", [STRANGE, FAILS, "1/", "%nope", "import nope"])
def test_odd_cells_have_the_outputs_of_plain_papermill(source, tmp_path):
    write(tmp_path, "overview", source)
    report = run.Report("overview", "overview", "Overview", tmp_path / "overview.ipynb")
    slow, fast = both([report], tmp_path)
    assert slow == fast


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    return write_all(tmp_path_factory.mktemp("notebooks"))


def outcome(notebooks, tmp_path, source, limit=60):
    """How three reports end, by name, where the second runs `source`."""
    write(tmp_path, "issue", source)
    wanted = [
        run.Report(name, name, name, (tmp_path if name == "issue" else notebooks) / f"{name}.ipynb")
        for name in ("overview", "issue", "sources")
    ]
    done = {run.report.name: run for run in all_of(wanted, tmp_path, limit=limit)}
    assert not done["overview"].error
    assert not done["sources"].error
    return done["issue"].error


def test_a_worker_that_ends_takes_down_only_its_own_report(notebooks, tmp_path):
    assert outcome(notebooks, tmp_path, "import os; os._exit(7)") == {
        "cell": 4,
        "ename": "DeadWorkerError",
        "evalue": "its process ended with exit code 7",
    }


def test_a_worker_that_is_killed_takes_down_only_its_own_report(notebooks, tmp_path):
    error = outcome(notebooks, tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert error["evalue"] == "its process was ended by SIGKILL"


def test_a_worker_that_never_ends_is_ended_with_all_that_it_started(notebooks, tmp_path):
    pid = tmp_path / "pid"
    source = "import subprocess\np = subprocess.Popen(['sleep', '600'])\n"
    source += f"open({str(pid)!r}, 'w').write(str(p.pid))\np.wait()"
    error = outcome(notebooks, tmp_path, source, limit=3)
    assert (error["cell"], error["ename"], error["evalue"]) == (4, "TimeoutError", "it took longer than 3 s")
    assert ended(int(pid.read_text()))


def test_a_worker_that_eats_memory_fails_its_own_report(notebooks, tmp_path, monkeypatch):
    monkeypatch.setattr(ways, "MEMORY", 1 << 30)
    error = outcome(notebooks, tmp_path, "eaten = []\nwhile True:\n    eaten.append(bytearray(50_000_000))")
    assert (error["cell"], error["ename"]) == (4, "MemoryError")


def test_no_state_passes_from_one_report_to_the_next(notebooks, tmp_path):
    leaves = "builtins.left = parley.left = os.environ['LEFT'] = '1'"
    source = f"import os, builtins, parley\nassert not hasattr(builtins, 'left')\n{leaves}"
    write(tmp_path, "issue", source)
    wanted = [run.Report(f"issue-{n}", "issue", "", tmp_path / "issue.ipynb") for n in range(4)]
    done = list(all_of(wanted, tmp_path))
    assert [d.error for d in done] == [None] * 4
    assert "LEFT" not in os.environ


def test_a_page_maker_that_dies_fails_one_report_and_is_replaced(notebooks, tmp_path, monkeypatch):
    monkeypatch.setattr(ways, "cores", lambda: 2)  # one page maker
    wanted = [run.Report(f"overview-{n}", "overview", "", notebooks / "overview.ipynb") for n in range(2)]
    done = []
    with ways.forked(60) as begin:
        way = begin({"data": "", "as_of": ""}, tmp_path)
        for child in multiprocessing.active_children():  # so far only that
            os.kill(child.pid, 9)
        done += ways.run_all(wanted, lambda made: (None, tmp_path / made.report.file), way)
    failed, drawn = sorted(done, key=lambda made: made.page)
    assert failed.error["evalue"] == "its process was ended by SIGKILL"
    assert drawn.error is None
    assert "One finding." in (tmp_path / drawn.report.file).read_text("utf-8")


def test_where_processes_cannot_be_forked_papermill_runs_and_says_so(notebooks, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(publish, "FORKS", False)
    assert publish.build(out=tmp_path / "out", notebooks=notebooks, reports=["overview", "sources"]) == 0
    assert "cannot be forked here" in capsys.readouterr().err
    assert (tmp_path / "out" / "latest" / "sources.html").exists()


def ended(pid, seconds=5):
    """Whether a process is gone, or a zombie that only waits for its parent, within some seconds."""
    for _ in range(seconds * 20):
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False
