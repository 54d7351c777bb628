"""A planned set, made in a stage and put in place: runs, pages, index, manifest, the last check."""

import datetime as dt
import json
import shutil
import sys
import time

from tqdm import tqdm

from parley import history, kept, run
from parley.errors import ParleyError
from parley.inputs import digest
from parley.links import broken
from parley.stage import switch, take
from parley.ways import run_all

HEADINGS = {
    "overview": "The talks",
    "party": "The parties",
    "issue": "The issues",
    "sources": "The sources",
    "changes": "What changed",
}


class ReportError(ParleyError):
    """A report failed: nothing was published, and the last good set stays."""

    exit_code = 1


def publish(plan, data, stage, begin, say, keep_going):
    """Makes the set of a Plan and puts it in place; whether the talks changed. ReportError when a report failed.

    `data` is the folder that the tables were copied from; `begin` gives the way to run reports: see `parley.ways`.
    """
    started, out = time.monotonic(), plan.latest.parent
    pages, executed = stage / "set", stage / "executed"
    pages.mkdir()
    executed.mkdir()
    entries = _keep(plan, pages, say)
    failures = []
    for done in _runs(plan, pages, executed, begin):
        if done.error:
            failures.append(_failure(done, plan, data, out))
            say("failed", f"failed {done.report.name}", name=done.report.name, **done.error)
            if not keep_going:
                break
            continue
        entries[done.report.name] = entry = _entry(done, plan, pages)
        say(
            entry["status"],
            f"{entry['status']} {entry['name']} in {done.seconds:.1f} s: {entry['reason']}",
            name=entry["name"], reason=entry["reason"], seconds=entry["seconds"],
        )  # fmt: skip
    if failures:
        raise ReportError("\n\n".join([*failures, "Nothing was published. The last good set stays."]))
    built = dt.datetime.now(dt.UTC)
    told = history.keep(pages, plan.dossier, plan.since, plan.latest)
    left_out = [report.title for report in plan.listed if report not in plan.held]
    _write_index(pages, plan, left_out, built)
    _write_manifest(pages, plan, [entries[report.name] for report in plan.held], left_out, built)
    if problems := broken(pages):
        raise ReportError("\n".join(["The set is not whole, and was not published:", *problems]))
    changed = plan.since == str((plan.latest / "tables").resolve()) and bool(told["positions"] or told["rows"])
    switch(pages, out, built)
    count = sum(entry["status"] == "built" for entry in entries.values())
    held = f"{len(plan.held)} {'report' if len(plan.held) == 1 else 'reports'}"
    text = f"Published {held} ({count} built in {time.monotonic() - started:.0f} s): {out / 'latest' / 'index.html'}"
    say("published", text, reports=len(plan.held), built=count, talks_changed=changed)
    return changed


def _keep(plan, pages, say):
    """Takes over the pages of all reports that need not run: name to manifest entry."""
    entries = {}
    for report in plan.held:
        if report.name not in plan.why:
            entries[report.name] = plan.entry(report) | {"status": "kept", "reason": "nothing changed"}
            take(plan.latest / report.file, pages / report.file)
            say("kept", f"kept {report.name}: nothing changed", name=report.name, reason="nothing changed")
    return entries


def _runs(plan, pages, executed, begin):
    """Yields each report's Run as it ends; a bar shows how far it is, in a terminal."""

    def page_of(done):
        entry = plan.entry(done.report)
        if not plan.force and entry and entry["page_key"] == plan.page(done.report, done.shown):
            return None
        return plan.surroundings(done.report), pages / done.report.file

    wanted = [report for report in plan.held if report.name in plan.why]
    common = {"data": str(plan.dossier.folder), "as_of": plan.dossier.as_of}
    if not wanted:
        return
    runs = run_all(wanted, page_of, begin(common, executed))
    tqdm.monitor_interval = 0  # a thread would not survive the forks
    with tqdm(total=len(wanted), unit="report", disable=not sys.stderr.isatty(), leave=False) as bar:
        try:
            for done in runs:
                bar.update()
                bar.clear()
                yield done
                bar.refresh()
        finally:
            runs.close()


def _entry(done, plan, pages):
    """What the manifest tells of a report that has run. Its page is the one in place where it would show the same."""
    report, why = done.report, plan.why[done.report.name]
    if not done.page:
        take(plan.latest / report.file, pages / report.file)
    return {
        "name": report.name,
        "file": report.file,
        "notebook": report.notebook.name,
        "parameters": {name: value for name, value in report.parameters.items() if name != "since"},
        "status": "built" if done.page else "kept",
        "reason": why if done.page else f"{why}, but nothing that it shows",
        "seconds": round(done.seconds, 2),
        "sha256": digest(pages / report.file),
        "notebook_sha256": digest(report.notebook),
        "key": kept.key(report, plan.inputs, plan.since),
        "shown": done.shown,
        "page_key": plan.page(report, done.shown),
    }


def _failure(done, plan, data, out):
    """What went wrong with a report, where its executed notebook is kept, and how to see it alone."""
    report, error = done.report, done.error
    cell = f", cell In [{error['cell']}]" if error["cell"] else ""
    lines = [f"{report.name} failed{cell}: {error['ename']}: {error['evalue']}"]
    if done.executed and done.executed.exists():
        (out / "failed").mkdir(exist_ok=True)
        lines.append(f"  executed notebook: {shutil.copy(done.executed, out / 'failed')}")
    common = {"data": str(data.resolve()), "as_of": plan.dossier.as_of}
    return "\n".join([*lines, f"  to run it alone:   {run.command(report, common)}"])


def _write_index(pages, plan, left_out, built):
    from parley.page.index import index

    finished = [(report, (pages / report.file).read_text("utf-8")) for report in plan.held]
    groups = [
        (heading, [(report.file, report.title, page) for report, page in finished if report.kind == kind])
        for kind, heading in HEADINGS.items()
    ]
    text = index(
        title=plan.dossier.title,
        as_of=plan.dossier.as_of,
        built=built.isoformat(timespec="seconds"),
        left_out=left_out,
        groups=[(heading, entries) for heading, entries in groups if entries],
    )
    (pages / "index.html").write_text(text, "utf-8")


def _write_manifest(pages, plan, entries, left_out, built):
    manifest = {
        "title": plan.dossier.title,
        "as_of": plan.dossier.as_of,
        "built": built.isoformat(timespec="seconds"),
        "left_out": left_out,
        "index_sha256": digest(pages / "index.html"),
        "reports": entries,
        "inputs": plan.inputs,
    }
    (pages / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
