"""What changed, told as sentences: position by position, then what is new, gone and altered in the tables."""

from parley.analysis import changes
from parley.prose.words import be, join, names, number, plural, sentence, verb, who

PAST = {
    "accepts": "accepted",
    "offers": "offered",
    "requires": "required",
    "demands": "demanded",
    "refuses": "refused",
}
"""What each position was called, for one and for several."""


def moved(before, after):
    """Positions that are now another than before; without an earlier state, that movement cannot be seen yet."""
    if before is None:
        return [sentence("there is one observation so far; movement cannot be seen in it", after.articles["id"])]
    return _told(before, after, "moved") or [sentence("no position moved", after.articles["id"])]


def new(before, after):
    """Positions of which nothing of the kind was reported before."""
    if before is None:
        return [sentence("there is nothing earlier to compare with", after.articles["id"])]
    return _told(before, after, "new") or [sentence("no position is new", after.articles["id"])]


def gone(before, after):
    """Positions of which nothing is reported any more."""
    if before is None:
        return [sentence("there is nothing earlier to compare with", after.articles["id"])]
    return _told(before, after, "gone") or [sentence("no position is gone", after.articles["id"])]


def _told(before, after, change):
    rows = changes.movements(before, after)
    return [_moved(before, after, row) for row in rows[rows["change"] == change].to_dict("records")]


def _moved(before, after, row):
    """One change of position, in the words of the statements before and after."""
    party, issue = [row["party"]], (names(after) | names(before))[row["issue"]]
    was, now = (
        dossier.statements.set_index("id").loc[row[state]] if row[state] else None
        for dossier, state in ((before, "was"), (after, "now"))
    )
    if row["change"] == "gone":
        told = f"{who(before, party)} {verb(before, was['stance'], party)} {was['summary']}"
        return sentence(f"{issue}: no longer reported that {told}", [row["issue"]])
    if row["change"] == "new":
        told = f"{who(after, party)} {verb(after, now['stance'], party)} {now['summary']}"
        return sentence(f"{issue}: {told}", [row["now"]])
    told = f"{who(after, party)} now {verb(after, now['stance'], party)} {now['summary']}"
    it = "they" if plural(after, party) else "it"
    kept = {row["was"]} & set(after.statements["id"])
    return sentence(f"{issue}: {told}, where before {it} {PAST[was['stance']]} {was['summary']}", [row["now"], *kept])


def tables(before, after):
    """How many rows of each table are new, gone and altered."""
    if before is None:
        return [sentence("there is nothing earlier to compare with", after.articles["id"])]
    rows = changes.rows(before, after)
    found = []
    for table, group in rows.groupby("table", sort=False):
        parts = []
        for change in ("new", "gone", "altered"):
            ids = group.loc[group["change"] == change, "id"].drop_duplicates()
            if len(ids):
                parts.append(f"{number(len(ids))} {be(len(ids))} {change}")
        kept = [row for row in group["id"].drop_duplicates() if row in set(getattr(after, table)["id"])]
        found.append(sentence(f"{table.replace('_', ' ')}: {join(parts)}", kept or after.articles["id"]))
    return found or [sentence("no row changed", after.articles["id"])]
