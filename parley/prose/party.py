"""The findings about one party: what it asks, offers and refuses, who speaks for it, who answers it."""

from parley.analysis import claims, offers, positions, sources
from parley.prose.statements import by_claim, by_order, clause
from parley.prose.words import Told, alike, be, count, gathered, join, names, number, plural, sentence, verb, who


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
    first = rows.iloc[0]
    cue = f", in the words “{first['firmness_cue']}”" if first["firmness_cue"] else ""
    return [sentence(f"firmest of all: {clause(dossier, first)}{cue}", [first["id"]])]


def conditions(dossier, party):
    """The party's conditions as orders of steps, each once."""
    rows = dossier.conditions[dossier.conditions["party"] == party]
    return by_order(dossier, rows) or [sentence(f"no condition of {who(dossier, [party])} is reported", [party])]


def answers(dossier, party):
    """What becomes of what the party asks, and of what others ask of it."""
    rows = offers.against(dossier)
    rows = rows[(rows["asker"] == party) | (rows["giver"] == party)]
    it = "they" if plural(dossier, [party]) else "it"
    return meetings(dossier, rows) or [
        sentence(f"nobody is reported to ask {who(dossier, [party])} for anything, nor {it} anybody", [party])
    ]


def meetings(dossier, rows):
    """How each act that is asked for is met; rows of `offers.against` in the same words stand in one sentence."""
    said = sources.words(dossier)

    def told(row):
        firsts = [said[ids[0]] if ids else "" for ids in (row["asks"], row["gives"], row["refuses"])]
        return row["asker"], row["giver"], row["relation"] == "other_order", *firsts

    return Told(lambda same: _meeting(dossier, same), alike(rows.to_dict("records"), told))


def _meeting(dossier, same):
    """How acts that a party asks for are met, told of the first of them."""
    row, said = same[0], sources.words(dossier)
    stance, summary = said[row["asks"][0]]
    asked = f"{who(dossier, [row['asker']])} {verb(dossier, stance, [row['asker']])} {summary}"
    giver = [row["giver"]] if row["giver"] else []
    answer = []
    for side in ("gives", "refuses"):
        if row[side]:
            stance, summary = said[row[side][0]]
            answer.append(f"{verb(dossier, stance, giver)} {summary}")
    if not answer:
        reply = "no answer is reported" + (f" from {who(dossier, giver)}" if giver else "")
    else:
        reply = f"{who(dossier, giver)} {join(answer)}"
    closing = ": alike in substance, opposed in order" if row["relation"] == "other_order" else ""
    return sentence(
        f"{asked}; {reply}{closing}", [id for side in ("asks", "gives", "refuses") for id in gathered(same, side)]
    )


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
