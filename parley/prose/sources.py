"""The findings about sources: who says so, and what falls without them."""

from parley.analysis import claims, sources
from parley.prose.statements import origin, statement
from parley.prose.words import Told, be, count, join, names, number, sentence


def who_says_so(dossier):
    """How many statements have a named speaker, an unnamed one, or no source."""
    rows = sources.told(dossier)
    named = rows[rows["resting"] == "named"]
    found = [
        sentence(
            f"of {count(len(rows), 'statement')}, {number(len(named))} {be(len(named))} given to a named speaker; "
            f"{number(rows['anonymous'].sum())} {be(rows['anonymous'].sum())} told by people who are not named, and "
            f"{number(rows['unsourced'].sum())} {be(rows['unsourced'].sum())} reported without a source",
            named["id"] if len(named) else rows["id"].head(1),
        )
    ]
    other = rows[rows["second_hand"]]
    if len(other):
        found.append(
            sentence(
                f"{count(len(other), 'statement')} {be(len(other))} told by somebody outside the party",
                other["id"],
            )
        )
    return found


def rests_on(dossier):
    """Each independent origin with the number of statements that rest on it, the most used first."""
    return Told(
        lambda row: sentence(
            f"{origin(dossier, row['origin'])}: {count(row['count'], 'statement')}", row["statements"][:5]
        ),
        sources.origins(dossier).to_dict("records"),
    )


def falls(dossier):
    """What falls with each origin, the one that carries most first."""
    rows = sources.leave_one_out(dossier)
    rows = rows[rows["falls"]]
    label = names(dossier)
    found = []
    for key, group in sorted(rows.groupby("origin", sort=False), key=lambda item: -len(item[1])):
        stances = [f"{label[row.party]} on {label[row.issue]} ({row.stance})" for row in group.itertuples()]
        found.append(
            sentence(
                f"without {origin(dossier, key)}, {count(len(group), 'position')} "
                f"{'falls' if len(group) == 1 else 'fall'}: {join(stances)}",
                [ids[0] for ids in group["statements"]],
            )
        )
    return found or [sentence("no position rests on a single origin", sources.told(dossier)["id"].head(1))]


def loaded(dossier):
    """How many terms judge, and in whose voice."""
    rows = dossier.terms[dossier.terms["loaded"] != ""]
    if rows.empty:
        return [sentence("no loaded term is recorded", dossier.articles["id"])]
    voices = rows["voice"].value_counts()
    phrases = {
        "attributed": "given to their users",
        "article": "in the article's own voice",
        "ambiguous": "in reported speech, so that they can be the reporter's",
    }
    listed = [f"{number(voices[code])} {phrase}" for code, phrase in phrases.items() if code in voices]
    return [
        sentence(
            f"of {count(len(dossier.terms), 'term')}, {number(len(rows))} "
            f"{'judges' if len(rows) == 1 else 'judge'}: {join(listed)}",
            rows["id"],
        )
    ]


def uncoded(dossier):
    """The passages that no row uses, and why."""
    rows = dossier.passages
    empty = rows[rows["nothing_to_code"] != ""]
    text = (
        f"of {count(len(rows), 'passage')}, {number(len(rows) - len(empty))} {be(len(rows) - len(empty))} used by a row"
    )
    if len(empty):
        text += f"; {number(len(empty))} {'holds' if len(empty) == 1 else 'hold'} nothing to code"
    return [sentence(text, empty["id"] if len(empty) else dossier.articles["id"])]


def motives(dossier):
    """The motives that one actor gives to another, each with its attribution."""
    rows = claims.motives(dossier)
    return Told(lambda row: statement(dossier, row), rows.to_dict("records")) or [
        sentence("no statement gives a motive to another actor", dossier.articles["id"])
    ]
