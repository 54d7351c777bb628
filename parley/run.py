"""The list of reports, and making one of them: its notebook run by papermill, and its page drawn."""

import logging
import re
import shlex
import time
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from parley.errors import ParleyError
from parley.inputs import NOTEBOOKS, hashed

ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


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
    """How a run went. `executed` is the path of the executed notebook, which is missing where its process died.

    `error` is None, or cell, ename and evalue. `shown` is the hash of all that the notebook shows. `page` tells
    whether its page was written. `arrived` are files that another machine made, path to bytes, to be written here.
    """

    report: Report
    executed: Path | None = None
    seconds: float = 0.0
    error: dict | None = None
    shown: str = ""
    page: bool = False
    arrived: dict = field(default_factory=dict)


def reports(dossier, notebooks=NOTEBOOKS, since=""):
    """Every report of a dossier, in reading order: the one list of what a build builds.

    `since` is the folder with the tables that the changes are told against, "" for none.
    """
    from parley import tables  # here, so that a process that only draws pages need not import pandas

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


def execute(report, common, folder, **engine):
    """Runs one report's notebook with papermill. `common` are the parameters of all reports: data and as_of.

    The executed notebook goes into `folder`, also where a cell fails; OSError where it cannot be written.
    `engine` names another engine than papermill's own, and what that needs.
    """
    import papermill  # here, so that a process that only lists the reports need not pay for it

    logging.getLogger("papermill").setLevel(logging.ERROR)
    executed, started = Path(folder) / f"{report.name}.ipynb", time.monotonic()
    shown, error = "", None
    try:
        notebook = papermill.execute_notebook(
            _literal(report.notebook),
            _literal(executed),
            parameters=common | report.parameters,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            cwd=str(report.notebook.parent),
            request_save_on_cell_execute=False,
            extra_arguments=["--log-level=ERROR"],  # the kernel's own; it would warn on every start
            **engine,
        )
        shown = _shown(notebook)
    except papermill.PapermillExecutionError as failure:
        error = {"cell": failure.exec_count, "ename": failure.ename, "evalue": failure.evalue}
    except OSError:
        raise
    except Exception as failure:  # whatever else stops a notebook: a dead kernel, a file that is no notebook
        error = {"cell": None, "ename": type(failure).__name__, "evalue": str(failure)}
    return Run(report, executed, time.monotonic() - started, error, shown)


def draw(run, surroundings, path):
    """Writes the page of a Run that went well to `path`; the Run with what came of it. OSError where it cannot.

    `surroundings` are what the page stands in: see `parley.page.document.document`.
    """
    started = time.monotonic()
    try:
        page, _ = _exporter().from_filename(str(run.executed), {"parley": surroundings})
    except Exception as failure:  # a chart that cannot be drawn fails its report, not the build
        return replace(run, error={"cell": None, "ename": type(failure).__name__, "evalue": str(failure)})
    Path(path).write_text(page, "utf-8")
    return replace(run, page=True, seconds=run.seconds + time.monotonic() - started)


@cache
def _exporter():
    from parley.page import PageExporter

    return PageExporter()


def _shown(notebook):
    """The hash of what a notebook says and shows. The injected parameters are left out: they name folders."""
    cells = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        said = "" if "injected-parameters" in tags else cell.source
        cells.append([cell.cell_type, tags, said, cell.get("attachments"), cell.get("outputs")])
    return hashed(cells)


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
