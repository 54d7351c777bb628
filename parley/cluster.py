"""The list of reports handed to a Dask cluster: notebooks and tables go there as bytes, and pages come back as bytes.

A worker shares no folder with the builder; all it needs is the same Parley, with the same libraries.
"""

import logging
import tempfile
import threading
import warnings
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from parley.errors import ParameterError, ParleyError
from parley.inputs import makers, table_files
from parley.run import Run, draw, execute
from parley.ways import Way

PATIENCE = 10
"""Seconds that a scheduler may take to answer, and twice that for a worker to come where none is left."""

_one = threading.Lock()  # papermill changes the folder of its process, so the threads of a worker take turns


class ClusterError(ParleyError):
    """The cluster cannot be reached, has no workers, or would not make the same pages."""

    exit_code = 4


@contextmanager
def cluster(address, limit):
    """The way to run reports on the workers of the Dask scheduler at an address: see `parley.ways`.

    A call whose worker dies is made again on another one; after some such deaths it fails its report (KilledWorker).
    `limit` is for one cell. When this ends, however it does, no call of its own is left in the scheduler. ClusterError
    as above, and where the scheduler or all workers go; ParameterError where Dask is not installed.
    """
    ours = makers()
    with warnings.catch_warnings(), _client(address) as client:
        warnings.filterwarnings("ignore", "Sending large graph")  # tables are what there is to send
        told = client.run(differences, ours, on_error="return")
        if not told:
            raise ClusterError(f"The scheduler at {address} has no workers. Start some: dask worker {address}")
        if any(told.values()):
            raise ClusterError("\n".join(_unlike(worker, what) for worker, what in told.items() if what))
        executor = client.get_executor(pure=False)

        def begin(common, folder):
            # Calls that others depend on: sent once, passed from worker to worker, made again where a worker dies.
            data = client.submit(_packed, *_files(common["data"]), pure=False)
            earlier = {}

            def notebook(report):
                since, target = report.parameters.get("since"), folder / f"{report.name}.ipynb"
                if since and since not in earlier:
                    earlier[since] = client.submit(_packed, *_files(since), pure=False)
                source = report.notebook.read_bytes()
                told = common["as_of"], limit, ours
                return executor.submit(_notebook, report, source, target, data, earlier.get(since), *told)

            def page(run, surroundings, path):
                return executor.submit(_page, run, run.executed.read_bytes(), surroundings, path, ours)

            return Way(notebook, page, lambda futures: _first(futures, client, address))

        try:
            yield begin
        except CancelledError:
            raise _lost(address) from None


def differences(ours):
    """What of this worker is not as on the builder, which has `ours`: in words, "" where nothing differs."""
    words = []
    for when, theirs in (("", makers()), (" when it started", _first_makers())):
        names = {"package": "Parley's code", "templates": "the look of the pages"}
        words += [f"other {text}{when}" for name, text in names.items() if theirs[name] != ours[name]]
        for name in sorted(theirs["versions"].keys() | ours["versions"].keys()):
            there, here = (made["versions"].get(name, "none") for made in (theirs, ours))
            words += [f"{name} {there}{when}, here {here}"] if there != here else []
    return "; ".join(dict.fromkeys(words))


@cache
def _first_makers():
    """What the code that this process has imported was made of."""
    return makers()


def _unlike(worker, what):
    what = f"{type(what).__name__}: {what}" if isinstance(what, Exception) else what
    return f"The worker at {worker} would not make the same pages: {what}. Install the same Parley there; restart it."


def _client(address):
    """A client of the scheduler at an address."""
    try:
        from distributed import Client
    except ImportError:
        raise ParameterError("--executor dask: Dask is not installed here. Install it: pip install '.[dask]'") from None
    for name in ("distributed", "distributed.client"):  # what it would say of a lost scheduler is said once, here
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        text = f"No Dask scheduler answers at {address} ({error}). Start one, dask scheduler, or correct --scheduler."
        raise ClusterError(text) from None


def _first(futures, client, address):
    """The futures that are done, as soon as one is. ClusterError where no worker is left to do any."""
    alone = False
    while not (done := wait(futures, timeout=PATIENCE, return_when=FIRST_COMPLETED).done):
        try:
            left = client.nthreads()
        except OSError:
            raise _lost(address) from None
        if alone and not left:
            raise ClusterError(f"No worker is left at {address}. Nothing was published: start some, and build again.")
        alone = not left
    return done


def _lost(address):
    return ClusterError(f"The scheduler at {address} was lost. Nothing was published: build again.")


def _files(folder):
    """A folder of tables as values that can travel: its name, and its files by name."""
    return Path(folder).name, {name: path.read_bytes() for name, path in table_files(folder).items()}


def _packed(name, files):
    """The tables, on a worker: the result of a call, so that other calls may depend on it."""
    return name, files


def _unpacked(packed, folder):
    """The path of the tables, written into a folder."""
    name, files = packed
    (folder / name).mkdir(parents=True)
    for file, content in files.items():
        (folder / name / file).write_bytes(content)
    return str(folder / name)


def _notebook(report, source, target, data, since, as_of, limit, ours):
    """On a worker: the Run of a report, whose executed notebook is to be written to `target` on the builder."""
    with _workplace(ours) as folder:
        try:
            for name in ("notebook", "executed"):
                (folder / name).mkdir()
            notebook = folder / "notebook" / report.notebook.name
            notebook.write_bytes(source)
            common = {"data": _unpacked(data, folder / "data"), "as_of": as_of}
            parameters = report.parameters | ({"since": _unpacked(since, folder / "since")} if since else {})
            here = replace(report, notebook=notebook, parameters=parameters)
            run = execute(here, common, folder / "executed", execution_timeout=int(limit))
            arrived = {target: run.executed.read_bytes()} if run.executed.exists() else {}
        except OSError as failure:  # the worker's disk, not the builder's
            return _failed(Run(report), failure)
    return replace(run, report=report, executed=target, arrived=arrived)


def _page(run, source, surroundings, path, ours):
    """On a worker: the Run with its page, which is to be written to `path` on the builder."""
    with _workplace(ours) as folder:
        try:
            executed, page = folder / run.executed.name, folder / "page.html"
            executed.write_bytes(source)
            drawn = draw(replace(run, executed=executed), surroundings, page)
            arrived = {path: page.read_bytes()} if drawn.page else {}
        except OSError as failure:
            return _failed(run, failure)
    return replace(drawn, executed=run.executed, arrived=arrived)


@contextmanager
def _workplace(ours):
    """A folder for one call on a worker that makes the same pages as the builder; ClusterError where it does not."""
    from distributed import get_worker

    worker = get_worker()
    if what := differences(ours):
        raise ClusterError(_unlike(worker.address, what))
    with _one, tempfile.TemporaryDirectory(dir=worker.local_directory) as folder:
        yield Path(folder)


def _failed(run, failure):
    return replace(run, error={"cell": None, "ename": type(failure).__name__, "evalue": str(failure)})
