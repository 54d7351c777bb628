"""Rules on chains: who reports a statement, and what must happen before what."""

KINDS = {
    "named": ["person"],
    "unnamed": ["unnamed_people"],
    "outlet": ["outlet"],
    "organisation": ["state", "armed_group", "organisation"],
}


def levels(statements, attributions):
    """Every statement has levels from 0 without gaps; level 0, and only it, is the article's own voice."""
    bare = statements[~statements["id"].isin(attributions["statement"])]
    text = "{id!r} has no row in attributions. Expected at least level 0, the article."
    yield "statements", bare, "id", text
    place = attributions.sort_values("level").groupby("statement").cumcount().reindex(attributions.index)
    text = "{level} leaves a gap or stands twice for {statement!r}. Expected {place}."
    gap = attributions.assign(place=place)[(attributions["level"] != place).fillna(False)]
    yield "attributions", gap, "level", text
    name = attributions["statement"] + "." + attributions["level"].astype("str")
    text = "{id!r} does not say statement and level. Expected {name!r}."
    named = attributions.assign(name=name).dropna(subset="level")
    yield "attributions", named[named["id"] != named["name"]], "id", text
    own = (attributions["form"] == "article") != (attributions["level"] == 0).fillna(False)
    text = "{form!r} stands at level {level}. Expected 'article' at level 0, and nowhere else."
    yield "attributions", attributions[own], "form", text


def sources(attributions, actors):
    """A source is given where the form says so, and is of the kind that the form says."""
    none, unnamed = attributions["source"] == "", attributions["form"].isin(["article", "not_given"])
    text = "is empty. Expected who reports it, because the form is {form!r}."
    yield "attributions", attributions[none & ~unnamed], "source", text
    text = "{source!r} is given, but the form is {form!r}. Expected an empty cell."
    yield "attributions", attributions[~none & unnamed], "source", text
    kind = attributions["source"].map(actors.drop_duplicates("id").set_index("id")["kind"]).fillna("")
    known = attributions.assign(kind=kind)[kind != ""]
    for form, kinds in KINDS.items():
        wrong = known[(known["form"] == form) & ~known["kind"].isin(kinds)]
        text = f"'{form}' does not fit {{source!r}}, of kind {{kind!r}}. Expected: {' or '.join(kinds)}."
        yield "attributions", wrong, "form", text


def speakers(statements, attributions, actors):
    """The last level of a party's statement is that party or one who belongs to it.

    People who are not named, outlets and levels without a source are left alone: whether they belong to a
    party can be open.
    """
    last = attributions.sort_values("level").drop_duplicates("statement", keep="last")
    party = last["statement"].map(statements.drop_duplicates("id").set_index("id")["party"]).fillna("")
    people = actors.drop_duplicates("id").set_index("id")
    last = last.assign(party=party, kind=last["source"].map(people["kind"]).fillna(""))
    last = last[(last["party"] != "") & ~last["kind"].isin(["", "unnamed_people", "outlet"])]
    above, inside = last["source"], last["source"] == last["party"]
    for _ in range(len(people)):
        above = above.map(people["parent"]).fillna("")
        if (above == "").all():
            break
        inside |= above == last["party"]
    text = "{source!r} ends the chain but does not belong to {party!r}. Add the level at which the party speaks."
    yield "attributions", last[~inside], "source", text


def conditions(conditions, statements, judgements):
    """A reported condition has a statement and a party that agree with it; an assumed one, its assumption."""
    reported = conditions["basis"] == "reported"
    for column, wanted in (("statement", reported), ("party", reported), ("assumption", ~reported)):
        empty = conditions[column] == ""
        text = "is empty. Expected a value, because the basis is {basis!r}."
        yield "conditions", conditions[wanted & empty], column, text
        text = f"{{{column}!r}} is given, but the basis is {{basis!r}}. Expected an empty cell."
        yield "conditions", conditions[~wanted & ~empty], column, text
    kind = conditions["assumption"].map(judgements.drop_duplicates("id").set_index("id")["kind"])
    frame = conditions.assign(kind=kind)
    text = "{assumption!r} is a judgement of kind {kind!r}. Expected 'assumption'."
    yield "conditions", frame[kind.notna() & (kind != "assumption")], "assumption", text
    yield from _agrees(conditions, statements, "statement", {"party": "party", "required": "event"})
    same = conditions["withheld"] == conditions["required"]
    text = "{required!r} is also what is withheld. Expected two different events."
    yield "conditions", conditions[same], "required", text
    answered, silent = conditions["answered_by"].map(len) > 0, conditions["answer"] == "not_reported"
    text = "{answer!r} needs the statements that answer. Expected them in `answered_by`."
    yield "conditions", conditions[~answered & ~silent], "answer", text
    text = "'not_reported' stands with statements in `answered_by`. Expected an empty cell there."
    yield "conditions", conditions[answered & silent], "answer", text


def refusals(conditions, statements):
    """The refusal behind a condition is its party's, refuses, and refuses what is withheld."""
    yield from _agrees(conditions, statements, "refusal", {"party": "party", "withheld": "event"})
    stance = conditions["refusal"].map(statements.drop_duplicates("id").set_index("id")["stance"])
    text = "{refusal!r} has the stance {stance!r}. Expected 'refuses'."
    wrong = conditions.assign(stance=stance)[stance.notna() & (stance != "refuses")]
    yield "conditions", wrong, "refusal", text


def _agrees(conditions, statements, pointer, pairs):
    """Faults where the statement that `pointer` names differs from the condition in a pair of columns."""
    targets = statements.drop_duplicates("id").set_index("id")
    for mine, theirs in pairs.items():
        other = conditions[pointer].map(targets[theirs])
        frame = conditions.assign(other=other)[other.notna() & (other != conditions[mine])]
        text = f"{{{pointer}!r}} has the {theirs} {{other!r}}. Expected {{{mine}!r}}, as in `{mine}`."
        yield "conditions", frame, pointer, text


def groups(conditions):
    """Conditions of one group are two or more, with one party, one thing withheld and one operator."""
    members = conditions[conditions["group"] != ""]
    by_group = members.groupby("group")
    alone = members[by_group["id"].transform("size") == 1]
    text = "{group!r} has one member. Expected two or more, or an empty cell."
    yield "conditions", alone, "group", text
    for column in ("party", "withheld", "operator"):
        first = by_group[column].transform("first")
        text = f"{{{column}!r}} differs from the group {{group!r}}. Expected {{first!r}}."
        yield "conditions", members.assign(first=first)[members[column] != first], column, text
