"""Real faults in the middle of a build. After each the published set is whole, and the last good one."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest
from dossiers import invented
from small_set import SHOW, build, write, write_all
from watched import alive, stops, wait_for

from parley import stage

KILLS = int(os.environ.get("PARLEY_KILLS", "12"))
WAITS = "import pathlib, time\npathlib.Path({!r}).touch()\ntime.sleep(600)"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The invented dossier, small notebooks, and the set built from them."""
    place = tmp_path_factory.mktemp("faults")
    invented(place / "data")
    write_all(place / "notebooks")
    assert build(place) == 0
    return place


@pytest.fixture
def place(first, tmp_path):
    """A copy of these, to spoil."""
    return shutil.copytree(first, tmp_path / "copy", symlinks=True)


def start(place, **options):
    """The same build in a process of its own, in its own group."""
    folders = {name: str(place / name) for name in ("data", "out", "notebooks")}
    code = f"import sys; from parley import publish; sys.exit(publish.build(**{folders | options}))"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PARLEY_PLACE": str(place)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def published(place):
    """The files of the set in place by name, after a look whether each is what the manifest says."""
    latest = place / "out" / "latest"
    told = json.loads((latest / "manifest.json").read_text("utf-8"))
    for entry in told["reports"]:
        assert hashlib.sha256((latest / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert hashlib.sha256((latest / "index.html").read_bytes()).hexdigest() == told["index_sha256"]
    return {path.name: path.read_bytes() for path in latest.iterdir() if path.is_file()}


def test_kill_9_at_any_moment_leaves_a_whole_set_and_no_worker(place):
    started = time.monotonic()
    write(place / "notebooks", "party", SHOW + "'first'")
    assert start(place).wait() == 0
    usual = time.monotonic() - started
    chance = random.Random(5)
    for number in range(KILLS):
        before = published(place)
        write(place / "notebooks", "party", SHOW + f"'{number}'")
        process = start(place)
        time.sleep(chance.uniform(0.1, usual))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        wait_for(lambda: not alive("PARLEY_PLACE", place))
        after = published(place)
        assert before.keys() == after.keys()
    write(place / "notebooks", "party", SHOW + "'last'")
    assert start(place).wait() == 0
    assert b"last" in published(place)[next(name for name in before if name.startswith("party-"))]
    assert not list((place / "out").glob(".stage-*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_build_leaves_no_worker_and_no_stage(place, number, code):
    before = published(place)
    write(place / "notebooks", "overview", WAITS.format(str(place / "begun")))
    process = start(place)
    wait_for((place / "begun").exists)
    stops(process, number, code)
    wait_for(lambda: not alive("PARLEY_PLACE", place))
    assert not list((place / "out").glob(".stage-*"))
    assert published(place) == before


def test_a_report_that_never_ends_is_ended_and_named(place, capsys):
    before = published(place)
    write(place / "notebooks", "overview", "import time; time.sleep(600)")
    assert build(place, limit=3) == 1
    said = capsys.readouterr().err
    assert "overview failed, cell In [4]: TimeoutError: it took longer than 3 s" in said
    assert f"to run it alone:   papermill {place / 'notebooks' / 'overview.ipynb'} overview.ipynb -p data" in said
    assert published(place) == before


def test_what_a_crash_left_is_removed(place):
    (place / "out" / ".stage-old" / "set").mkdir(parents=True)
    write(place / "notebooks", "party", SHOW + "1")
    assert build(place) == 0
    assert not list((place / "out").glob(".stage-*"))


def test_of_two_builds_the_second_waits_and_finds_all_done(place):
    write(place / "notebooks", "overview", "import time; time.sleep(3)\n" + SHOW)
    one = start(place)
    wait_for(lambda: list((place / "out").glob(".stage-*")))
    two = start(place)
    out, said = two.communicate(timeout=60)
    assert one.wait() == two.returncode == 0
    assert "Another build is at work" in said
    assert out.startswith("nothing changed")


def test_a_build_waits_only_so_long_for_another(place, monkeypatch, capsys):
    from filelock import FileLock

    monkeypatch.setattr(stage, "WAIT", 0.2)
    before = published(place)
    with FileLock(place / "out" / ".lock"):
        assert build(place, force=True) == 4
    assert "has held" in capsys.readouterr().err
    assert published(place) == before


def test_one_run_sees_one_state_of_the_tables(place):
    count = "from parley import tables\ndisplay(HTML(f'<p>{len(tables.load(data).questions)} questions</p>'))"
    begun, edited = place / "begun", place / "edited"
    waits = f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\n"
    waits += f"while not pathlib.Path({str(edited)!r}).exists(): time.sleep(0.01)\n"
    write(place / "notebooks", "overview", waits + SHOW + count)
    write(place / "notebooks", "changes", SHOW + count)
    questions = place / "data" / "questions.csv"
    lines = questions.read_text("utf-8").splitlines(keepends=True)

    def edit():
        wait_for(begun.exists)
        questions.write_text("".join(lines[:-1]), "utf-8")
        edited.touch()

    thread = threading.Thread(target=edit)
    thread.start()
    assert start(place).wait() == 0
    thread.join()
    for name in ("overview.html", "changes.html"):
        assert f"{len(lines) - 1} questions".encode() in published(place)[name]
    assert start(place).wait() == 0
    for name in ("overview.html", "changes.html"):
        assert f"{len(lines) - 2} questions".encode() in published(place)[name]


@pytest.fixture
def disk(first, tmp_path):
    """A disk of its own, of 32 MB, with a copy of the place."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk here, and without one neither of its faults can be made")
    shutil.copytree(first, disk / "place", symlinks=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk_publishes_nothing(disk, capsys):
    place = disk / "place"
    before = published(place)
    write(place / "notebooks", "party", SHOW + f"display(HTML('<p>{'word ' * 20000}</p>'))")
    with open(disk / "filler", "wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    os.truncate(disk / "filler", (disk / "filler").stat().st_size - 150_000)
    assert build(place) == 4
    assert "No space left on device" in capsys.readouterr().err
    assert published(place) == before


def test_a_read_only_folder_publishes_nothing(disk, capsys):
    place = disk / "place"
    before = published(place)
    write(place / "notebooks", "party", SHOW + "1")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert build(place) == 4
    assert "Read-only file system. The last good set stays." in capsys.readouterr().err
    assert published(place) == before
