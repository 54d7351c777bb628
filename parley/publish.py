"""A whole set of reports, built beside the published one, checked, and put in its place by one rename.

OUT/latest            a link to the newest set: index.html, one file a report, manifest.json, changes.json, tables
OUT/failed/NAME.ipynb the executed notebook of a report that failed in the last build
"""

import shutil
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

from parley import kept
from parley.errors import ParleyError
from parley.inputs import DATA, NOTEBOOKS, PACKAGE, describe
from parley.log import SAY
from parley.stage import PublishError, copy_tables, stage
from parley.ways import forked, plain

OUT = PACKAGE.parent / "reports"
LIMIT = 300
"""Seconds that one report may take."""
TALKS_CHANGED = 10
FORKS = sys.platform == "linux"


def build(data="", out="", as_of="", reports=(), notebooks=NOTEBOOKS, log="text", exit_code=False, **how):
    """Builds what changed of the reports of a dossier, publishes the set, and says so. Returns an exit code.

    `reports` are names of reports to build; none means all. The others are taken over from the set in place
    where nothing that they depend on changed; otherwise the new set holds only the named ones, and its index
    names what it leaves out. `how` may hold `force`, `dry_run`, `keep_going`, `limit`, `show_code` and `scheduler`:
    see `_build`.
    Codes: 0 built, or nothing changed; 1 a report failed; 2 wrong parameter; 3 the tables do not pass; 4 not
    published; 10, where `exit_code` asks for it, the talks changed; 130 and 143 stopped by Ctrl-C and SIGTERM.
    """
    out, say = Path(out or OUT).resolve(), SAY[log]
    try:
        with _stoppable():
            changed = _build(Path(data or DATA), out, as_of, reports, Path(notebooks), say, **how)
    except ParleyError as error:
        say("error", str(error), code=error.exit_code)
        return error.exit_code
    except OSError as error:
        text = f"Could not publish to {out}: {error.strerror or error}. The last good set stays."
        say("error", text, code=PublishError.exit_code)
        return PublishError.exit_code
    except KeyboardInterrupt as stop:
        code = 128 + (stop.args[0] if stop.args else signal.SIGINT)
        say("error", "Stopped. Nothing was published. The last good set stays.", code=code)
        return code
    return TALKS_CHANGED if changed and exit_code else 0


@contextmanager
def _stoppable():
    """SIGTERM stops a build as Ctrl-C does: no process and no stage stays behind."""

    def stop(number, _frame):
        raise KeyboardInterrupt(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _build(
    data, out, as_of, names, notebooks, say,
    force=False, dry_run=False, keep_going=False, limit=LIMIT, show_code=False, scheduler="",
):  # fmt: skip
    """Whether the talks changed. `keep_going` builds the rest where one failed, and publishes nothing either.

    `scheduler` is the address of a Dask scheduler that the reports are handed to; "" runs them on this machine.
    """
    if not force and _current(data, out, as_of, names, notebooks, say, show_code):
        return False
    if dry_run or not data.is_dir():
        from parley.plan import make, tell  # these import pandas, which a build without a change need not pay for

        tell(make(data, out, as_of, names, notebooks, force, show_code), say)
        return False
    with stage(out, say) as folder:
        shutil.rmtree(out / "failed", ignore_errors=True)
        copy = copy_tables(data, folder)
        if not force and _current(
            copy, out, as_of, names, notebooks, say, show_code
        ):  # another build may have ended meanwhile
            return False
        with _way(scheduler, limit, say) as begin:
            from parley.plan import make
            from parley.release import publish

            plan = make(copy, out, as_of, names, notebooks, force, show_code)
            return publish(plan, data, folder, begin, say, keep_going)


def _way(scheduler, limit, say):
    """The way to run reports: see `parley.ways`."""
    if scheduler:
        from parley.cluster import cluster  # Dask may not be installed

        return cluster(scheduler, limit)
    if FORKS:
        return forked(limit)
    say("plain", "Processes cannot be forked here: each report starts a kernel of its own, which is slower.")
    return plain(limit)


def _current(data, out, as_of, names, notebooks, say, show_code):
    """Whether the published set is what would be built; says so. Decided by hashes, without reading a table."""
    told = kept.manifest(out / "latest")
    current = told and data.is_dir() and kept.current(told, describe(data, as_of, notebooks, show_code), names)
    if current:
        say("unchanged", f"nothing changed: {out / 'latest' / 'index.html'}")
    return current
