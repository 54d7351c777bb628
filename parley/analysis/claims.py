"""One claim in several wordings, competing descriptions of one thing, and the terms in which it is told."""

import pandas as pd

from parley.analysis.lists import lists
from parley.analysis.once import once
from parley.analysis.sources import BEST_FIRST, POSITIONS, told

QUALITY = {kind: place for place, kind in enumerate(BEST_FIRST)}


@once
def wordings(dossier):
    """One row per statement that renders a claim rendered in more than one way. Keys: `claim`, `id`.

    Two statements are different wordings where the act, the issue, the firmness or the hedge differ. `withheld` lists
    the acts withheld until it is met. `best` marks the best-sourced statement of the claim: a named speaker before an
    organisation, an outlet, unnamed people and the article alone; then quoted before paraphrased; then the firmer.
    """
    rows = told(dossier)
    rows = rows[rows["stance"].isin(POSITIONS)]
    held = lists(dossier.conditions, "statement", "withheld")
    rows = rows.assign(withheld=[held.get(statement, ()) for statement in rows["id"]])
    form = rows.groupby(["event", "issue", "firmness", "hedge"], dropna=False).ngroup()
    rows = rows[form.groupby(rows["claim"]).transform("nunique") > 1]
    ranked = rows.assign(
        quality=rows["resting"].map(QUALITY),
        own=(rows["rendering"] != "quoted"),
        firm=-rows["firmness"].fillna(0),
    ).sort_values(["quality", "own", "firm"], kind="stable")
    return rows.assign(best=rows["id"].isin(ranked.drop_duplicates("claim")["id"]))


@once
def spread(dossier):
    """One row per claim with several wordings, the most varied first. Key: `claim`.

    `asked` and `withheld` are the different acts, `firmness` the lowest and highest, `origins` the number of
    independent origins, `best` the best-sourced statement, `statements` all of them.
    """
    rows = wordings(dossier)
    distinct = lambda values: tuple(dict.fromkeys(filter(None, values)))  # noqa: E731
    frame = rows.groupby("claim", sort=False).agg(
        party=("party", "first"),
        stance=("stance", "first"),
        asked=("event", distinct),
        withheld=("withheld", lambda lists: distinct(item for items in lists for item in items)),
        low=("firmness", "min"),
        high=("firmness", "max"),
        origins=("origin", "nunique"),
        statements=("id", tuple),
    )
    frame["best"] = rows[rows["best"]].set_index("claim")["id"]
    frame["varied"] = frame["asked"].str.len() + frame["withheld"].str.len()
    return frame.sort_values("varied", ascending=False, kind="stable").reset_index().drop(columns="varied")


def varied(dossier):
    """The claims that name different acts in different places, those that name most first."""
    rows = spread(dossier)
    return rows.loc[rows["asked"].str.len() > 1, "claim"].tolist()


def descriptions(dossier):
    """One row per description of an act that more than one describe. Keys: `event`, `id`.

    Only statements that assert, expect or characterise; `party` "" is the article itself. Neither is adjudicated.
    """
    rows = told(dossier)
    rows = rows[rows["stance"].isin(("asserts", "characterises", "expects")) & (rows["event"] != "")]
    rows = rows[rows.groupby("event")["party"].transform("nunique") > 1]
    return rows.sort_values("event", key=lambda ids: ids.map(_places(dossier.events)), kind="stable")


def motives(dossier):
    """One row per statement in which one actor says why another did something."""
    rows = told(dossier)
    return rows[rows["motive_of"] != ""]


def terms(dossier):
    """One row per term, in the order of what it names: all names for one thing stand together.

    `kind` says whether it names an actor, an event or an issue.
    """
    names = pd.concat([dossier.actors["id"], dossier.events["id"], dossier.issues["id"]], ignore_index=True)
    rows = dossier.terms.copy()
    kinds = {table: set(getattr(dossier, table)["id"]) for table in ("actors", "events", "issues")}
    rows["kind"] = [next(table for table, ids in kinds.items() if name in ids) for name in rows["names"]]
    order = {name: place for place, name in enumerate(names)}
    return rows.sort_values("names", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)


def _places(table):
    return {name: place for place, name in enumerate(table["id"])}
