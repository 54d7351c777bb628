"""The evidence of a report: every row that it cites, with its place in the article and its chain, under its own id."""

import json
import re

import pandas as pd
from markupsafe import Markup

from parley.analysis import sources
from parley.prose.statements import condition, on_whose_word, place, statement
from parley.prose.words import join, names, quantity, who
from parley.show import Html

LINKED = re.compile(r'"#([a-z0-9][a-z0-9_.-]{0,39})"')


def evidence(dossier, outputs):
    """What the rows say that the outputs link to, and the statements on which cited judgements and conditions rest.

    `outputs` are the things that the report has shown: in a notebook, the values of IPython's `Out`.
    """
    linked = {row for output in list(outputs) for row in LINKED.findall(_source(output))}
    for table, column in (("judgements", "basis"), ("offer_terms", "statements")):
        rows = getattr(dossier, table)
        linked |= {row for basis in rows.loc[rows["id"].isin(linked), column] for row in basis}
    sections = []
    for table, (title, describe) in TABLES.items():
        rows = getattr(dossier, table)
        rows = rows[rows["id"].isin(linked)]
        if len(rows):
            items = [
                Markup('<li id="{}"><b>{}</b> {}</li>').format(row["id"], row["id"], Markup("<br>").join(_lines(parts)))
                for row, parts in zip(rows.to_dict("records"), describe(dossier, rows), strict=True)
            ]
            sections.append(Markup("<h3>{}</h3><ul>{}</ul>").format(title, Markup("").join(items)))
    return Html(Markup('<section class="evidence">{}</section>').format(Markup("").join(sections)))


def _source(output):
    """The markup of an output; of a chart its specification, with the rows behind it; nothing for other things."""
    if isinstance(output, Html):
        return str(output)
    if not type(output).__module__.startswith("altair"):
        return ""
    rows = output.usermeta["parley"]["rows"]
    return json.dumps([output.to_dict(), ["#" + row for cells in rows for row in cells.get("cite", ())]])


def _lines(parts):
    """The lines of one row: what it says, then its place, chain and notes, each in its own style."""
    first, places, chain, notes = parts
    yield Markup("{}").format(first)
    for kind, text in (
        ("place", places),
        ("chain", chain),
        ("note", " ".join(_stopped(note) for note in notes if note)),
    ):
        if text:
            yield Markup('<span class="{}">{}</span>').format(kind, text)


def _stopped(note):
    note = note[:1].upper() + note[1:]
    return note if note.endswith((".", "?", "!")) else f"{note}."


def _places(dossier, passages):
    text = "; ".join(place(dossier, passage) for passage in passages)
    return text[:1].upper() + text[1:]


def _dated(row):
    stated = f"dated “{row['date_stated']}”" if row["date_stated"] else ""
    if pd.notna(row["date_from"]):
        first, last = row["date_from"].date(), row["date_to"].date()
        stated = f"{first}" if first == last else f"between {first} and {last}"
    return [stated, row["date_basis"]]


def _statements(dossier, rows):
    chains = sources.chains(dossier).set_index("statement")
    for row in rows.to_dict("records"):
        firm = "" if row["firmness"] is None or str(row["firmness"]) == "<NA>" else f"firmness {row['firmness']} of 5"
        cue = f" (“{row['firmness_cue']}”)" if firm and row["firmness_cue"] else ""
        counted = ""
        if pd.notna(row["quantity"]):
            counted = f"{quantity(row['quantity'])} {row['unit']}, {row['hedge'].replace('_', ' ')}"
        notes = [
            row["rendering"],
            firm + cue,
            counted,
            *_dated(row),
            f"repeats {row['same_as']}" if row["same_as"] else "",
            f"two readings: {row['ambiguity']}" if row["ambiguity"] else "",
        ]
        text = statement(dossier, row).text
        yield text, _places(dossier, row["passages"]), on_whose_word(dossier, chains.loc[row["id"]]), notes


def _conditions(dossier, rows):
    for row in rows.to_dict("records"):
        answer = (
            f"{row['answer'].replace('_', ' ')} {' '.join(row['answered_by'])}" if row["basis"] == "reported" else ""
        )
        basis = f"assumed: {row['assumption']}" if row["assumption"] else f"reported: {row['statement']}"
        yield (
            condition(dossier, row).text,
            "",
            "",
            [basis, f"answer: {answer}" if answer else "", row["ambiguity"]],
        )


def _events(dossier, rows):
    for row in rows.to_dict("records"):
        told = row["status"].replace("_", " ")
        yield (
            row["summary"],
            _places(dossier, row["passages"]),
            "",
            [f"{row['kind']}, {told}", *_dated(row), row["ambiguity"]],
        )


def _offer_terms(dossier, rows):
    for row in rows.to_dict("records"):
        ends = [
            f"from {who(dossier, [row['giver']])}" if row["giver"] else "",
            f"to {who(dossier, [row['receiver']])}" if row["receiver"] else "",
        ]
        yield (
            f"{row['item']} {' '.join(filter(None, ends))}".strip(),
            "",
            "",
            [row["scope"], " ".join(row["statements"]), row["ambiguity"]],
        )


def _terms(dossier, rows):
    label = names(dossier)
    for row in rows.to_dict("records"):
        user = label[row["user"]] if row["user"] else label[""]
        judges = f"loaded; plain: {row['plain']}" if row["loaded"] else ""
        said = f"“{row['expression']}” for {label[row['names']]}"
        yield (
            said,
            _places(dossier, row["passages"]),
            "",
            [f"used by {user}, voice: {row['voice']}", judges, row["ambiguity"]],
        )


def _judgements(_dossier, rows):
    for row in rows.to_dict("records"):
        notes = [
            f"{row['kind']}, confidence: {row['confidence']}",
            f"basis: {' '.join(row['basis'])}",
            f"alternative: {row['alternative']}",
        ]
        yield row["text"], "", "", notes


def _questions(dossier, rows):
    for row in rows.to_dict("records"):
        yield row["question"], _places(dossier, row["passages"]), "", [row["why"]]


def _actors(dossier, rows):
    for row in rows.to_dict("records"):
        role = join(filter(None, [row["kind"].replace("_", " "), row["role"].replace("_", " ")]))
        yield row["label"], _places(dossier, row["passages"]), "", [role, row["office"], row["note"]]


def _issues(_dossier, rows):
    for row in rows.to_dict("records"):
        yield f"{row['label']}: {row['question']}", "", "", [row["note"]]


def _articles(_dossier, rows):
    for row in rows.to_dict("records"):
        yield row["title"], row["url"], "", [row["publisher"], row["origin_basis"]]


def _passages(dossier, rows):
    for row in rows.to_dict("records"):
        yield row["part"], _places(dossier, [row["id"]]), "", [row["nothing_to_code"]]


TABLES = {
    "statements": ("Statements", _statements),
    "conditions": ("Conditions", _conditions),
    "events": ("Acts", _events),
    "offer_terms": ("Terms of offers", _offer_terms),
    "terms": ("Expressions", _terms),
    "judgements": ("Judgements", _judgements),
    "questions": ("Open questions", _questions),
    "actors": ("Actors", _actors),
    "issues": ("Issues", _issues),
    "articles": ("Articles", _articles),
    "passages": ("Passages", _passages),
}
