"""The place where a set is made, beside the published one, and the one rename that puts it in place.

OUT/latest        a link to the newest set
OUT/runs/TIME     this set and earlier ones, the newest 30; unchanged files are one file (hard links)
OUT/.stage-*      a set in the making; what a crash left is removed by the next build
OUT/.lock         held by the build that is at work
"""

import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from parley.errors import ParleyError
from parley.inputs import digest, table_files

KEPT = 30
WAIT = 600
"""Seconds that a build waits for another one."""


class PublishError(ParleyError):
    """The set could not be written or put in place."""

    exit_code = 4


@contextmanager
def stage(out, say):
    """A new folder in `out`, alone: another build waits until this one ends. PublishError after WAIT seconds."""
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("wait", f"Another build is at work in {out}; this one waits for it, at most {WAIT} s.")
        try:
            lock.acquire(timeout=WAIT)
        except Timeout:
            raise PublishError(f"Another build has held {out} for {WAIT} s. Try again when it has ended.") from None
    try:
        for left in out.glob(".stage-*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=".stage-", dir=out, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    finally:
        lock.release()


def copy_tables(folder, stage):
    """A copy of the tables that nobody edits meanwhile: all files as they were at one moment. Its path."""
    copy = stage / Path(folder).resolve().name
    for _ in range(20):
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for name, path in table_files(folder).items():
            shutil.copyfile(path, copy / name)
        if _state(folder) == _state(copy):
            return copy
        time.sleep(0.1)
    raise PublishError(f"The tables in {folder} are being edited all the time. Build again when that has ended.")


def _state(folder):
    return {name: digest(path) for name, path in table_files(folder).items()}


def take(source, target):
    """Puts a file of an earlier set into a new one: the same file where the file system can, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def switch(pages, out, built):
    """Puts the finished set in place: one rename lets `latest` lead to it. Old sets beyond KEPT go."""
    runs = out / "runs"
    runs.mkdir(exist_ok=True)
    stamp = built.strftime("%Y-%m-%dT%H%M%S.%fZ")
    os.rename(pages, runs / stamp)
    link = pages.parent / "latest"
    link.symlink_to(Path("runs") / stamp, target_is_directory=True)
    os.replace(link, out / "latest")
    for old in sorted(path for path in runs.iterdir() if path.is_dir())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
