"""Single statements, conditions and sources as sentences."""

from parley.analysis.lists import lists
from parley.analysis.once import once
from parley.prose.words import Told, alike, count, join, names, plural, sentence, verb, who


def statement(dossier, row):
    """A statement as a sentence of its own."""
    return sentence(clause(dossier, row), (row["id"],))


def clause(dossier, row):
    """Who does what: `A refuses …`; joint statements name every party, motives say whose account they are."""
    said_by = {row["party"], *row["jointly_with"]}
    parties = [party for party in ("", *dossier.actors["id"]) if party in said_by]
    text = f"{who(dossier, parties)} {verb(dossier, row['stance'], parties)} {row['summary']}"
    if row["motive_of"]:
        give = "give" if plural(dossier, parties) else "gives"
        text += f": a motive that {who(dossier, parties)} {give} to {names(dossier)[row['motive_of']]}"
    return text


def by_claim(dossier, rows):
    """One sentence per claim, stance and act, in the order of the rows: its first wording, citing all that say it.

    Statements of one claim that name different acts are told apart: a pause is not an end. A statement of several
    parties stands once, also where each of them has a row for it.
    """
    same = ["claim", "stance", "event"]
    cites = lists(rows, same).values()
    firsts = rows.drop_duplicates(same)[["id", "party", "jointly_with", "stance", "summary", "motive_of"]]
    found = {}
    for row, ids in zip(firsts.to_dict("records"), cites, strict=True):
        said = frozenset((row["party"], *row["jointly_with"])), row["stance"], row["summary"]
        found.setdefault(said, (row, []))[1].extend(ids)
    return Told(lambda told: sentence(clause(dossier, told[0]), told[1]), list(found.values()))


def by_order(dossier, rows):
    """One sentence per order of steps, citing all conditions (rows of them) that are told in the same words."""
    label = names(dossier)

    def told(row):
        return row["party"], row["operator"], label[row["required"]], label[row["withheld"]]

    def tell(same):
        return sentence(condition(dossier, same[0]).text, [id for row in same for id in condition(dossier, row).cites])

    return Told(tell, alike(rows.to_dict("records"), told))


def condition(dossier, row):
    """A condition as an order of steps: what comes first, then what; or what goes together."""
    label = names(dossier)
    required, withheld = label[row["required"]], label[row["withheld"]]
    whose = label[row["party"]] if row["party"] else "assumed"
    order = {
        "before": f"first {required}, then {withheld}",
        "only_if": f"{withheld} only if {required}",
        "in_exchange": f"in one exchange, {required} and {withheld}",
    }[row["operator"]]
    cites = (row["statement"], row["refusal"], row["assumption"], row["id"])
    return sentence(f"{whose}: {order}", [cite for cite in cites if cite][:3])


def on_whose_word(dossier, row):
    """The chain of a statement from the article outward, as a phrase: who reports it, through whom."""
    label = names(dossier)
    steps = []
    for source, form in zip(row["chain"], row["forms"], strict=True):
        if form == "not_given":
            steps.append("a source that is not given")
        elif form == "unnamed":
            steps.append(f"{label[source]} (not named)")
        else:
            steps.append(label[source])
    return " → ".join([label[""][0].upper() + label[""][1:], *steps])


def origin(dossier, key):
    """An origin in words: the person, the unnamed people with their outlet, or the article alone."""
    label = names(dossier)
    if key in set(dossier.articles["id"]):
        return "the article alone" if len(dossier.articles) == 1 else f"article {key} alone"
    parts = key.split("+")
    kinds = dossier.actors.set_index("id")["kind"]
    people = [label[part] for part in parts if kinds[part] != "outlet"]
    outlets = [label[part] for part in parts if kinds[part] == "outlet"]
    if people and outlets:
        return f"{join(people)} through {join(outlets)}"
    return join(people or outlets)


def place(dossier, passage):
    """Where a passage stands: paragraph, sentence and characters, with the article where there are several."""
    row = _passages(dossier).loc[passage]
    article = "" if len(dossier.articles) == 1 else f"{row['article']}, "
    return (
        f"{article}paragraph {row['paragraph']}, sentence {row['sentence']}, characters {row['start']:,}–{row['end']:,}"
    )


@once
def _passages(dossier):
    return dossier.passages.set_index("id")


def sourced(dossier, rows):
    """How many statements and on how many independent origins, as a phrase."""
    return f"{count(len(rows), 'statement')} from {count(rows['origin'].nunique(), 'independent origin')}"
