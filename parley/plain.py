"""Reports run by plain papermill, each in a process and kernel of its own: where processes cannot be forked."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from parley.run import execute


def run_all(wanted, common, folder, page_of, limit):
    """As `workers.run_all`, slower; `limit` is for one cell."""
    from parley.page import PageExporter

    exporter = PageExporter()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        tasks = [pool.submit(_timed, report, common, folder, limit) for report in wanted]
        try:
            for task in as_completed(tasks):
                run = task.result()
                needed = None if run.error else page_of(run)
                yield _paged(run, exporter, *needed) if needed else run
        finally:
            pool.shutdown(cancel_futures=True)


def _timed(report, common, folder, limit):
    started = time.monotonic()
    run = execute(report, common, folder, execution_timeout=int(limit))
    return replace(run, seconds=time.monotonic() - started)


def _paged(run, exporter, surroundings, path):
    try:
        page, _ = exporter.from_filename(str(run.executed), {"parley": surroundings})
    except Exception as failure:  # a chart that cannot be drawn fails its report, not the build
        return replace(run, error={"cell": None, "ename": type(failure).__name__, "evalue": str(failure)})
    Path(path).write_text(page, "utf-8")
    return replace(run, page=True)
