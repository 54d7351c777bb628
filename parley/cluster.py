"""The list of reports handed to a Dask cluster: notebooks and tables go there as bytes, and pages come back as bytes.

A worker shares no folder with the builder; all it needs is the same Parley, with the same libraries.
"""

import logging
import warnings
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from contextlib import contextmanager
from pathlib import Path

from parley import helper
from parley.errors import ParameterError
from parley.inputs import makers, table_files
from parley.run import Run
from parley.served import ClusterError, differences, made, packed, unlike
from parley.ways import Way

PATIENCE = 10
"""Seconds that a scheduler may take to answer, and twice that for a worker to come where none is left."""


@contextmanager
def cluster(address, limit):
    """The way to run reports on the workers of the Dask scheduler at an address: see `parley.ways`.

    A call whose worker dies is made again on another one; after some such deaths it fails its report (KilledWorker).
    `limit` is how many seconds a report, and its page, may take there. When this ends, however it does, no call of its
    own is left in the scheduler; what a worker has begun goes on, at most that long. ClusterError where the cluster
    cannot be reached or is lost, has no workers, or would not make the same pages; ParameterError without Dask.
    """
    ours = makers()
    with warnings.catch_warnings(), _client(address) as client:
        warnings.filterwarnings("ignore", "Sending large graph")  # tables are what there is to send
        told = client.run(differences, ours, on_error="return")
        if not told:
            raise ClusterError(f"The scheduler at {address} has no workers. Start some: dask worker {address}")
        if any(told.values()):
            raise ClusterError("\n".join(unlike(worker, what) for worker, what in told.items() if what))
        executor = client.get_executor(pure=False)

        def begin(common, folder):
            # Calls that others depend on: sent once, passed from worker to worker, made again where a worker dies.
            data = client.submit(packed, *_files(common["data"]), pure=False)
            build = data.key, ours, data, common["as_of"], limit
            earlier = {}

            def notebook(report):
                since, target = report.parameters.get("since"), folder / f"{report.name}.ipynb"
                if since and since not in earlier:
                    earlier[since] = client.submit(packed, *_files(since), pure=False)
                source = report.notebook.read_bytes()
                return executor.submit(made, *build, helper.notebook, Run(report), source, earlier.get(since), target)

            def page(run, surroundings, path):
                return executor.submit(made, *build, helper.page, run, run.executed.read_bytes(), surroundings, path)

            return Way(notebook, page, lambda futures: _first(futures, client, address))

        try:
            yield begin
        except CancelledError:
            raise _lost(address) from None


def _client(address):
    """A client of the scheduler at an address."""
    try:
        from distributed import Client
    except ImportError:
        raise ParameterError(
            "--executor dask: Dask is not installed here. Install it: pip install -e '.[dask]'"
        ) from None
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
