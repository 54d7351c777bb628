"""What a report shows beside its sentences: offers, wordings, descriptions, terms, judgements, open questions."""

from markupsafe import Markup

from parley.analysis import claims
from parley.prose.statements import origin
from parley.prose.words import names, quantity
from parley.show import MOST, Html, cite, table, weightiest


def offers(dossier, issue=""):
    """What each offer would have each party give, offer by offer: amount, scope and what is unclear."""
    rows = dossier.offer_terms
    every = rows[(rows["issue"] == issue) | (issue == "")]
    rows = weightiest(every, every["statements"].str.len())
    label = names(dossier, short=True)
    shown = rows.assign(
        what=rows["offer"].map(label),
        gives=["not told" if not giver else label[giver] for giver in rows["giver"]],
        amount=[_amount(row) for row in rows.to_dict("records")],
        cite=[(row["id"], *row["statements"]) for row in rows.to_dict("records")],
    )
    columns = {
        "what": "Offer",
        "gives": "Would give",
        "item": "What",
        "amount": "How much",
        "scope": "Whom or what it covers",
        "ambiguity": "Unclear",
        "cite": "Rows",
    }
    return table(shown, columns, "What each offer would have each party give.", len(every))


def _amount(row):
    """A number with its unit and qualification, in words; what the text leaves out is said."""
    words = {"": "", "exact": "", "about": "about", "at_least": "at least", "at_most": "at most", "more": "more"}
    if row["hedge"] == "not_given":
        return "not told"
    if row["hedge"] == "all":
        return "all"
    number = f"{quantity(row['quantity'])} {row['unit']}" if row["quantity"] == row["quantity"] and row["unit"] else ""
    return f"{words[row['hedge']]} {number}".strip()


def wordings(dossier, issue=""):
    """Statements that render one claim in different forms, side by side: what, withheld until when, on whose word."""
    rows = claims.wordings(dossier)
    every = rows[(rows["issue"] == issue) | (issue == "")].sort_values("claim", kind="stable")
    rows = _first(dossier, every)
    label = names(dossier, short=True)
    shown = rows.assign(
        does=rows["stance"] + " " + rows["summary"],
        until=[", ".join(label[event] for event in events) for events in rows["withheld"]],
        words=[f"“{cue}”" if cue else "" for cue in rows["firmness_cue"]],
        marked=rows["best"].map({True: "best sourced", False: ""}),
    )
    columns = {
        "who": "Party",
        "does": "Wording",
        "until": "Withheld until then",
        "firmness": "Firmness (1–5)",
        "words": "In the words",
        "word_of": "On whose word",
        "rendering": "Rendering",
        "marked": "Sourcing",
        "cite": "Row",
    }
    return table(shown, columns, "Claims that are reported in more than one form, form by form.", len(every))


def descriptions(dossier):
    """How different actors describe the same act, side by side; none is adjudicated."""
    every = claims.descriptions(dossier)
    rows = _first(dossier, every)
    label = names(dossier, short=True)
    shown = rows.assign(
        act=rows["event"].map(label),
        motive=[f"a motive given to {label[other]}" if other else "" for other in rows["motive_of"]],
    )
    columns = {
        "act": "What is described",
        "who": "By whom",
        "summary": "As",
        "motive": "Motive",
        "word_of": "On whose word",
        "rendering": "Rendering",
        "cite": "Row",
    }
    return table(
        shown,
        columns,
        "The same act as different actors describe it; the report does not decide between them.",
        len(every),
    )


def _first(dossier, every):
    """The statements that stand first, with whose they are, on whose word, and the row to cite."""
    rows = weightiest(every, -every["rank"])
    return rows.assign(
        who=rows["party"].map(names(dossier, short=True)),
        word_of=[origin(dossier, key) for key in rows["origin"]],
        cite=[(row,) for row in rows["id"]],
    )


def terms(dossier, rows):
    """Expressions, what they name, who uses them and in whose voice; of very many those that judge come first."""
    every = rows
    rows = weightiest(every, (every["loaded"] != "").astype(int))
    label = names(dossier, short=True)
    shown = rows.assign(
        expression=["“" + text + "”" for text in rows["expression"]],
        named=[label[name] for name in rows["names"]],
        by=[
            label[user] if user or voice == "article" else "not told"
            for user, voice in zip(rows["user"], rows["voice"], strict=True)
        ],
        judges=[
            f"judges; here: {plain}" if loaded else ""
            for loaded, plain in zip(rows["loaded"], rows["plain"], strict=True)
        ],
        cite=[(row,) for row in rows["id"]],
    )
    columns = {
        "expression": "Expression",
        "named": "Names",
        "by": "Used by",
        "voice": "Voice",
        "judges": "Loaded",
        "cite": "Row",
    }
    return table(shown, columns, "Terms, whom or what they name, and in whose voice they stand.", len(every))


def judgements(dossier, about=None, kind=None):
    """Judgements as cards, the best supported first: text, confidence, basis, alternative, what would change it."""
    rows = _about(dossier.judgements, about)
    rows = rows if kind is None else rows[rows["kind"] == kind]
    order = {"high": 0, "moderate": 1, "low": 2}
    rows = rows.sort_values("confidence", key=lambda codes: codes.map(order), kind="stable")
    card = Markup(
        '<div class="judgement"><p>{text} {cite}</p>'
        '<p class="note"><b>Judgement</b> ({kind}); confidence: {confidence}. '
        "<b>Alternative:</b> {alternative} <b>What would change it:</b> {would_change}</p></div>"
    )
    cards = [
        card.format(**row | {"cite": cite((row["id"], *row["basis"]))}) for row in rows.head(MOST).to_dict("records")
    ]
    cards += [Markup("<p>And {:,} more.</p>").format(len(rows) - MOST)] if len(rows) > MOST else []
    return Html(Markup("").join(cards) or Markup('<p class="silence">No judgement is recorded here.</p>'))


def questions(dossier, about=None):
    """What the articles leave open, grouped by what an answer would decide; of very many the first of each group."""
    rows = _about(dossier.questions, about)
    codes = dossier.schema["vocabularies"]["decides"]["codes"]
    groups = []
    for code, meaning in codes.items():
        every = rows[rows["decides"] == code]
        here = every.head(MOST // 3).to_dict("records")
        if here:
            items = [
                Markup('<li>{} <span class="note">{}</span> {}</li>').format(
                    row["question"], row["why"], cite((row["id"],))
                )
                for row in here
            ]
            if len(every) > len(here):
                items.append(Markup("<li>And {:,} more.</li>").format(len(every) - len(here)))
            groups.append(Markup("<h3>{}</h3><ul>{}</ul>").format(meaning["definition"], Markup("").join(items)))
    return Html(Markup("").join(groups) or Markup('<p class="silence">No question is recorded here.</p>'))


def _about(rows, about):
    return rows if about is None else rows[rows["about"].isin(about)]
