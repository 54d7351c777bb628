"""Offer against demand: what one party asks, what the other gives, and whether they part in substance or in order."""

import pandas as pd

from parley.analysis.once import once
from parley.analysis.sources import standing, told

RELATIONS = ("accepted", "offered", "other_order", "differs", "refused", "silent")
"""How an asked-for act is met, the nearest first.

accepted: the party asked accepts it. offered: a party offers this very act. other_order: it is required first, and the
party asked offers the same substance in another act, or this very act only after a step of its own. differs: it offers
another amount, or something else on the same issue. refused: it refuses and offers nothing on it. silent: nothing is
reported.
"""


STOPS = ("pause", "end")
"""Kinds of act that are the same substance under whichever issue they stand: the same party stops the same pressure."""


def same_substance(one, other):
    """Whether two acts (rows of events) are the same thing, whatever the terms.

    They are of one kind, and nobody who acts in the one is missing from the other, as far as the actors are known.
    They stand on one issue, or are stops by known actors.
    """
    if one["id"] == other["id"]:
        return True
    known = bool(one["actors"] and other["actors"])
    if one["kind"] != other["kind"] or (known and set(one["actors"]) != set(other["actors"])):
        return False
    return one["issue"] == other["issue"] or (known and one["kind"] in STOPS)


@once
def against(dossier):
    """One row per party that asks, act that it asks for, and party that would have to do it.

    Key: `asker`, `event`, `giver`. `giver` is "" where the text does not say who would act and nobody offers it.
    `asks`, `gives`, `refuses` are the statements on each side, `relation` one of RELATIONS. A refusal and an offer can
    stand side by side: then `refuses` is not empty and `relation` tells what is offered.
    """
    rows = told(dossier)
    events = {row["id"]: row for row in dossier.events.to_dict("records")}
    tied = dossier.conditions
    strict = tied[tied["operator"].isin(("before", "only_if"))]
    first, withheld = set(strict["statement"]), set(zip(strict["party"], strict["withheld"], strict=True))
    answers = tied[["statement", "answer", "answered_by"]].explode("answered_by")
    asks = rows[rows["stance"].isin(("requires", "demands")) & (rows["event"] != "")]
    gives = rows[rows["stance"].isin(("offers", "accepts")) & (rows["event"] != "")]
    refusals = rows[rows["stance"] == "refuses"]
    records = []
    for (asker, event), asked in asks.groupby(["party", "event"], sort=False):
        act = events[event]
        others = gives[gives["party"] != asker]
        alike = others.loc[[same_substance(act, events[other]) for other in others["event"]]]
        replies = answers[answers["statement"].isin(asked["id"])]
        refused = refusals["id"].isin(replies.loc[replies["answer"] == "refused", "answered_by"])
        refusing = refusals[(refusals["party"] != asker) & (refused | _declines(refusals, act, events))]
        answering = list(dict.fromkeys([*alike["party"], *refusing["party"]]))
        givers = [actor for actor in act["actors"] if actor != asker] or answering or [""]
        for giver in givers:
            same = alike[alike["party"] == giver]
            near = others[(others["party"] == giver) & (others["issue"] == act["issue"])]
            declined = refusing[refusing["party"] == giver]
            exact = same[same["event"] == event]
            accepted = others[
                (others["party"] == giver)
                & others["id"].isin(replies.loc[replies["answer"] == "accepted", "answered_by"])
            ]
            if len(accepted) or (exact["stance"] == "accepts").any():
                relation, given = "accepted", accepted if len(accepted) else exact
            elif len(exact) and not _amounts_differ(asked, exact):
                opposed = first & set(asked["id"]) and (giver, event) in withheld
                relation, given = "other_order" if opposed else "offered", exact
            elif len(same):
                opposed = first & set(asked["id"]) and not _amounts_differ(asked, same)
                relation, given = "other_order" if opposed else "differs", same
            elif len(near):
                relation, given = "differs", near
            else:
                relation, given = "refused" if len(declined) else "silent", near
            records.append(
                {
                    "issue": asked["issue"].iloc[0],
                    "asker": asker,
                    "event": event,
                    "giver": giver,
                    "relation": relation,
                    "asks": tuple(asked["id"]),
                    "gives": tuple(given["id"]),
                    "refuses": tuple(declined["id"]),
                }
            )
    columns = ["issue", "asker", "event", "giver", "relation", "asks", "gives", "refuses"]
    frame = pd.DataFrame(records, columns=columns)
    order = {issue: place for place, issue in enumerate(dossier.issues["id"])}
    return frame.sort_values("issue", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)


def _amounts_differ(asked, given):
    """Whether both sides give numbers in one unit, and none of them the same."""
    pairs = asked.dropna(subset="quantity").merge(given.dropna(subset="quantity"), on="unit")
    return len(pairs) > 0 and not (pairs["quantity_x"] == pairs["quantity_y"]).any()


def _declines(refusals, act, events):
    """Which refusals refuse this act, or another of the same substance on the same issue."""
    return (
        refusals["event"]
        .map(
            lambda event: event != "" and events[event]["issue"] == act["issue"] and same_substance(act, events[event])
        )
        .astype(bool)
    )


def opposition(dossier):
    """One row per issue on which somebody refuses what another asks, the most firmly opposed first. Key: `issue`.

    `asks` and `refuses` hold the first standing statement of each party on each side. `firmness` is the lower one of
    the firmest asking and the firmest refusal: both sides are at least that firm.
    """
    rows = against(dossier)
    rows = rows[rows["refuses"].str.len() > 0]
    told_rows = standing(told(dossier))
    records = []
    for issue, group in rows.groupby("issue", sort=False):
        sides = {}
        for side in ("asks", "refuses"):
            ids = {statement for statements in group[side] for statement in statements}
            sides[side] = told_rows[told_rows["id"].isin(ids)].drop_duplicates("party")
        records.append(
            {
                "issue": issue,
                **{side: tuple(found["id"]) for side, found in sides.items()},
                "firmness": min(found["firmness"].max() for found in sides.values()),
                "parties": len(set().union(*(found["party"] for found in sides.values()))),
            }
        )
    frame = pd.DataFrame(records, columns=["issue", "asks", "refuses", "firmness", "parties"])
    return frame.sort_values(["firmness", "parties"], ascending=False, kind="stable").reset_index(drop=True)


def quantities(dossier):
    """One row per number that a party gives or asks. Key: `issue`, `unit`, `party`, `side`, `quantity`.

    `side` is gives (offers, accepts) or asks (requires, demands). `paired` where on that issue and unit one party gives
    a number and another asks one, so that the two can stand on one scale.
    """
    rows = told(dossier)
    rows = rows[rows["quantity"].notna() & rows["stance"].isin(("offers", "accepts", "requires", "demands"))].copy()
    rows["side"] = rows["stance"].map(lambda stance: "gives" if stance in ("offers", "accepts") else "asks")
    keys = ["issue", "unit", "party", "side", "quantity"]
    frame = rows.groupby(keys, sort=False).agg(statements=("id", tuple), hedge=("hedge", "first")).reset_index()
    sides = frame.groupby(["issue", "unit"])
    frame["paired"] = (sides["side"].transform("nunique") > 1) & (sides["party"].transform("nunique") > 1)
    return frame
