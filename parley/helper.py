"""A helper beside a worker of a cluster: a process without threads, which may fork, where the worker must not.

It serves one build: it takes the tables in once, then runs notebooks and draws pages as a build on one machine does.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from parley.process import end_with

IDLE = 60
"""Seconds without a call after which a helper ends, and gives its memory back."""


class Helper:
    """A helper, as the worker sees it that starts it. `told` are the arguments of `_serve` after the first."""

    def __init__(self, *told):
        self.pipe, theirs = Pipe()
        command = [sys.executable, "-P", "-m", "parley.helper", str(theirs.fileno())]
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
        theirs.close()
        self.pipe.send((os.getpid(), *told))

    def ask(self, call, *told):
        """What comes of `notebook` or `page`, called with these; EOFError or ConnectionError where the helper died."""
        self.pipe.send((call, *told))
        made, failure = self.pipe.recv()
        if failure:
            raise failure
        return made

    def end(self):
        """Lets it end by itself, and so clean up."""
        self.pipe.close()
        self.process.wait()


def notebook(way, place, run, source, since, target):
    """The Run of a report, whose executed notebook is to be written to `target` on the builder.

    `source` is the notebook, `since` what the changes are told against or None.
    """
    here = place / "notebooks" / run.report.notebook.name
    here.write_bytes(source)
    parameters = run.report.parameters | ({"since": _unpacked(since, place / "since")} if since else {})
    done = way.notebook(replace(run.report, notebook=here, parameters=parameters)).result()
    arrived = {target: done.executed.read_bytes()} if done.executed.exists() else {}
    return replace(done, report=run.report, executed=target, arrived=arrived)


def page(way, place, run, source, surroundings, target):
    """The Run with its page, which is to be written to `target` on the builder. `source` is its executed notebook."""
    executed, drawn = place / "executed" / run.executed.name, place / "page.html"
    executed.write_bytes(source)
    done = way.page(replace(run, executed=executed), surroundings, drawn).result()
    return replace(done, executed=run.executed, arrived={target: drawn.read_bytes()} if done.page else {})


def _serve(pipe, folder, packed, as_of, limit):
    """Answers calls until none comes. `folder` is where it may write; `packed` are the tables of the build."""
    from parley import tables
    from parley.ways import forked

    with tempfile.TemporaryDirectory(dir=folder) as place, forked(limit, 1) as begin:
        place = Path(place)
        for name in ("notebooks", "executed"):
            (place / name).mkdir()
        data = _unpacked(packed, place / "data")
        tables.hold(data)
        way = begin({"data": data, "as_of": as_of}, place / "executed")
        while pipe.poll(IDLE):
            call, *told = pipe.recv()
            try:
                pipe.send((call(way, place, *told), None))
            except Exception as failure:
                pipe.send((None, failure))


def _unpacked(packed, folder):
    """The path of tables that came as their folder's name and their files, written into `folder`."""
    name, files = packed
    (folder / name).mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        (folder / name / file).write_bytes(content)
    return str(folder / name)


def main(pipe):
    """Serves the worker at the other end of a pipe."""
    parent, *told = pipe.recv()
    end_with(parent)
    with suppress(EOFError):  # the worker let it go
        _serve(pipe, *told)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
