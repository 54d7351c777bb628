"""A build on a Dask cluster, with a real scheduler, real workers and real faults, is the build on this machine."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from distributed import Client
from dossiers import invented
from small_set import SHOW, build, write, write_all
from watched import alive, stops, wait_for

from parley import cli, cluster, inputs, served

DASK = Path(sys.executable).parent / "dask"
WAITS_ONCE = """
import os, pathlib, time
begun = pathlib.Path({!r})
if not begun.exists():
    begun.write_text(os.environ['PARLEY_WORKER'])
    time.sleep(600)
"""
KILLS_ITS_HELPER_ONCE = """
import os, pathlib
begun = pathlib.Path({!r})
if not begun.exists():
    begun.touch()
    os.kill(os.getppid(), 9)
"""
KILLS_ITS_WORKER = """
import os, pathlib
pid = os.getpid()
while b'spawn_main' not in pathlib.Path(f'/proc/{pid}/cmdline').read_bytes():
    pid = int(pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[1])
os.kill(pid, 9)
"""


@contextmanager
def started(*words, **environment):
    """A process of the command `dask` in a group of its own, which is killed at the end."""
    process = subprocess.Popen(
        [DASK, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=os.environ | {"PYTHONPATH": ""} | environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """kill -9 for a process and all in its group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def scheduler(folder, **environment):
    """A scheduler on a free port: its process and address."""
    file = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    with started("scheduler", *words, **environment) as it:
        wait_for(lambda: file.exists() and file.read_text())
        yield it, json.loads(file.read_text())["address"]
    file.unlink()


@contextmanager
def worker(address, folder, name="", *more, **environment):
    """A worker with one thread, and a nanny if not told otherwise: its process, once the scheduler knows it."""
    words = [*more, "--nthreads", "1", "--no-dashboard", "--local-directory", folder]
    before = len(asked(address, "workers"))
    with started("worker", address, *words, PARLEY_WORKER=name, **environment) as process:
        wait_for(lambda: len(asked(address, "workers")) > before)
        yield process


def asked(address, question):
    """What a scheduler knows: its "workers", or the "tasks" that were given to it and are not forgotten."""
    with Client(address, set_as_default=False) as client:
        return client.run_on_scheduler(lambda dask_scheduler: list(map(str, getattr(dask_scheduler, question))))


def idle(address):
    """Whether the scheduler knows of no call any more."""
    return not asked(address, "tasks")


@pytest.fixture
def pair(tmp_path):
    """A cluster of two workers: the scheduler's address, and the workers' processes by name."""
    with (
        scheduler(tmp_path) as (_, address),
        worker(address, tmp_path / "a", "a") as a,
        worker(address, tmp_path / "b", "b") as b,
    ):
        yield address, {"a": a, "b": b}


@pytest.fixture
def place(tmp_path):
    """The invented dossier and small notebooks, not built yet."""
    invented(tmp_path / "place" / "data")
    write_all(tmp_path / "place" / "notebooks")
    return tmp_path / "place"


def published(out):
    """The bytes of every published file by path; the index and the manifest without the time of the build."""
    latest = (out / "latest").resolve()
    files = {str(path.relative_to(latest)): path.read_bytes() for path in latest.rglob("*") if path.is_file()}
    told = json.loads(files.pop("manifest.json"))
    index = re.sub(re.escape(told.pop("built")), "", files.pop("index.html").decode())
    del told["index_sha256"]
    for entry in told["reports"]:
        del entry["seconds"]
    return files, re.sub(r"<time.*?</time>", "", index), told


def test_a_cluster_that_loses_a_worker_publishes_the_bytes_of_a_local_build(pair, place):
    address, workers = pair
    begun = place / "begun"
    begun.touch()
    shutil.rmtree(place / "notebooks")
    shutil.copytree(inputs.NOTEBOOKS, place / "notebooks")
    notebook = nbformat.read(place / "notebooks" / "sources.ipynb", 4)
    notebook.cells.append(nbformat.v4.new_code_cell(WAITS_ONCE.format(str(begun)), id="waits"))
    nbformat.write(notebook, place / "notebooks" / "sources.ipynb")
    assert build(place, out=place / "local") == 0
    shutil.copytree(place / "local", place / "remote", symlinks=True)
    questions = place / "data" / "questions.csv"
    questions.write_text("".join(questions.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert build(place, out=place / "local") == 0
    begun.unlink()

    def kill_one():
        wait_for(lambda: begun.exists() and begun.read_text())
        kill(workers[begun.read_text()])

    thread = threading.Thread(target=kill_one)
    thread.start()
    assert build(place, out=place / "remote", scheduler=address) == 0
    thread.join()
    assert sorted(process.poll() is None for process in workers.values()) == [False, True]
    wait_for(lambda: not alive("PARLEY_WORKER", begun.read_text()))
    assert published(place / "remote") == published(place / "local")
    assert idle(address)


def test_a_report_that_fails_is_named_as_in_a_local_build_and_leaves_no_call(pair, place, capsys):
    address, _ = pair
    write(place / "notebooks", "overview", "raise ValueError('no such thing')")
    assert build(place, scheduler=address, reports=["overview", "sources"]) == 1
    said = capsys.readouterr().err
    assert "overview failed, cell In [4]: ValueError: no such thing" in said
    assert f"to run it alone:   papermill {place / 'notebooks' / 'overview.ipynb'} overview.ipynb -p data" in said
    assert "no such thing" in (place / "out" / "failed" / "overview.ipynb").read_text("utf-8")
    assert not (place / "out" / "latest").exists()
    wait_for(lambda: idle(address))


def test_a_notebook_that_kills_every_worker_fails_its_report(place, tmp_path, capsys):
    write(place / "notebooks", "overview", KILLS_ITS_WORKER)
    with (
        scheduler(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as (_, address),
        worker(address, tmp_path / "a"),
    ):
        assert build(place, scheduler=address, reports=["overview"]) == 1
    assert "overview failed: KilledWorker: " in capsys.readouterr().err


def test_a_helper_that_dies_is_followed_by_another(pair, place):
    address, _ = pair
    write(place / "notebooks", "overview", KILLS_ITS_HELPER_ONCE.format(str(place / "begun")) + SHOW)
    assert build(place, scheduler=address, reports=["overview"]) == 0


def test_a_notebook_that_kills_every_helper_fails_its_report(pair, place, capsys):
    address, _ = pair
    write(place / "notebooks", "overview", "import os; os.kill(os.getppid(), 9)")
    assert build(place, scheduler=address, reports=["overview"]) == 1
    assert re.search(
        r"overview failed: DeadWorkerError: the helper at tcp://\S+ died; its log", capsys.readouterr().err
    )


def test_a_notebook_that_takes_too_long_fails_its_report(pair, place, capsys):
    address, _ = pair
    write(place / "notebooks", "overview", "import time; time.sleep(600)")
    assert build(place, scheduler=address, reports=["overview"], limit=3) == 1
    assert "overview failed, cell In [4]: TimeoutError: it took longer than 3 s" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_build_leaves_no_call_and_no_stage(pair, place, number, code):
    address, _ = pair
    write(place / "notebooks", "overview", WAITS_ONCE.format(str(place / "begun")))
    process = in_background(place, address)
    wait_for((place / "begun").exists)
    stops(process, number, code)
    wait_for(lambda: idle(address))
    assert not list((place / "out").glob(".stage-*"))


def test_a_builder_that_is_killed_leaves_no_call(pair, place):
    address, _ = pair
    write(place / "notebooks", "overview", WAITS_ONCE.format(str(place / "begun")))
    process = in_background(place, address)
    wait_for((place / "begun").exists)
    process.kill()
    process.communicate()
    wait_for(lambda: idle(address))


def in_background(place, address):
    """The same build in a process of its own."""
    folders = {name: str(place / name) for name in ("data", "out", "notebooks")} | {"scheduler": address}
    code = (
        f"import sys; from parley import cluster, publish; cluster.PATIENCE = 2; sys.exit(publish.build(**{folders}))"
    )
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_scheduler_that_is_lost_ends_the_build(place, tmp_path):
    write(place / "notebooks", "overview", WAITS_ONCE.format(str(place / "begun")))
    with scheduler(tmp_path) as (process, address), worker(address, tmp_path / "a", "a"):
        build_ = in_background(place, address)
        wait_for((place / "begun").exists)
        kill(process)
        said = build_.communicate(timeout=60)[1]
    assert build_.returncode == 4, said
    assert said.splitlines()[-1].startswith(f"The scheduler at {address} was lost.")
    assert "Traceback" not in said


def test_where_no_worker_is_left_the_build_ends(place, tmp_path):
    write(place / "notebooks", "overview", WAITS_ONCE.format(str(place / "begun")))
    with scheduler(tmp_path) as (_, address), worker(address, tmp_path / "a", "a", "--no-nanny") as only:
        build_ = in_background(place, address)
        wait_for((place / "begun").exists)
        only.kill()  # it alone: what it started has to notice
        only.wait()
        wait_for(lambda: not alive("PARLEY_WORKER", "a"))
        said = build_.communicate(timeout=60)[1]
    assert build_.returncode == 4, said
    assert said.splitlines()[-1].startswith(f"No worker is left at {address}.")


def test_a_worker_that_would_make_other_pages_is_refused(place, tmp_path, capsys):
    other = str(other_parley(tmp_path))
    with (
        scheduler(tmp_path) as (_, address),
        worker(address, tmp_path / "a", PYTHONPATH=other),
        worker(address, tmp_path / "b", PYTHONPATH=other),
    ):
        assert build(place, scheduler=address) == 4
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 2
    assert re.search(r"The worker at tcp://\S+ would not make the same pages: other Parley's code; ", said)
    assert "Install the same Parley there; restart it." in said


def test_a_worker_that_joins_later_is_looked_at_too(place, tmp_path):
    write(place / "notebooks", "overview", WAITS_ONCE.format(str(place / "begun")))
    with scheduler(tmp_path) as (_, address), worker(address, tmp_path / "a", "a"):
        process = in_background(place, address)
        wait_for((place / "begun").exists)
        with worker(address, tmp_path / "b", PYTHONPATH=str(other_parley(tmp_path))):
            said = process.communicate(timeout=60)[1]
    assert process.returncode == 4, said
    assert "would not make the same pages: other Parley's code; " in said


def other_parley(folder):
    """A folder with a copy of Parley that is not quite the same."""
    copy = shutil.copytree(inputs.PACKAGE, folder / "other" / "parley")
    with (copy / "links.py").open("a") as file:
        file.write("\n# other\n")
    return copy.parent


def test_a_library_of_another_version_is_named(monkeypatch):
    ours = inputs.makers()
    ours["versions"] = ours["versions"] | {"pandas": "0.1"}
    assert re.fullmatch(r"pandas \S+, here 0\.1; pandas \S+ when it started, here 0\.1", served.differences(ours))
    assert served.differences(inputs.makers()) == ""


def test_a_scheduler_without_workers_is_refused(place, tmp_path, capsys):
    with scheduler(tmp_path) as (_, address):
        assert build(place, scheduler=address) == 4
    assert capsys.readouterr().err.splitlines() == [
        f"The scheduler at {address} has no workers. Start some: dask worker {address}"
    ]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://127.0.0.1", "tcp://no.such.host.invalid:8786"])
def test_a_scheduler_that_does_not_answer_is_refused_in_one_line(address, place, monkeypatch, capsys):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    assert build(place, scheduler=address) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"No Dask scheduler answers at {address} (")
    assert line.endswith("Start one, dask scheduler, or correct --scheduler.")


def test_without_dask_the_build_says_what_to_install(place, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert build(place, scheduler="tcp://127.0.0.1:9") == 2
    said = capsys.readouterr().err
    assert said == "--executor dask: Dask is not installed here. Install it: pip install -e '.[dask]'\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--executor", "dask"], "--executor dask: which cluster? Add its address: --scheduler tcp://HOST:8786\n"),
        (["--scheduler", "tcp://x:1"], "--scheduler tcp://x:1: only Dask has one. Add --executor dask.\n"),
    ],
)
def test_half_of_the_options_is_refused(options, said, tmp_path, capsys):
    assert cli.main(["build", "--out", str(tmp_path / "out"), *options]) == 2
    assert capsys.readouterr().err == said


def test_a_local_build_does_not_import_dask(place):
    folders = {name: str(place / name) for name in ("data", "out", "notebooks")}
    code = f"import sys; from parley import publish; publish.build(**{folders}); sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
