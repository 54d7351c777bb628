"""Rules on what is said: dates, numbers, firmness, parties, repeats and claims."""

import pandas as pd

FIRM = ["offers", "demands", "refuses", "accepts", "requires"]
WITHOUT_PARTY = ["asserts", "characterises", "expects"]
COUNTED = ["exact", "about", "at_least", "at_most"]
WEEKDAY = r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"


def dates(frames):
    """A date is given as precisely as its precision says, and where it is not told, the row says why."""
    for table, frame in frames.items():
        if "date_precision" not in frame:
            continue
        precision, start, end = frame["date_precision"], frame["date_from"], frame["date_to"]
        stated, both = frame["date_stated"], start.notna() & end.notna()
        none = start.isna() & end.isna()
        text = "is after `date_to`. Expected the same day or an earlier one."
        yield table, frame[start > end], "date_from", text
        text = "says 'day', so expected `date_from` and `date_to`, both the same day."
        yield table, frame[(precision == "day") & ~(both & (start == end))], "date_precision", text
        text = "says 'range', so expected `date_from` and `date_to`, and two different days."
        yield table, frame[(precision == "range") & ~(both & (start != end))], "date_precision", text
        weekday = none & stated.str.contains(WEEKDAY)
        text = "says 'weekday', so expected a weekday in `date_stated` and no dates."
        yield table, frame[(precision == "weekday") & ~weekday], "date_precision", text
        text = "says 'not_told', so expected `date_stated`, `date_from` and `date_to` empty."
        yield table, frame[(precision == "not_told") & ~(none & (stated == ""))], "date_precision", text
        unexplained = (frame["date_basis"] == "") & ~((precision == "day") & (stated != ""))
        text = "is empty. Expected why the date is empty, or from what it is inferred."
        yield table, frame[unexplained], "date_basis", text


def quantities(frames):
    """A number has a unit and says how it is qualified; where there is none, the hedge does not claim one."""
    for table, frame in frames.items():
        if "quantity" not in frame:
            continue
        given, hedge = frame["quantity"].notna(), frame["hedge"]
        yield (
            table,
            frame[given & (frame["unit"] == "")],
            "unit",
            "is empty. Expected what `quantity` counts.",
        )
        text = "is empty. Expected how the number in `quantity` is qualified."
        yield table, frame[given & (hedge == "")], "hedge", text
        text = "{hedge!r} needs a number in `quantity`, which is empty."
        yield table, frame[~given & hedge.isin(COUNTED)], "hedge", text
        text = "{hedge!r} says that there is no number, but `quantity` has one."
        yield table, frame[given & hedge.isin(["not_given", "more"])], "hedge", text


def firmness(statements):
    """A position has a firmness, and words that show it unless it is plain; a description has neither."""
    firm, value = statements["stance"].isin(FIRM), statements["firmness"]
    cue = statements["firmness_cue"] != ""
    text = "is empty. Expected 1 to 5, because the stance is {stance!r}."
    yield "statements", statements[firm & value.isna()], "firmness", text
    text = "{firmness} stands with the stance {stance!r}. Expected it empty."
    yield "statements", statements[~firm & value.notna()], "firmness", text
    text = "is empty. Expected the words that show a firmness of {firmness}; only 3 needs none."
    unshown = firm & value.notna() & (value != 3).fillna(False) & ~cue
    yield "statements", statements[unshown], "firmness_cue", text
    text = "shows the firmness of a stance that has none, {stance!r}. Expected it empty."
    yield "statements", statements[~firm & cue], "firmness_cue", text


def parties(statements):
    """Only a description can be nobody's, and nobody tells a motive of its own as another's."""
    nobody = (statements["party"] == "") & ~statements["stance"].isin(WITHOUT_PARTY)
    text = "is empty. Expected whose statement it is, because the stance is {stance!r}."
    yield "statements", statements[nobody], "party", text
    own = (statements["motive_of"] != "") & (statements["motive_of"] == statements["party"])
    text = "{motive_of!r} is the party itself. Expected another actor, or an empty cell."
    yield "statements", statements[own], "motive_of", text


def joint_statements(statements):
    """A party that says the same thing jointly has a row of its own, with the same passages and stance."""
    place = statements["passages"].map(" ".join)
    joint = statements.assign(place=place).explode("jointly_with").dropna(subset="jointly_with")
    own = joint["jointly_with"] == joint["party"]
    text = "{jointly_with!r} is the party itself. Expected the other parties only."
    yield "statements", joint[own], "jointly_with", text
    wanted = pd.MultiIndex.from_frame(joint[["jointly_with", "place", "stance"]])
    there = wanted.isin(pd.MultiIndex.from_arrays([statements["party"], place, statements["stance"]]))
    text = "{jointly_with!r} has no row of its own with the same passages and the stance {stance!r}."
    yield "statements", joint[~own & ~there], "jointly_with", text


def repeats(statements):
    """A repeat points to the statement that it repeats: same claim, same party, and no repeat itself."""
    targets = statements.drop_duplicates("id").set_index("id")
    again = statements[statements["same_as"].isin(targets.index)]
    itself = again["same_as"] == again["id"]
    text = "{same_as!r} is the statement itself. Expected another one."
    yield "statements", again[itself], "same_as", text
    again = again[~itself]
    target = targets.loc[again["same_as"]].set_axis(again.index)
    again = again.assign(other_claim=target["claim"], other_party=target["party"], next=target["same_as"])
    text = "{same_as!r} renders the claim {other_claim!r}. Expected one that renders {claim!r}."
    yield "statements", again[again["claim"] != again["other_claim"]], "same_as", text
    text = "{same_as!r} is a statement of {other_party!r}. Expected one of {party!r}."
    yield "statements", again[again["party"] != again["other_party"]], "same_as", text
    text = "{same_as!r} repeats {next!r}. Expected {next!r} itself here."
    yield "statements", again[again["next"] != ""], "same_as", text


def claims(statements):
    """A claim is one party's."""
    first = statements.drop_duplicates("claim").set_index("claim")["party"]
    frame = statements.assign(owner=statements["claim"].map(first))
    text = "{claim!r} is a claim of {owner!r}. Expected a claim of {party!r}, with a name of its own."
    yield "statements", frame[frame["owner"] != frame["party"]], "claim", text
