"""The findings about one issue: who stands where, where they meet, in whose words."""

from parley.analysis import claims, offers, positions, sources
from parley.prose.party import meetings
from parley.prose.statements import by_claim, by_order
from parley.prose.words import count, join, names, sentence, who


def stands(dossier, issue):
    """What each party says on the issue, claim by claim, what stands first."""
    rows = sources.told(dossier)
    rows = rows[rows["issue"] == issue]
    if rows.empty:
        return [sentence(f"nothing is reported on “{names(dossier)[issue]}”", [issue])]
    rows = sources.standing(rows)
    order = {party: place for place, party in enumerate([*dossier.actors["id"], ""])}
    return by_claim(dossier, rows.sort_values("party", key=lambda ids: ids.map(order), kind="stable"))


def silences(dossier, issue):
    """Which parties are silent on the issue."""
    cells = positions.matrix(dossier)
    quiet = cells[(cells["issue"] == issue) & (cells["stance"] == positions.SILENT)]
    if quiet.empty:
        return [sentence("every actor that speaks is reported on this issue", [issue])]
    return [
        sentence(f"nothing is reported on this issue by {who(dossier, quiet['party'], 'or')}", [issue, *quiet["party"]])
    ]


def meets(dossier, issue):
    """How each act asked for on the issue is met."""
    rows = offers.against(dossier)
    return meetings(dossier, rows[rows["issue"] == issue]) or [
        sentence("nobody is reported to ask for anything on this issue", [issue])
    ]


def first(dossier, issue):
    """The conditions in which an act on the issue is required or withheld."""
    acts = dossier.events.loc[dossier.events["issue"] == issue, "id"]
    rows = dossier.conditions
    rows = rows[(rows["basis"] == "reported") & (rows["withheld"].isin(acts) | rows["required"].isin(acts))]
    return by_order(dossier, rows) or [sentence("no condition on this issue is reported", [issue])]


def wordings(dossier, issue):
    """How many ways the claims on the issue are worded."""
    rows = claims.wordings(dossier)
    rows = rows[rows["issue"] == issue]
    if rows.empty:
        return [sentence("no claim on this issue is reported in more than one form", [issue])]
    listed = [
        f"{who(dossier, [party])} ({count(len(group), 'statement')})"
        for party, group in rows.groupby("party", sort=False)
    ]
    return [sentence(f"claims reported in more than one form come from {join(listed)}", rows["id"])]


def terms(dossier, issue):
    """The names given to the issue and to the acts on it."""
    acts = dossier.events.loc[dossier.events["issue"] == issue, "id"]
    rows = claims.terms(dossier)
    return rows[rows["names"].eq(issue) | rows["names"].isin(acts)]


def room(dossier, issue):
    """How many statements on the issue are reported, and by how many."""
    rows = sources.told(dossier)
    rows = rows[rows["issue"] == issue]
    text = (
        f"reported on this issue: {count(len(rows), 'statement')} from "
        f"{count(rows['origin'].nunique(), 'independent origin')}"
    )
    return [sentence(text, [issue])]
