"""A worker of a cluster: whether it would make the same pages, and the calls that it is sent.

A worker has threads, so it must not fork: a helper process does that for it, one for each build.
"""

import threading
from dataclasses import replace
from functools import cache

from parley.errors import ParleyError
from parley.helper import Helper
from parley.inputs import makers
from parley.workers import DeadWorkerError

_one = threading.Lock()  # a helper answers one call after the other
_helpers = {}  # that of the build which sent the last call, by its id


class ClusterError(ParleyError):
    """The cluster cannot be reached, has no workers, or would not make the same pages."""

    exit_code = 4


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


def unlike(worker, what):
    """The words that refuse a worker: `what` differs there, in words or as the exception that it answered with."""
    what = f"{type(what).__name__}: {what}" if isinstance(what, Exception) else what
    return f"The worker at {worker} would not make the same pages: {what}. Install the same Parley there; restart it."


def packed(name, files):
    """The tables, on a worker: the result of a call, so that other calls may depend on it."""
    return name, files


def made(build, ours, tables, as_of, limit, call, run, *told):
    """On a worker: what its helper for this build, which is started where there is none, makes of a call.

    `run` is the Run before it. What goes wrong becomes its error: an OSError would be taken for one of the builder's.
    """
    from distributed import get_worker

    worker = get_worker()
    if what := differences(ours):
        raise ClusterError(unlike(worker.address, what))
    with _one:
        for _ in range(2):  # a helper that ended because it had nothing to do is followed by another
            if _helpers.keys() != {build}:
                for old in list(_helpers):
                    _helpers.pop(old).end()
                _helpers[build] = Helper(worker.local_directory, tables, as_of, limit)
            try:
                return _helpers[build].ask(call, run, *told)
            except (EOFError, ConnectionError):
                _helpers.pop(build).end()
            except Exception as failure:
                error = {"cell": getattr(failure, "at", None), "ename": type(failure).__name__, "evalue": str(failure)}
                return replace(run, error=error)
    raise DeadWorkerError(f"the helper at {worker.address} died; its log tells more")
