"""Sentences, tables and the evidence as HTML: escaped, cut with a word, and linked to rows that are there."""

import ast
import html
import re

import nbformat
import pandas as pd
import pytest
from dossiers import invented
from tiny import rows, write

from parley import listings, run, show, tables
from parley.evidence import evidence
from parley.prose.words import Sentence

HOSTILE = """<script>alert("x")</script> & 'y' </td> --> {0} %s"""
LINK = re.compile(r'"#([^"]+)"')
ANCHOR = re.compile(r'\bid="([^"]+)"')
TAGS = re.compile(r"</?(\w+)")
OURS = {
    "a",
    "b",
    "br",
    "h1",
    "h3",
    "header",
    "li",
    "p",
    "section",
    "span",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ul",
    "div",
}


def clean(markup):
    """Whether the markup holds no tag but ours, and the hostile text only in its escaped form."""
    return set(TAGS.findall(markup)) <= OURS and "<script" not in markup


@pytest.fixture(scope="module", params=["real", "invented"])
def dossier(request, tmp_path_factory):
    return tables.load("" if request.param == "real" else invented(tmp_path_factory.mktemp("invented")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The tiny dossier with hostile text in every column that holds free text."""
    free = {
        "articles": ["title", "origin_basis", "publisher"],
        "actors": ["label", "note", "office"],
        "issues": ["label", "question", "note"],
        "events": ["label", "summary", "ambiguity", "date_basis"],
        "statements": ["summary", "ambiguity", "date_basis"],
        "conditions": ["ambiguity"],
        "offer_terms": ["item", "scope", "ambiguity"],
        "terms": ["plain", "ambiguity"],
        "judgements": ["text", "alternative", "would_change"],
        "questions": ["question", "why"],
    }
    changed = rows()
    for table, columns in free.items():
        for row in changed[table]:
            row.update(dict.fromkeys(columns, HOSTILE))
    folder = write(tmp_path_factory.mktemp("hostile") / "data", changed)
    return tables.load(folder)


def outputs(dossier, report):
    """What each cell of a report shows, by running its code here, without a kernel."""
    shown, space = {}, {}
    space["Out"] = shown
    values = {"data": str(dossier.folder), **report.parameters}
    for number, cell in enumerate(nbformat.read(report.notebook, as_version=4).cells):
        if cell.cell_type != "code":
            continue
        body = ast.parse(cell.source).body
        last = [body.pop().value] if isinstance(body[-1], ast.Expr) else []
        exec(compile(ast.Module(body, []), cell.id, "exec"), space)
        if "parameters" in cell.metadata.get("tags", ()):
            space.update(values)
        for expression in last:
            shown[number] = eval(compile(ast.Expression(expression), cell.id, "eval"), space)
    return list(shown.values())


def links(shown):
    """The ids that an output links to: of markup its citations, of a chart its marks and the rows behind it."""
    if isinstance(shown, str):
        return set(LINK.findall(shown))
    if not hasattr(shown, "to_dict"):
        return set()
    spec = shown.to_dict()
    marks = {row["link"][1:] for data in spec["datasets"].values() for row in data if "link" in row}
    return marks | {row for cells in spec["usermeta"]["parley"]["rows"] for row in cells.get("cite", ())}


def test_text_of_a_sentence_is_escaped():
    told = show.finding([Sentence(HOSTILE, ("s1",))])
    assert clean(told)
    assert html.unescape(told).count(HOSTILE) == 1


def test_text_of_an_opening_is_escaped(hostile):
    told = show.opening(hostile, HOSTILE, HOSTILE, [Sentence(HOSTILE, ("s1",))])
    assert clean(told)
    assert html.unescape(told).count(HOSTILE) == 3


def test_text_in_every_part_of_a_table_is_escaped():
    frame = pd.DataFrame({"one": [HOSTILE], "two": [(HOSTILE, HOSTILE)], "cite": [("s1",)]})
    told = show.table(frame, {"one": HOSTILE, "two": "Two", "cite": "Row"}, HOSTILE)
    assert clean(told)
    assert html.unescape(told).count(HOSTILE) == 5


def test_an_id_cannot_leave_its_link():
    told = show.cite(['s1"><script>'])
    assert clean(told)
    assert told.count('"') == 4


def test_text_from_every_table_is_escaped_in_cards_and_in_the_evidence(hostile):
    everything = {
        "terms": listings.terms(hostile, hostile.terms),
        "judgements": listings.judgements(hostile),
        "questions": listings.questions(hostile),
    }
    ids = [row for table in hostile.schema["resources"] for row in getattr(hostile, table["name"])["id"]]
    everything["evidence"] = evidence(hostile, [show.Html(show.cite(ids))])
    for name, told in everything.items():
        assert clean(told), name
        assert HOSTILE.split()[0] in html.unescape(told), name
    assert html.unescape(everything["evidence"]).count("alert(") > 30


@pytest.mark.parametrize("kind", ["finding", "table"])
def test_many_rows_are_cut_and_the_cut_is_told(kind):
    more = show.MOST + 17
    if kind == "table":
        frame = pd.DataFrame({"one": [f"row {n}" for n in range(more)]})
        rows = show.weightiest(frame, -pd.Series(range(more)))
        told, item = show.table(rows, {"one": "One"}, "Many.", more), "<tr>"
        assert f"{show.MOST} of {more} rows, the weightiest." in told
        assert told.count(item) == show.MOST + 1
    else:
        told = show.finding([Sentence(f"Row {n}.", ("s1",)) for n in range(more)])
        assert "and 17 more." in told
        assert told.count("<li>") == show.MOST + 1


def test_few_rows_are_not_said_to_be_cut():
    assert "more" not in show.finding([Sentence("One.", ("s1",)), Sentence("Two.", ("s2",))])
    assert "weightiest" not in show.table(pd.DataFrame({"one": ["a"]}), {"one": "One"}, "Few.", 1)
    assert "more" not in show.cite(["s1"] * show.CITED)


def test_the_weightiest_rows_stay_in_their_own_order():
    rows = pd.DataFrame({"one": list("abcd"), "weight": [2, 1, 3, 1]})
    assert show.weightiest(rows, rows["weight"], 3)["one"].tolist() == ["a", "b", "c"]


def test_very_many_citations_are_cut_and_the_cut_is_told():
    told = show.cite([f"s{n}" for n in range(show.CITED + 1_300)])
    assert told.count("<a ") == show.CITED
    assert "and 1,300 more" in told


def test_a_sentence_cites_its_rows_as_links():
    told = show.finding([Sentence("A party rejects an offer.", ("s1", "c2"))])
    assert '<a class="cite" href="#s1">s1</a> <a class="cite" href="#c2">c2</a>' in told


def test_a_missing_cell_is_empty():
    told = show.table(pd.DataFrame({"n": pd.array([pd.NA], "Int64")}), {"n": "N"}, "One.")
    assert '<th scope="row"></th>' in told


def test_judgements_stand_by_confidence_and_say_when_there_are_none(dossier):
    told = listings.judgements(dossier)
    levels = re.findall(r"confidence: (\w+)", told)
    assert levels == sorted(levels, key=["high", "moderate", "low"].index)
    assert len(levels) == len(dossier.judgements)
    assert 'class="silence"' in listings.judgements(dossier, ["nobody"])
    assert 'class="silence"' in listings.questions(dossier, ["nobody"])


def test_every_question_is_shown_once(dossier):
    told = listings.questions(dossier)
    assert sorted(LINK.findall(told)) == sorted(dossier.questions["id"])


def test_the_evidence_holds_every_row_that_a_report_links_to(dossier):
    for report in run.reports(dossier):
        *shown, proof = outputs(dossier, report)
        linked = set().union(*map(links, shown))
        anchors = ANCHOR.findall(proof)
        assert linked, report.name
        assert linked - set(anchors) == set(), report.name
        assert len(anchors) == len(set(anchors)), report.name


def test_the_evidence_of_a_judgement_holds_the_statements_beneath_it(dossier):
    judgement = dossier.judgements.iloc[0]
    proof = evidence(dossier, [show.Html(show.cite([judgement["id"]]))])
    assert {judgement["id"], *judgement["basis"]} <= set(ANCHOR.findall(proof))


def test_the_evidence_tells_the_place_of_a_statement_in_its_article(dossier):
    row = dossier.statements.iloc[0]
    passage = dossier.passages.set_index("id").loc[row["passages"][0]]
    proof = evidence(dossier, [show.Html(show.cite([row["id"]]))])
    assert f"aragraph {passage['paragraph']}, sentence {passage['sentence']}, characters" in proof


def test_nothing_shown_needs_no_evidence(dossier):
    assert ANCHOR.findall(evidence(dossier, [])) == []
    assert ANCHOR.findall(evidence(dossier, [None, 3, "plain text with #s1"])) == []
