"""Which reports a set will hold, which of them have to run, and why."""

from dataclasses import dataclass
from pathlib import Path

from parley import history, kept, run, tables
from parley.errors import ParameterError, nearest
from parley.inputs import describe


@dataclass(frozen=True)
class Plan:
    """What a build is to do. `held` are the reports of the set, in order; `why` tells for those to run what changed.

    `told` is the manifest of the published set in `latest`, `since` the folder that changes are told against.
    """

    dossier: tables.Dossier
    latest: Path
    inputs: dict
    told: dict
    since: str
    listed: list
    held: list
    why: dict
    force: bool

    def entry(self, report):
        """What the published set tells of a report; None where it does not hold it."""
        return next((entry for entry in self.told.get("reports", []) if entry["name"] == report.name), None)

    def surroundings(self, report):
        """What the report's page says of its set: see `parley.page.document.document`."""
        return _surroundings(self.dossier, self.held, report) | {"show_code": self.inputs["show_code"]}

    def page(self, report, shown):
        """The key of the report's page, where its notebook shows what has the hash `shown`."""
        return kept.page_key(shown, self.surroundings(report), self.inputs)


def make(data, out, as_of, names, notebooks, force, show_code=False):
    """The Plan for the tables in `data`. TablesError, and ParameterError for a wrong day or name of a report."""
    tables.hold(data)
    dossier, latest = tables.load(data, as_of), out / "latest"
    since = history.before(latest, dossier)
    listed = run.reports(dossier, notebooks, since)
    chosen = _chosen(listed, names)
    inputs = describe(dossier.folder, as_of, notebooks, show_code)
    told = kept.manifest(latest)
    rows = kept.changed_rows(latest / "tables", dossier.folder) if told else []
    plan = Plan(dossier, latest, inputs, told, since, listed, listed, {}, force)
    stale = [report for report in listed if not _current(plan, report)]
    if any(report not in chosen for report in stale):
        plan = Plan(dossier, latest, inputs, told, since, listed, chosen, {}, force)
        stale = [report for report in chosen if not _current(plan, report)]
    for report in chosen:
        if report in stale or force:
            forced = report not in stale
            plan.why[report.name] = "forced" if forced else kept.reason(report, plan.entry(report), told, inputs, rows)
    return plan


def tell(plan, say):
    """Says what a build would do."""
    for report in plan.held:
        why = plan.why.get(report.name)
        text = f"would run {report.name}: {why}" if why else f"would keep {report.name}"
        say("plan", text, name=report.name, reason=why)


def _current(plan, report):
    entry = plan.entry(report)
    same = entry and entry["key"] == kept.key(report, plan.inputs, plan.since)
    return bool(same) and entry["page_key"] == plan.page(report, entry["shown"])


def _chosen(listed, names):
    """The reports of these names in reading order; no name means all. Unknown names raise ParameterError."""
    known = [report.name for report in listed]
    unknown = [name for name in names if name not in known]
    if unknown:
        lines = [f"report {name!r} is not in this dossier.{nearest(name, known)}" for name in unknown]
        raise ParameterError("\n".join([*lines, f"Choose from: {', '.join(known)}"]))
    return [report for report in listed if not names or report.name in names]


def _surroundings(dossier, held, report):
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
