"""The findings of the whole: the five that matter most, and one answer to each question of the overview."""

from parley.analysis import claims, conditions, offers, positions, sources, timeline
from parley.prose.statements import clause
from parley.prose.words import (
    NOUNS,
    Told,
    alike,
    be,
    count,
    gathered,
    join,
    names,
    number,
    possessive,
    sentence,
    verb,
    who,
)

MET = {
    "accepted": "it is accepted",
    "offered": "it is offered",
    "other_order": "the same is offered in another order",
    "differs": "something else is offered",
    "refused": "it is refused",
    "silent": "no answer is reported",
}
"""How an act that is asked for is met, in words."""

CLAUSES = 12
"""Clauses that a sentence has room for."""


def first_five(dossier):
    """The five things that matter most, by rule and not by hand.

    In this order, as far as there are any: the firmest opposition; the circle of conditions; what is offered in one
    order and required in another; the claim whose wordings differ most; what rests on one origin; rival descriptions;
    what is left without an answer.
    """
    rules = (opposition, circle, other_order, wordings, single_origin, descriptions, unanswered)
    return [found[0] for found in (rule(dossier) for rule in rules) if found][:5]


def opposition(dossier):
    """One sentence per issue on which a party refuses what another asks, the most firmly opposed first."""
    told = sources.by_id(dossier)
    found = []
    for issue in offers.opposition(dossier).to_dict("records"):
        sides = [_side(dossier, told.loc[list(issue[side])]) for side in ("asks", "refuses")]
        text = f"{names(dossier)[issue['issue']]}: {'; '.join(sides)}"
        found.append(sentence(text, [*issue["asks"], *issue["refuses"]]))
    return found


def _side(dossier, rows):
    """What the statements of one side say, parties that say the same thing together."""
    said = rows.groupby(["stance", "summary"], sort=False)["party"].agg(list)
    return "; ".join(
        f"{who(dossier, parties)} {verb(dossier, stance, parties)} {summary}"
        for (stance, summary), parties in said.items()
    )


def circle(dossier):
    """Whether the conditions close a circle, with which assumptions, and how one runs."""
    tied = dossier.conditions.loc[dossier.conditions["basis"] == "reported", "statement"]
    if tied.empty:
        return []
    rows = conditions.circles(dossier)
    if rows.empty:
        return [
            sentence(
                "The conditions close no circle, with or without the assumptions that this dossier names",
                tied,
            )
        ]
    first = rows.iloc[0]
    label = names(dossier)
    acts = [label[event] for event in first["events"]]
    steps = "; ".join(f"{act} only after {after}" for act, after in zip(acts, [*acts[1:], acts[0]], strict=True))
    closed = "one" if len(rows) == 1 else number(len(rows))
    runs = f"It runs: {steps}" if len(rows) == 1 else f"One of them runs: {steps}"
    if first["assumptions"]:
        needed = count(len(first["assumptions"]), "assumption").capitalize()
        closes = "closes" if len(first["assumptions"]) == 1 else "close"
        text = f"The reported conditions alone close no circle. {needed}, and no fewer, {closes} {closed}. {runs}"
    else:
        text = f"The reported conditions alone close {count(len(rows), 'circle')}. {runs}"
    return [sentence(text, [*first["statements"], *first["assumptions"]])]


def other_order(dossier):
    """What one party offers in exchange and another requires first: one sentence per act and party."""
    rows = offers.against(dossier)
    rows = rows[rows["relation"] == "other_order"]
    said, rank = sources.words(dossier), sources.by_id(dossier)["rank"]
    rows = rows.assign(first=rows["asks"].str[0], rank=rows["asks"].str[0].map(rank)).sort_values("rank")
    exchanges = rows.groupby(["event", "giver"], sort=False).agg(
        askers=("asker", tuple), gives=("gives", "first"), asks=("asks", tuple), first=("first", "first")
    )

    def told(row):
        return row["giver"], row["askers"], said[row["gives"][0]], said[row["first"]][1]

    def tell(same):
        giver, askers, (stance, given), asked = told(same[0])
        text = (
            f"{who(dossier, [giver])} {verb(dossier, stance, [giver])} {given}; "
            f"{who(dossier, askers)} {verb(dossier, 'requires', askers)} {asked} first: "
            "alike in substance, opposed in order"
        )
        return sentence(
            text, [*gathered(same, "gives"), *(ask for row in same for asks in row["asks"] for ask in asks)]
        )

    return Told(tell, alike(exchanges.reset_index().to_dict("records"), told))


def mirrors(dossier):
    """The pairs of conditions by which each of two parties wants the other to go first."""
    label = names(dossier)
    tied = dossier.conditions.loc[dossier.conditions["basis"] == "reported", "statement"]

    def tell(pair):
        one, other = pair["parties"]
        text = (
            f"{label[one]}: first {label[pair['theirs']]}, then {label[pair['ours']]}; "
            f"{label[other]}: first {label[pair['required']]}, then {label[pair['withheld']]}"
        )
        return sentence(text, pair["statements"])

    return Told(tell, conditions.mirrors(dossier).to_dict("records")) or [
        sentence("no two reported conditions mirror each other", tied if len(tied) else dossier.articles["id"])
    ]


def dated(dossier):
    """How much of what is told has a day, and why not more."""
    groups = timeline.timeline(dossier)
    if groups.empty:
        return [sentence("nothing that is told has a time", dossier.articles["id"])]
    days, weekdays = (groups[groups["group"] == group] for group in ("dated", "weekday"))
    text = (
        f"of {count(len(groups), 'entry')}, {number(len(days))} {'has' if len(days) == 1 else 'have'} a day and "
        f"{number(len(weekdays))} a weekday only"
    )
    return [sentence(text, [row for rows in (days, weekdays, groups) for row in rows["id"]][:5])]


def wordings(dossier):
    """The claims that stand for different acts in different places: one sentence each, with who is named for which."""
    told = sources.by_id(dossier)
    spread = claims.spread(dossier)

    def tell(claim):
        parts = []
        for _, group in told.loc[list(claim["statements"])].groupby("event", sort=False):
            named = group.loc[group["resting"] == "named", "speaker"]
            by = f"from {who(dossier, named)}" if len(named) else "without a named speaker"
            best = sources.standing(group)["summary"].iloc[0]
            parts.append(f"“{best}” ({count(len(group), 'statement')}, {by})")
        shown = join(parts) if len(parts) <= 3 else f"among them {parts[0]} and {parts[-1]}"
        text = (
            f"{possessive(dossier, claim['party'])} {NOUNS[claim['stance']]} is reported in "
            f"{count(len(parts), 'form')}: {shown}"
        )
        return sentence(text, claim["statements"])

    return Told(tell, spread[spread["asked"].str.len() > 1].to_dict("records"))


def depends(dossier):
    """What depends on which form of a claim is meant: how each act is met, and whether a circle passes through it."""
    circles = conditions.circles(dossier).to_dict("records")
    through = {event: circle["assumptions"] for circle in circles for event in circle["events"]}
    met = {}
    for row in offers.against(dossier).to_dict("records"):
        met.setdefault((row["asker"], row["event"]), []).append(row)

    def tell(claim):
        rows = [row for event in claim["asked"] for row in met.get((claim["party"], event), ())]
        parts = [_depends(dossier, row, through.get(row["event"])) for row in rows]
        cites = [id for column in ("asks", "gives", "refuses") for row in rows for id in row[column]]
        cites += [assumption for row in rows for assumption in through.get(row["event"], ())]
        text = f"{possessive(dossier, claim['party'])} {NOUNS[claim['stance']]}: {'; '.join(parts)}"
        return sentence(text, cites)

    answered = [
        claim
        for claim in claims.spread(dossier).to_dict("records")
        if sum((claim["party"], event) in met for event in claim["asked"]) > 1
    ]
    return Told(tell, answered) or [
        sentence("on no difference of wording does an answer depend", dossier.articles["id"])
    ]


def _depends(dossier, row, assumptions):
    """What becomes of one act that a claim can mean; `assumptions` are those of a circle through it, None without."""
    also = " and also refused" if row["refuses"] and row["relation"] != "refused" else ""
    circle = ", and a circle passes through it" if assumptions is not None else ""
    under = f" under {count(len(assumptions), 'assumption')}" if assumptions else ""
    return f"if it means that {names(dossier)[row['event']]}, {MET[row['relation']]}{also}{circle}{under}"


def single_origin(dossier):
    """How many positions stand on one origin only, and how many statements have no source beyond the article."""
    rows = sources.leave_one_out(dossier)
    falls = rows[rows["falls"]]
    if falls.empty:
        return []
    whole = sources.shares(dossier).iloc[0]
    text = (
        f"Of {count(len(sources.findings(dossier)), 'position')}, {number(len(falls))} "
        f"{'rests' if len(falls) == 1 else 'rest'} on one origin each; of {count(whole['statements'], 'statement')}, "
        f"{number(whole['unsourced'])} {be(whole['unsourced'])} reported without a source"
    )
    return [sentence(text, [statements[0] for statements in falls["statements"]])]


def descriptions(dossier):
    """Acts that more than one describe: one sentence each."""
    label = names(dossier)
    rows = claims.descriptions(dossier)
    by_event = rows.groupby("event", sort=False)

    def tell(event):
        group = by_event.get_group(event)
        said = [clause(dossier, row) for row in group.head(CLAUSES).to_dict("records")]
        said += [f"and {number(len(group) - CLAUSES)} more"] if len(group) > CLAUSES else []
        text = f"That {label[event]} is described by {who(dossier, group['party'])}: {'; '.join(said)}"
        return sentence(text, group["id"])

    return Told(tell, rows["event"].unique().tolist())


def unanswered(dossier):
    """How many conditions have no reported answer."""
    rows = dossier.conditions[dossier.conditions["basis"] == "reported"]
    silent = rows[rows["answer"] == "not_reported"]
    if silent.empty:
        return []
    text = f"Of {count(len(rows), 'condition')}, {number(len(silent))} {be(len(silent))} without a reported answer"
    return [sentence(text, silent["statement"])]


def coverage(dossier):
    """What the report rests on: articles, statements, parties, origins."""
    rows = sources.told(dossier)
    text = (
        f"Made from {count(len(dossier.articles), 'article')}: {count(len(rows), 'statement')}, "
        f"{count(len(positions.speakers(dossier)), 'actor')} that speak, "
        f"{count(rows['origin'].nunique(), 'independent origin')}"
    )
    return [sentence(text, dossier.articles["id"])]
