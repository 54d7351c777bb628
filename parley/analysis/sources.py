"""On whose word each statement rests: chains of attribution, independent origins, and what falls without them."""

from types import MappingProxyType

import pandas as pd

from parley.analysis.lists import lists
from parley.analysis.once import once

POSITIONS = ("accepts", "offers", "requires", "demands", "refuses")
"""Stances that take a position, from giving to declining. The others only describe."""

BEST_FIRST = ("named", "organisation", "outlet", "unnamed", "article")
"""Kinds of origin, the best sourced first."""


@once
def chains(dossier):
    """One row per statement. Key: `statement`.

    `chain` holds the sources from the article outward, "" where none is given, and `speaker` the outermost one.
    `origin` names on whose word the statement rests, so that statements with the same origin count as one:

    - unnamed people, together with the outlets that carry them;
    - the article itself, where it gives no source or leaves a level of the chain open;
    - a named person, whichever outlets carry the words;
    - otherwise the organisation or outlet that speaks.

    `resting` is the kind of that origin. `anonymous`: unnamed people stand in the chain. `second_hand`: somebody who
    is neither the party, nor speaks for it, nor is an outlet reports what the party says. `unsourced`: the chain is
    empty or has an open level.
    """
    levels = dossier.attributions.sort_values(["statement", "level"], kind="stable")
    levels = levels[levels["form"] != "article"]
    unnamed = levels[levels["form"] == "unnamed"]
    through = levels[(levels["form"] == "outlet") & levels["statement"].isin(unnamed["statement"])]
    last = levels.drop_duplicates("statement", keep="last").set_index("statement")

    frame = dossier.statements[["id", "party", "passages"]].rename(columns={"id": "statement"})
    article = frame["passages"].str[0].map(dossier.passages.set_index("id")["article"])
    for name, column in (("chain", "source"), ("forms", "form")):
        held = lists(levels, "statement", column)
        frame[name] = [held.get(statement, ()) for statement in frame["statement"]]
    frame["speaker"] = last["source"].reindex(frame["statement"], fill_value="").to_numpy()
    frame["anonymous"] = frame["statement"].isin(unnamed["statement"])
    open_level = frame["statement"].isin(levels.loc[levels["form"] == "not_given", "statement"])
    frame["unsourced"] = ~frame["anonymous"] & (open_level | (frame["chain"].str.len() == 0))

    behind = lists(pd.concat([unnamed, through]), "statement", "source")
    behind = {statement: "+".join(sorted(set(people))) for statement, people in behind.items()}
    frame["origin"] = frame["speaker"].mask(frame["anonymous"], frame["statement"].map(behind))
    frame["origin"] = frame["origin"].mask(frame["unsourced"], article)
    frame["resting"] = last["form"].reindex(frame["statement"], fill_value="article").to_numpy()
    frame["resting"] = frame["resting"].mask(frame["anonymous"], "unnamed").mask(frame["unsourced"], "article")
    frame["second_hand"] = frame["statement"].isin(_reported_by_others(dossier, levels))
    return frame.drop(columns=["party", "passages"])


def _reported_by_others(dossier, levels):
    """The statements in whose chain stands an actor that does not belong to the party."""
    parent = dossier.actors.set_index("id")["parent"]
    rows = levels[(levels["form"] != "outlet") & (levels["source"] != "")]
    party = rows["statement"].map(dossier.statements.set_index("id")["party"])
    rows, party = rows[party != ""], party[party != ""]
    belongs, holder = rows["source"] == party, rows["source"]
    while (holder != "").any():
        holder = holder.map(parent).fillna("")
        belongs |= holder == party
    return set(rows.loc[~belongs, "statement"])


@once
def told(dossier):
    """One row per statement that is not a repeat, in file order, with its chain's columns and its place.

    Adds `weight`, the number of statements that say it (itself and its repeats), `article`, `paragraph` and `sentence`
    of its first passage, and `rank`, its place among all of them (see `standing`).
    """
    statements = dossier.statements
    repeats = statements.loc[statements["same_as"] != "", "same_as"].value_counts()
    rows = statements[statements["same_as"] == ""].copy()
    rows["weight"] = rows["id"].map(repeats).fillna(0).astype(int) + 1
    places = dossier.passages.set_index("id")[["article", "paragraph", "sentence"]]
    rows = rows.join(places, on=rows["passages"].str[0])
    rows = rows.merge(chains(dossier), left_on="id", right_on="statement", validate="one_to_one")
    rows["rank"] = _ranks(rows, dossier.articles["id"])
    return rows.drop(columns="statement")


@once
def by_id(dossier):
    """The same rows as `told`. Index: `id`."""
    return told(dossier).set_index("id", drop=False)


@once
def words(dossier):
    """What each statement that is not a repeat says, by its id: stance and summary."""
    rows = told(dossier)
    return MappingProxyType(dict(zip(rows["id"], zip(rows["stance"], rows["summary"], strict=True), strict=True)))


def _ranks(rows, articles):
    """The place of each row among all, those that stand for a position first."""
    claims = rows.groupby("claim")
    order = pd.DataFrame(
        {
            "turn": -rows["article"].map({article: turn for turn, article in enumerate(articles)}),
            "firm": -rows["firmness"].fillna(0),
            "origins": -claims["origin"].transform("nunique"),
            "said": -claims["weight"].transform("sum"),
            "sourced": rows["resting"].map({kind: place for place, kind in enumerate(BEST_FIRST)}),
            "worded": rows["rendering"].map({"quoted": 0, "mixed": 1, "paraphrased": 2}),
        }
    )
    return order.sort_values(list(order), kind="stable").index.argsort()


def standing(rows):
    """The same rows, those that stand for a position first: the last article before earlier ones, since a party can
    move; in an article the firmest first, then by the weight of evidence for their claim (independent origins, then
    statements), then by how well they are sourced and how directly they are worded.
    """
    return rows.sort_values("rank")


def origins(dossier):
    """One row per origin, the most used first. Key: `origin`.

    `parts` are the actors or the article behind it, `resting` its kind, `statements` and `parties` what rests on it.
    """
    rows = told(dossier)
    frame = rows.groupby("origin", sort=False).agg(
        resting=("resting", "first"),
        statements=("id", tuple),
        parties=("party", lambda ids: tuple(dict.fromkeys(filter(None, ids)))),
        quoted=("rendering", lambda values: int((values == "quoted").sum())),
    )
    frame["count"] = frame["statements"].str.len()
    frame = frame.sort_values("count", ascending=False, kind="stable").reset_index()
    frame["parts"] = [tuple(origin.split("+")) for origin in frame["origin"]]
    return frame


@once
def findings(dossier):
    """One row per finding, a party's stance on an issue. Key: `party`, `issue`, `stance`.

    `statements` carry it, `origins` are the independent origins behind them.
    """
    rows = told(dossier)
    rows = rows[rows["stance"].isin(POSITIONS)]
    return (
        rows.groupby(["party", "issue", "stance"], sort=False)
        .agg(statements=("id", tuple), origins=("origin", lambda keys: tuple(dict.fromkeys(keys))))
        .reset_index()
    )


@once
def leave_one_out(dossier):
    """One row per finding and origin that it has. Key: `party`, `issue`, `stance`, `origin`.

    `falls` where nothing is left of the finding without that origin, otherwise it stands on the others.
    """
    rows = findings(dossier).explode("origins").rename(columns={"origins": "origin"})
    rows["falls"] = rows.groupby(["party", "issue", "stance"])["origin"].transform("size") == 1
    return rows.reset_index(drop=True)


def shares(dossier):
    """One row per party and one, with party "", for all: how its statements are sourced.

    Counts of `statements`, and of those that are `quoted`, `anonymous`, `second_hand` and `unsourced`.
    """
    rows = told(dossier).assign(quoted=lambda frame: frame["rendering"] == "quoted", statements=True)
    counts = ["statements", "quoted", "anonymous", "second_hand", "unsourced"]
    parties = rows[rows["party"] != ""].groupby("party", sort=False)[counts].sum()
    whole = rows[counts].sum().to_frame("").T.rename_axis("party")
    order = [party for party in dossier.actors["id"] if party in parties.index]
    return pd.concat([whole, parties.loc[order]]).astype(int).reset_index()
