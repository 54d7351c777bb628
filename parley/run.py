"""The list of reports, and running each of them through papermill in a process and kernel of its own."""

import logging
import multiprocessing
import os
import re
import shlex
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from parley import tables
from parley.errors import ParleyError

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
AT_ONCE = 2


@dataclass(frozen=True)
class Report:
    """One report: a notebook and the parameters that make it this report. `kind` groups the index."""

    name: str
    kind: str
    title: str
    notebook: Path
    parameters: dict = field(default_factory=dict)

    @property
    def file(self):
        return f"{self.name}.html"


@dataclass(frozen=True)
class Run:
    """How a run went. `executed` is the executed notebook; `error` is None, or cell, ename and evalue."""

    report: Report
    executed: Path
    seconds: float
    error: dict | None = None


def reports(dossier, notebooks=NOTEBOOKS, since=""):
    """Every report of a dossier, in reading order: the one list of what a build builds.

    `since` is the folder with the tables that the changes are told against, "" for none.
    """
    notebooks = Path(notebooks).resolve()
    labels = {
        kind: dict(zip(table.id, table.label, strict=True))
        for kind, table in (("party", dossier.actors), ("issue", dossier.issues))
    }
    chosen = [("overview", "Overview", "")]
    chosen += [("party", labels["party"][actor], actor) for actor in tables.parties(dossier)]
    chosen += [("issue", label, issue) for issue, label in labels["issue"].items()]
    chosen += [("sources", "Sources", ""), ("changes", "Changes", "")]
    for _, _, value in chosen:
        if value and not ID.fullmatch(value):
            raise ParleyError(f"{value!r} cannot name a report: use lower-case letters, digits, '_', '-' and '.'.")
    return [
        Report(
            name=f"{kind}-{value}" if value else kind,
            kind=kind,
            title=title,
            notebook=notebooks / f"{kind}.ipynb",
            parameters={kind: value} if value else {"since": since} if kind == "changes" else {},
        )
        for kind, title, value in chosen
    ]


def execute(report, common, folder):
    """Runs one report's notebook with papermill. `common` are the parameters of all reports: data and as_of.

    The executed notebook goes into `folder`, also where a cell fails; OSError where it cannot be written.
    """
    import papermill  # here, so that a process that only lists the reports need not pay for it

    logging.getLogger("papermill").setLevel(logging.ERROR)
    executed = Path(folder) / f"{report.name}.ipynb"
    started, error = time.monotonic(), None
    try:
        papermill.execute_notebook(
            _literal(report.notebook),
            _literal(executed),
            parameters=common | report.parameters,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            cwd=str(report.notebook.parent),
            extra_arguments=["--log-level=ERROR"],  # the kernel's own; it would warn on every start
        )
    except papermill.PapermillExecutionError as failure:
        error = {"cell": failure.exec_count, "ename": failure.ename, "evalue": failure.evalue}
    except OSError:
        raise
    except Exception as failure:  # whatever else stops a notebook: a dead kernel, a file that is no notebook
        error = {"cell": None, "ename": type(failure).__name__, "evalue": str(failure)}
    return Run(report, executed, time.monotonic() - started, error)


def execute_all(wanted, common, folder):
    """Yields the Run of every report as it ends, two at a time, each in a process and kernel of its own.

    Tells how it goes on stderr: a bar in a terminal, a plain line a report anywhere else.
    """
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(min(AT_ONCE, len(wanted)), mp_context=context, initializer=_quiet) as pool,
        tqdm(total=len(wanted), unit="report", disable=not sys.stderr.isatty()) as bar,
    ):
        for done in as_completed([pool.submit(execute, report, common, folder) for report in wanted]):
            run = done.result()
            bar.update()
            bar.set_postfix_str(run.report.name)
            if bar.disable:
                verb = "failed" if run.error else "ran"
                print(f"{verb} {run.report.name} in {run.seconds:.1f} s", file=sys.stderr)
            yield run


def command(report, common):
    """The shell line that runs one report alone."""
    values = {name: value for name, value in (common | report.parameters).items() if value}
    parameters = " ".join(f"-p {name} {shlex.quote(value)}" for name, value in values.items())
    here = Path.cwd()
    notebook = report.notebook.relative_to(here) if report.notebook.is_relative_to(here) else report.notebook
    return f"papermill {shlex.quote(str(notebook))} {report.name}.ipynb {parameters}".rstrip()


def _literal(path):
    """A path as papermill takes it: braces would be filled in as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _quiet():
    """What a worker and its kernels write to stderr is not the reader's: what counts comes back in its Run."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
