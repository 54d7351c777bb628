"""The findings about one party: what it asks, offers and refuses, who speaks for it, who answers it."""

from parley.analysis import claims, offers, positions, sources
from parley.prose.statements import clause, condition, statement
from parley.prose.words import be, count, join, names, number, plural, sentence, verb, who


def by_claim(dossier, rows):
    """One sentence per claim, stance and act, in the order of the rows: its first wording, citing all that say it.

    Statements of one claim that name different acts are told apart: a pause is not an end. A statement of several
    parties stands once, also where each of them has a row for it.
    """
    found = {}
    for _, group in rows.groupby(["claim", "stance", "event"], sort=False):
        first = group.to_dict("records")[0]
        said = (frozenset((first["party"], *first["jointly_with"])), first["stance"], first["summary"])
        text, cites = found.get(said, (statement(dossier, first).text, []))
        found[said] = text, [*cites, *group["id"]]
    return [sentence(text, cites) for text, cites in found.values()]


def stance(dossier, party, *stances):
    """What the party does with these stances, claim by claim, what stands first; silence said as silence."""
    rows = positions.of_party(dossier, party)
    rows = rows[rows["stance"].isin(stances)]
    if len(rows):
        return by_claim(dossier, rows)
    doing = join([verb(dossier, name, [party]) for name in stances], "or")
    return [sentence(f"no statement is reported in which {who(dossier, [party])} {doing} anything", [party])]


def brief(dossier, party):
    """The party in a few sentences: its firmest demand, offer and refusal, and on whose word they rest."""
    rows = positions.of_party(dossier, party)
    found = []
    for group in (("requires", "demands"), ("offers", "accepts"), ("refuses",)):
        here = rows[rows["stance"].isin(group)]
        if len(here):
            found.append(by_claim(dossier, here)[0])
    return [*found, speaks(dossier, party)[0]]


def speaks(dossier, party):
    """Who speaks for the party and on how many origins its statements rest."""
    rows = positions.of_party(dossier, party)
    named = rows[rows["resting"] == "named"]
    whole = count(len(rows), "statement")
    if len(named) == 0 and len(rows) == 1:
        text = f"the one statement of {who(dossier, [party])} is not given to a named speaker"
    elif len(named) == 0:
        text = f"none of the {whole} of {who(dossier, [party])} is given to a named speaker"
    else:
        given = f"{number(len(named))} {be(len(named))} given to {who(dossier, named['speaker'])}"
        text = f"of {whole} of {who(dossier, [party])}, {given}"
    found = [sentence(text, named["id"] if len(named) else [party])]
    for column, phrase in (
        ("unsourced", "reported without a source"),
        ("anonymous", "told by people who are not named"),
        ("second_hand", "told by somebody outside the party"),
    ):
        here = rows[rows[column]]
        if len(here):
            found.append(sentence(f"{count(len(here), 'statement')} {be(len(here))} {phrase}", here["id"]))
    return found


def firm(dossier, party):
    """The statement with the firmest words."""
    rows = positions.of_party(dossier, party)
    first = rows.to_dict("records")[0]
    cue = f", in the words “{first['firmness_cue']}”" if first["firmness_cue"] else ""
    return [sentence(f"firmest of all: {clause(dossier, first)}{cue}", [first["id"]])]


def conditions(dossier, party):
    """The party's conditions as orders of steps, each once."""
    rows = dossier.conditions[dossier.conditions["party"] == party]
    if rows.empty:
        return [sentence(f"no condition of {who(dossier, [party])} is reported", [party])]
    found = {}
    for row in rows.to_dict("records"):
        told = condition(dossier, row)
        found[told.text] = sentence(told.text, [*found.get(told.text, told).cites, *told.cites])
    return list(found.values())


def answers(dossier, party):
    """What becomes of what the party asks, and of what others ask of it."""
    rows = offers.against(dossier)
    it = "they" if plural(dossier, [party]) else "it"
    return [
        meeting(dossier, row) for row in rows[(rows["asker"] == party) | (rows["giver"] == party)].to_dict("records")
    ] or [sentence(f"nobody is reported to ask {who(dossier, [party])} for anything, nor {it} anybody", [party])]


def meeting(dossier, row):
    """How one act that a party asks for is met."""
    told = sources.told(dossier).set_index("id", drop=False)
    ask = sources.standing(told.loc[list(row["asks"])]).iloc[0]
    asked = f"{who(dossier, [row['asker']])} {verb(dossier, ask['stance'], [row['asker']])} {ask['summary']}"
    giver = [row["giver"]] if row["giver"] else []
    answer = []
    if row["gives"]:
        gives = sources.standing(told.loc[list(row["gives"])]).iloc[0]
        answer.append(f"{verb(dossier, gives['stance'], giver)} {gives['summary']}")
    if row["refuses"]:
        refuses = sources.standing(told.loc[list(row["refuses"])]).iloc[0]
        answer.append(f"{verb(dossier, 'refuses', giver)} {refuses['summary']}")
    if not answer:
        reply = "no answer is reported" + (f" from {who(dossier, giver)}" if giver else "")
    else:
        reply = f"{who(dossier, giver)} {join(answer)}"
    closing = ": alike in substance, opposed in order" if row["relation"] == "other_order" else ""
    return sentence(f"{asked}; {reply}{closing}", [*row["asks"], *row["gives"], *row["refuses"]])


def said_of(dossier, party):
    """What others say of the party: motives that they give to it, and descriptions of what it alone does."""
    rows = sources.told(dossier)
    acts = dossier.events.loc[[actors == (party,) for actors in dossier.events["actors"]], "id"]
    rows = rows[
        (rows["party"] != party)
        & ((rows["motive_of"] == party) | (rows["event"].isin(acts) & rows["stance"].eq("characterises")))
    ]
    if rows.empty:
        return [
            sentence(
                f"no statement of others about the acts or motives of {who(dossier, [party])} is reported",
                [party],
            )
        ]
    return by_claim(dossier, rows)


def terms(dossier, party):
    """The names that the party is given and that it gives, by whom and in whose voice."""
    rows = claims.terms(dossier)
    people = {party, *dossier.actors.loc[dossier.actors["parent"] == party, "id"]}
    return rows[rows["names"].eq(party) | rows["user"].isin(people)]


def silences(dossier, party):
    """The issues on which nothing by the party is reported."""
    cells = positions.matrix(dossier)
    quiet = cells[(cells["party"] == party) & (cells["stance"] == positions.SILENT)]
    if quiet.empty:
        return [
            sentence(
                f"{who(dossier, [party])} {'are' if plural(dossier, [party]) else 'is'} reported on every issue",
                [party],
            )
        ]
    label = names(dossier)
    listed = join([f"“{label[issue]}”" for issue in quiet["issue"]], "or")
    return [sentence(f"nothing by {who(dossier, [party])} is reported on {listed}", [party, *quiet["issue"]])]


def room(dossier, party):
    """How many statements, quotations and refusals of the party are reported."""
    row = positions.room(dossier).set_index("party").loc[party]
    counted = join([count(row[f"{noun}s"], noun) for noun in ("statement", "quotation", "refusal")])
    return [sentence(f"reported of {who(dossier, [party])}: {counted}", [party])]
