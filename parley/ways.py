"""The list of reports through the standard Executor interface: the one loop, and two ways to run it on this machine.

Each way is a context manager over the whole build. What it gives is called with the parameters that all reports share
and the folder for executed notebooks, once it is known which reports have to run.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace

from parley import preload, workers
from parley.errors import ParleyError
from parley.process import cores
from parley.run import Run, draw, execute

MEMORY = 4 << 30
"""Bytes of data that a report may hold."""


@dataclass(frozen=True)
class Way:
    """How reports get to the Executors that run them; each function submits one call and returns its Future of a Run.

    `notebook(report)` runs a notebook; `page(run, surroundings, path)` draws a page. `wait(futures)` gives those that
    are done, as soon as one is.
    """

    notebook: Callable
    page: Callable
    wait: Callable


def run_all(wanted, page_of, way):
    """Yields the Run of every report as it ends, with `page` True where its page was written.

    `page_of(run)` gives None where no page is needed, else what the page stands in, and its path. A report that fails
    is a Run with its error. OSError where a file cannot be written; CancelledError or ParleyError where an Executor
    runs nothing any more.
    """
    begun = {way.notebook(report): Run(report) for report in wanted}
    try:
        while begun:
            for future in way.wait(begun):
                run = _ended(future, begun.pop(future))
                needed = None if run.error or run.page else page_of(run)
                if needed:
                    begun[way.page(run, *needed)] = run
                else:
                    yield run
    finally:
        for future in begun:
            future.cancel()


def _ended(future, run):
    """What came of the last call for a report, whose Run was `run` before it."""
    try:
        run = future.result()
    except Exception as failure:  # a call that died, or was too late
        if isinstance(failure, (OSError, ParleyError, CancelledError)) and not isinstance(failure, TimeoutError):
            raise
        error = {"cell": getattr(failure, "at", None), "ename": type(failure).__name__, "evalue": str(failure)}
        return replace(run, error=error)
    for path, content in run.arrived.items():
        path.write_bytes(content)
    return replace(run, arrived={})


def first(futures):
    """`concurrent.futures.wait` until one is done."""
    return wait(futures, return_when=FIRST_COMPLETED).done


@contextmanager
def forked(limit, count=0):
    """Each notebook in a fresh process forked from this one, which has imported all it needs; pages beside them.

    `limit` is how many seconds a report, and its page, may take; `count` is how many notebooks run at a time, 0 for as
    many as there are cores. The processes that draw pages live as long as the build, and start now, while this one
    imports: their engine does not survive a fork, and takes longer to start than to draw a page.
    """
    count = count or cores()
    pages = workers.Workers("spawn", max(1, count // 2), limit, preload.pages)
    notebooks = workers.Workers("fork", count, limit, _limit_memory, fresh=True)

    def begin(common, folder):
        preload.notebooks()
        return Way(
            lambda report: notebooks.submit(_notebook, report, common, folder),
            lambda run, surroundings, path: pages.submit(draw, run, surroundings, path),
            workers.wait,
        )

    try:
        yield begin
    finally:
        notebooks.kill_workers()
        pages.kill_workers()


def _notebook(report, common, folder):
    return execute(report, common, folder, engine_name="parley", at_cell=workers.tell)


def _limit_memory():
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


@contextmanager
def plain(limit):
    """Plain papermill, each notebook in a kernel of its own: where processes cannot be forked. `limit`: for a cell."""
    pool = ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))

    def begin(common, folder):
        return Way(
            lambda report: pool.submit(execute, report, common, folder, execution_timeout=int(limit)),
            lambda run, surroundings, path: pool.submit(draw, run, surroundings, path),
            first,
        )

    try:
        yield begin
    finally:
        pool.shutdown(cancel_futures=True)
