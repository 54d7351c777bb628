"""What each chart shows, in a line: counted from the frame that is drawn."""

from parley.analysis import claims, conditions, offers, positions, sources, timeline
from parley.prose.words import NOUNS, be, count, names, number, possessive


def _sentence(text):
    return text[:1].upper() + text[1:]


def matrix(dossier):
    """How many cells are silent, and on how many issues somebody refuses something."""
    cells = positions.matrix(dossier)
    silent = (cells["stance"] == positions.SILENT).sum()
    refused = cells.loc[[("refuses" in stances) for stances in cells["stances"]], "issue"].nunique()
    return _sentence(
        f"something is refused on {number(refused)} of {count(cells['issue'].nunique(), 'issue')}; "
        f"{number(silent)} of {count(len(cells), 'cell')} {be(silent)} silent"
    )


def firmness(dossier, party):
    """On which issue the party's firmest words stand."""
    rows = positions.of_party(dossier, party)
    firmest = rows[rows["firmness"] == rows["firmness"].max()]
    issues = [names(dossier)[issue] for issue in dict.fromkeys(firmest["issue"])]
    shown = issues[0] if len(issues) == 1 else f"{count(len(issues), 'issue')}, {issues[0]} among them"
    return _sentence(f"{possessive(dossier, party)} firmest words, {firmest['firmness'].iloc[0]} of 5, concern {shown}")


def room(dossier):
    """Who gets most statements and who fewest."""
    rows = positions.room(dossier).sort_values("statements", ascending=False, kind="stable")
    label = names(dossier)
    most, least = rows.iloc[0], rows.iloc[-1]
    return _sentence(
        f"{label[most['party']]} {'have' if _many(dossier, most) else 'has'} the most statements, "
        f"{number(most['statements'])}; {label[least['party']]} the fewest, {number(least['statements'])}"
    )


def _many(dossier, row):
    return dossier.actors.set_index("id").loc[row["party"], "number"] == "many"


def must_come_first(dossier, assumptions=()):
    """How many conditions are drawn and whether they close circles."""
    edges = conditions.edges(dossier, assumptions)
    closed = conditions.closed(dossier, assumptions)
    circles = count(len(closed), "circle")
    if not len(assumptions):
        return f"{_sentence(count(len(edges), 'link'))} of reported conditions, {circles}"
    return f"With {count(len(assumptions), 'assumption')} added: {count(len(edges), 'link')}, {circles}"


def chains(dossier):
    """How many statements reach the article without a source."""
    whole = sources.shares(dossier).iloc[0]
    return _sentence(
        f"{number(whole['unsourced'])} of {count(whole['statements'], 'statement')} {be(whole['unsourced'])} "
        f"reported without a source, {number(whole['anonymous'])} through people who are not named"
    )


def leave_one_out(dossier):
    """How many positions fall with one origin."""
    rows = sources.leave_one_out(dossier)
    falls, total = int(rows["falls"].sum()), len(sources.findings(dossier))
    return _sentence(
        f"{number(falls)} of {count(total, 'position')} {'falls' if falls == 1 else 'fall'} with a single origin"
    )


def distances(dossier, issue=""):
    """How many acts asked for are accepted or offered, and how many only in another order."""
    rows = offers.against(dossier)
    rows = rows[(rows["issue"] == issue) | (issue == "")]
    if rows.empty:
        return "No request is reported"
    met = rows["relation"].isin(("accepted", "offered")).sum()
    other = (rows["relation"] == "other_order").sum()
    return _sentence(
        f"of {count(len(rows), 'request')}, {number(met)} {be(met)} met as asked, "
        f"{number(other)} offered in another order"
    )


def quantities(dossier, issue=""):
    """How many issues have numbers on both sides."""
    rows = offers.quantities(dossier)
    rows = rows[rows["paired"] & ((rows["issue"] == issue) | (issue == ""))]
    return _sentence(f"numbers on both sides: {count(rows['issue'].nunique(), 'issue')}")


def wordings(dossier, claim):
    """How many acts one claim names."""
    rows = claims.spread(dossier).set_index("claim")
    row = rows.loc[claim]
    return _sentence(
        f"{possessive(dossier, row['party'])} {NOUNS[row['stance']]} names {count(len(row['asked']), 'different act')}"
    )


def order(dossier):
    """For how many entries a day, a weekday or an order is told."""
    groups = timeline.timeline(dossier)["group"].value_counts()
    parts = {
        "dated": "with a day",
        "weekday": "with a weekday only",
        "ordered": "in a told order",
        "apart": "without a time",
    }
    told = [f"{number(groups[name])} {text}" for name, text in parts.items() if name in groups]
    return _sentence(f"{count(groups.sum(), 'entry')}: {', '.join(told)}")
