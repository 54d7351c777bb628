"""A whole set of reports, built beside the published one, checked, and put in its place by one rename.

OUT/latest            a link to the newest set: index.html, one file a report, manifest.json, changes.json, tables
OUT/runs/TIME         this set and earlier ones, the newest 30
OUT/failed/NAME.ipynb the executed notebook of a report that failed in the last build
"""

import datetime as dt
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from parley import history, run, tables
from parley.errors import ParameterError, ParleyError, nearest
from parley.inputs import describe, digest, versions
from parley.links import broken

OUT = Path(__file__).resolve().parents[1] / "reports"
KEPT = 30
HEADINGS = {
    "overview": "The talks",
    "party": "The parties",
    "issue": "The issues",
    "sources": "The sources",
    "changes": "What changed",
}


class PublishError(ParleyError):
    """The set could not be written or put in place."""

    exit_code = 4


class ReportError(ParleyError):
    """A report failed: nothing was published, and the last good set stays."""

    exit_code = 1


def build(data="", out="", as_of="", reports=(), notebooks=run.NOTEBOOKS):
    """Builds and publishes the reports of a dossier, and says so. Returns the exit code of `parley build`.

    `reports` are names of reports to build; none means all. The others are taken over from the set in place
    where all of them were built from the same inputs; otherwise the new set holds only the named ones, and
    its index names what it leaves out.
    Codes: 0 built; 1 a report failed; 2 wrong parameter; 3 the tables do not pass; 4 not published.
    """
    out = Path(out or OUT).resolve()
    started = time.monotonic()
    try:
        dossier = tables.load(data or tables.DATA, as_of)
        since = history.before(out / "latest", dossier)
        listed = run.reports(dossier, notebooks, since)
        count, built = _publish(dossier, listed, _chosen(listed, reports), out, since)
    except ParleyError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(
            f"Could not publish to {out}: {error.strerror or error}. The last good set stays.",
            file=sys.stderr,
        )
        return PublishError.exit_code
    seconds = time.monotonic() - started
    print(f"Published {count} reports ({built} built in {seconds:.0f} s): {out / 'latest' / 'index.html'}")
    return 0


def _chosen(listed, names):
    """The reports of these names in reading order; no name means all. Unknown names raise ParameterError."""
    known = [report.name for report in listed]
    unknown = [name for name in names if name not in known]
    if unknown:
        lines = [f"report {name!r} is not in this dossier.{nearest(name, known)}" for name in unknown]
        raise ParameterError("\n".join([*lines, f"Choose from: {', '.join(known)}"]))
    return [report for report in listed if not names or report.name in names]


def _publish(dossier, listed, chosen, out, since):
    """Builds the chosen reports, takes over others, switches to the new set: how many it holds, and built."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / "failed", ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".stage-", dir=out) as stage:
        pages, executed = Path(stage) / "set", Path(stage) / "executed"
        pages.mkdir()
        executed.mkdir()
        inputs = describe(dossier)
        carried = _carried(out / "latest", [report for report in listed if report not in chosen], inputs)
        held = [report for report in listed if report in chosen or report.name in carried]
        entries = {name: entry for name, (entry, _) in carried.items()}
        for entry, page in carried.values():
            (pages / entry["file"]).write_bytes(page)
        entries |= _build(dossier, chosen, held, pages, executed, out)
        built = dt.datetime.now(dt.UTC)
        left_out = [report.title for report in listed if report not in held]
        history.keep(pages, dossier, since)
        _write_index(pages, dossier, held, left_out, built)
        _write_manifest(pages, dossier, [entries[report.name] for report in held], inputs, built)
        if problems := broken(pages):
            raise ReportError("\n".join(["The set is not whole, and was not published:", *problems]))
        _switch(pages, out, built)
    return len(held), len(chosen)


def _build(dossier, chosen, held, pages, executed, out):
    """Runs the chosen reports and writes their pages: name to manifest entry. ReportError when one failed."""
    # Imported here: it costs a second, which a wrong parameter need not pay.
    from parley.page import PageExporter

    exporter = PageExporter()
    common = {"data": str(Path(dossier.folder).resolve()), "as_of": dossier.as_of}
    entries, failures = {}, []
    for done in run.execute_all(chosen, common, executed):
        report, error = done.report, done.error
        if not error:
            try:
                page, _ = exporter.from_filename(str(done.executed), {"parley": _surroundings(dossier, held, report)})
            except Exception as failure:  # a chart that cannot be drawn fails its report, not the build
                error = {"cell": None, "ename": type(failure).__name__, "evalue": str(failure)}
        if error:
            failures.append(_failure(report, error, common, done.executed, out))
            continue
        (pages / report.file).write_text(page, "utf-8")
        entries[report.name] = {
            "name": report.name,
            "file": report.file,
            "notebook": report.notebook.name,
            "parameters": {name: value for name, value in report.parameters.items() if name != "since"},
            "status": "built",
            "seconds": round(done.seconds, 2),
            "sha256": digest(pages / report.file),
            "notebook_sha256": digest(report.notebook),
        }
    if failures:
        raise ReportError("\n\n".join([*failures, "Nothing was published. The last good set stays."]))
    return entries


def _failure(report, error, common, executed, out):
    """What went wrong with a report, where its executed notebook is kept, and how to see it alone."""
    cell = f", cell In [{error['cell']}]" if error["cell"] else ""
    lines = [f"{report.name} failed{cell}: {error['ename']}: {error['evalue']}"]
    if executed.exists():
        (out / "failed").mkdir(exist_ok=True)
        lines.append(f"  executed notebook: {shutil.copy(executed, out / 'failed')}")
    return "\n".join([*lines, f"  to run it alone:   {run.command(report, common)}"])


def _surroundings(dossier, held, report):
    """What a page says of its set: see `parley.page.document.document`."""
    at = held.index(report)
    neighbour = {
        "before": held[at - 1] if at else None,
        "after": held[at + 1] if at + 1 < len(held) else None,
    }
    return {
        "title": dossier.title,
        "as_of": dossier.as_of,
        "files": {"index.html", *(other.file for other in held)},
        **{key: other and {"file": other.file, "title": other.title} for key, other in neighbour.items()},
    }


def _carried(latest, others, inputs):
    """Name to (entry, page) of the others in the published set; empty unless all are there and current."""
    try:
        manifest = json.loads((latest / "manifest.json").read_text("utf-8"))
        held = {entry["name"]: entry for entry in manifest["reports"]}
        same = manifest["inputs"] == inputs and manifest["versions"] == versions()
        carried = {
            other.name: (held[other.name] | {"status": "carried"}, (latest / other.file).read_bytes())
            for other in others
        }
    except (FileNotFoundError, NotADirectoryError, KeyError, ValueError):
        return {}
    same = same and all(carried[o.name][0]["notebook_sha256"] == digest(o.notebook) for o in others)
    return carried if same else {}


def _write_index(pages, dossier, held, left_out, built):
    from parley.page.index import index

    finished = [(report, (pages / report.file).read_text("utf-8")) for report in held]
    groups = [
        (heading, [(report.file, report.title, page) for report, page in finished if report.kind == kind])
        for kind, heading in HEADINGS.items()
    ]
    text = index(
        title=dossier.title,
        as_of=dossier.as_of,
        built=built.isoformat(timespec="seconds"),
        left_out=left_out,
        groups=[(heading, entries) for heading, entries in groups if entries],
    )
    (pages / "index.html").write_text(text, "utf-8")


def _write_manifest(pages, dossier, entries, inputs, built):
    manifest = {
        "title": dossier.title,
        "as_of": dossier.as_of,
        "built": built.isoformat(timespec="seconds"),
        "reports": entries,
        "inputs": inputs,
        "versions": versions(),
    }
    (pages / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _switch(pages, out, built):
    """Puts the finished set in place: one rename lets `latest` lead to it. Old sets beyond KEPT go."""
    runs = out / "runs"
    runs.mkdir(exist_ok=True)
    stamp = built.strftime("%Y-%m-%dT%H%M%S.%fZ")
    os.rename(pages, runs / stamp)
    link = pages.parent / "latest"
    link.symlink_to(Path("runs") / stamp, target_is_directory=True)
    os.replace(link, out / "latest")
    for old in sorted(path for path in runs.iterdir() if path.is_dir())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
