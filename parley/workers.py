"""Reports run side by side, each in a fresh process forked from this one, which has imported all they need.

Pages are made beside them. A process that dies, hangs or takes too much memory takes down only its own report.
"""

import resource
import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path

from parley.process import Worker, cores, make_pages
from parley.run import Run, execute

MEMORY = 4 << 30
"""Bytes of data that a report may hold."""


def run_all(wanted, common, folder, page_of, drawing, limit):
    """Yields the Run of every report as it ends, with `page` True where its page was written.

    `page_of(run)` gives None where no page is needed, else what the page stands in, and its path. `drawing` are the
    processes of `start_pages`. `limit` is how many seconds a report, and its page, may take.
    """
    waiting, undrawn, busy = deque(wanted), deque(), {}
    idle = list(drawing)
    try:
        while waiting or undrawn or busy:
            while waiting and sum(worker not in drawing for worker, *_ in busy.values()) < cores():
                report = waiting.popleft()
                worker = Worker("fork", _report, report, common, folder)
                busy[worker.pipe] = [worker, Run(report, Path(folder) / f"{report.name}.ipynb"), time.monotonic()]
            while undrawn and idle:
                run, surroundings, path = undrawn.popleft()
                worker = idle.pop()
                with suppress(BrokenPipeError):  # a dead one is found below
                    worker.pipe.send((run.executed, surroundings, path))
                busy[worker.pipe] = [worker, run, time.monotonic()]
            first = min(started for _, _, started in busy.values())
            ready = wait(list(busy), timeout=max(0.0, first + limit - time.monotonic()))
            late = [pipe for pipe, (_, _, started) in busy.items() if time.monotonic() - started > limit]
            for pipe in dict.fromkeys([*ready, *late]):
                worker, run, started = busy[pipe]
                heard = _heard(worker, run, limit, pipe in late and pipe not in ready)
                if isinstance(heard, int):
                    busy[pipe][1] = replace(run, cell=heard)
                    continue
                del busy[pipe]
                heard = replace(heard, seconds=run.seconds + time.monotonic() - started)
                if worker not in drawing:
                    worker.kill()
                    needed = None if heard.error else page_of(heard)
                    if needed:
                        undrawn.append((heard, *needed))
                        continue
                elif worker.process.is_alive():
                    idle.append(worker)
                else:
                    drawing[drawing.index(worker)] = fresh = Worker("spawn", make_pages)
                    idle.append(fresh)
                yield heard
    finally:
        for worker, *_ in busy.values():
            if worker not in drawing:
                worker.kill()


def _heard(worker, run, limit, late):
    """The Run with what a worker said of it; the number of a cell that it begins; an error where it said nothing."""
    try:
        if late:
            raise TimeoutError(f"it took longer than {limit:g} s")
        said = worker.pipe.recv()
    except (EOFError, ConnectionError, TimeoutError) as failure:
        worker.process.join(1)
        ended = worker.kill()
        name = "TimeoutError" if isinstance(failure, TimeoutError) else "DeadWorkerError"
        told = str(failure) if isinstance(failure, TimeoutError) else _end(ended)
        return replace(run, error={"cell": run.cell, "ename": name, "evalue": told})
    if isinstance(said, OSError):
        raise said
    return said if isinstance(said, int) else replace(run, **said)


def _end(code):
    if code is not None and code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return f"its process ended with exit code {code}"


def _report(pipe, report, common, folder):
    """Runs one report, telling each cell that begins, and then how it went."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        run = execute(report, common, folder, engine_name="parley", at_cell=pipe.send)
    except OSError as failure:
        pipe.send(failure)
    else:
        pipe.send({"error": run.error, "shown": run.shown})
