"""Offer against demand: what one party asks, what the other gives, and whether they part in substance or in order."""

import pandas as pd

from parley.analysis.acts import same_substance, substances
from parley.analysis.lists import lists
from parley.analysis.once import once
from parley.analysis.sources import standing, told

RELATIONS = ("accepted", "offered", "other_order", "differs", "refused", "silent")
"""How an asked-for act is met, the nearest first.

accepted: the party asked accepts it. offered: a party offers this very act. other_order: it is required first, and the
party asked offers the same substance in another act, or this very act only after a step of its own. differs: it offers
another amount, or something else on the same issue. refused: it refuses and offers nothing on it. silent: nothing is
reported.
"""


@once
def against(dossier):
    """One row per party that asks, act that it asks for, and party that would have to do it, issue by issue.

    Key: `asker`, `event`, `giver`. `giver` is "" where the text does not say who would act and nobody offers it.
    `asks`, `gives`, `refuses` are the statements on each side, those that stand first, `relation` one of RELATIONS. A
    refusal and an offer can stand side by side: then `refuses` is not empty and `relation` tells what is offered.
    """
    rows = standing(told(dossier))
    what = substances(dossier)
    rows["substance"] = [what.get(event) for event in rows["event"]]
    asks = rows[rows["stance"].isin(("requires", "demands")) & (rows["event"] != "")]
    gives = rows[rows["stance"].isin(("offers", "accepts")) & (rows["event"] != "")]
    refusals = rows[rows["stance"] == "refuses"]
    exact, near = lists(gives, ["event", "party"]), lists(gives, ["issue", "party"])
    agreed = lists(gives[gives["stance"] == "accepts"], ["event", "party"])
    alike, declined = _answering(asks, gives, refusals)
    accepting, refusing = _replies(dossier, gives, "accepted"), _replies(dossier, refusals, "refused")
    counted = rows.dropna(subset="quantity")
    numbers = dict(zip(counted["id"], zip(counted["unit"], counted["quantity"], strict=True), strict=True))
    said = {row: (place, party) for place, (row, party) in enumerate(zip(rows["id"], rows["party"], strict=True))}
    strict = dossier.conditions[dossier.conditions["operator"].isin(("before", "only_if"))]
    first, withheld = set(strict["statement"]), set(zip(strict["party"], strict["withheld"], strict=True))
    actors = dossier.events.set_index("id")["actors"].to_dict()
    issue_of = dict(zip(asks["id"], asks["issue"], strict=True))
    records = []
    for (event, asker), asked in lists(asks, ["event", "party"]).items():
        substance = what[event]
        refused = _with(declined[substance], refusing, asked, said)
        accepted = _with({}, accepting, asked, said)
        amounts, strictly = {numbers[ask] for ask in asked if ask in numbers}, not first.isdisjoint(asked)
        answering = [party for party in dict.fromkeys([*alike[substance], *refused]) if party != asker]
        for giver in [actor for actor in actors[event] if actor != asker] or answering or [""]:
            very, same = exact.get((event, giver), ()), alike[substance].get(giver, ())
            if giver in accepted or (event, giver) in agreed:
                relation, given = "accepted", accepted.get(giver, very)
            elif very and not _differ(amounts, very, numbers):
                opposed = strictly and (giver, event) in withheld
                relation, given = "other_order" if opposed else "offered", very
            elif same:
                opposed = strictly and not _differ(amounts, same, numbers)
                relation, given = "other_order" if opposed else "differs", same
            elif given := near.get((substance.issue, giver), ()):
                relation = "differs"
            else:
                relation = "refused" if giver in refused else "silent"
            records.append((issue_of[asked[0]], asker, event, giver, relation, asked, given, refused.get(giver, ())))
    columns = ["issue", "asker", "event", "giver", "relation", "asks", "gives", "refuses"]
    frame = pd.DataFrame(records, columns=columns)
    order = {issue: place for place, issue in enumerate(dossier.issues["id"])}
    return frame.sort_values("issue", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)


def _answering(asks, gives, refusals):
    """For each substance that is asked for: who gives the same, and who refuses it on its issue, with their statements.

    Looked up once for all acts that share a substance, since in a long dossier thousands do.
    """
    alike, declined = {}, {}
    answers = {*gives["substance"], *refusals["substance"].dropna()}
    for substance in dict.fromkeys(asks["substance"]):
        same = {other for other in answers if same_substance(substance, other)}
        alike[substance] = lists(gives[gives["substance"].isin(same)], "party")
        here = {other for other in same if other.issue == substance.issue}
        declined[substance] = lists(refusals[refusals["substance"].isin(here)], "party")
    return alike, declined


def _replies(dossier, rows, answer):
    """The rows that give this answer to a condition, as ids by the statement that makes the condition."""
    tied = dossier.conditions[dossier.conditions["answer"] == answer].explode("answered_by")
    return lists(tied[tied["answered_by"].isin(rows["id"])], "statement", "answered_by")


def _with(answers, replies, asked, said):
    """Answers by party, and the replies to what is asked among them; `said` holds place and party of each statement."""
    more = [reply for ask in asked for reply in replies.get(ask, ()) if reply not in answers.get(said[reply][1], ())]
    for reply in dict.fromkeys(more):
        party = said[reply][1]
        answers = answers | {party: tuple(sorted((*answers.get(party, ()), reply), key=said.get))}
    return answers


def _differ(amounts, given, numbers):
    """Whether both sides give numbers in one unit, none of them the same; `amounts` are pairs of unit and number."""
    units = {unit for unit, _ in amounts}
    shared = {numbers[row] for row in given if row in numbers and numbers[row][0] in units} if units else set()
    return bool(shared) and shared.isdisjoint(amounts)


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
        for side in ("asks", "refuses"):  # of each row the first statement is enough: it stands before its others
            sides[side] = told_rows[told_rows["id"].isin(group[side].str[0])].drop_duplicates("party")
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
