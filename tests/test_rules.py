"""Rules across rows and tables: each fault is told once, at its line and column, with what was expected."""

import pytest
import tiny

from parley import tables

FAULTS = [  # what holds; one row and the cells that break it; the column that is told ("": none) and how
    ("an id stands for one thing", "issues", "pay", {"id": "union"}, "id", "is an id in actors already"),
    ("published before coded", "articles", "a1", {"published": "2024-04-01"}, "published", "after `coded`"),
    (
        "a span ends inside the article",
        "passages",
        "a1.p03.s1",
        {"end": "999"},
        "end",
        "999 is behind the article's end",
    ),
    (
        "a passage id says its place",
        "passages",
        "a1.p03.s1",
        {"id": "a1.p3.s2"},
        "id",
        "Expected 'a1.p03.s1'",
    ),
    ("spans do not overlap", "passages", "a1.p02.s2", {"start": "30"}, "start", "30 is before the end"),
    (
        "sentences have no gap",
        "passages",
        "a1.p02.s3",
        {"sentence": "4", "id": "a1.p02.s4"},
        "paragraph",
        "2, sentence 4 follows on paragraph 2, sentence 2",
    ),
    (
        "every passage is used",
        "passages",
        "a1.p03.s1",
        {"nothing_to_code": ""},
        "nothing_to_code",
        "'a1.p03.s1' is used by no row",
    ),
    (
        "a used passage holds something",
        "passages",
        "a1.p02.s1",
        {"nothing_to_code": "Nothing."},
        "nothing_to_code",
        "Empty this cell",
    ),
    ("a question is no use of a passage", "questions", "q1", {"passages": "a1.p03.s1"}, "", ""),
    (
        "who is only mentioned takes no part",
        "events",
        "e_pause",
        {"targets": "owner agency"},
        "targets",
        "'agency' is `mentioned_only`",
    ),
    ("parents make no circle", "actors", "owner", {"parent": "clerk"}, "parent", "into a circle"),
    (
        "dates are in order",
        "events",
        "e_pause",
        {"date_from": "2024-03-05", "date_to": "2024-03-04", "date_precision": "range"},
        "date_from",
        "is after `date_to`",
    ),
    (
        "a day is one day",
        "statements",
        "s1",
        {"date_from": "2024-03-05", "date_precision": "day"},
        "date_precision",
        "says 'day'",
    ),
    (
        "a range has two days",
        "statements",
        "s1",
        {"date_from": "2024-03-05", "date_to": "2024-03-05", "date_precision": "range"},
        "date_precision",
        "says 'range'",
    ),
    (
        "a weekday names a weekday",
        "statements",
        "s1",
        {"date_stated": "in spring", "date_precision": "weekday"},
        "date_precision",
        "says 'weekday'",
    ),
    (
        "a weekday stays a weekday",
        "statements",
        "s1",
        {"date_stated": "on Monday", "date_precision": "weekday", "date_from": "2024-03-04"},
        "date_precision",
        "no dates",
    ),
    (
        "a weekday may be all that is told",
        "statements",
        "s1",
        {"date_stated": "on Monday", "date_precision": "weekday"},
        "",
        "",
    ),
    (
        "not told means no date",
        "events",
        "e_end",
        {"date_from": "2024-03-05", "date_to": "2024-03-05"},
        "date_precision",
        "says 'not_told'",
    ),
    ("an empty date says why", "events", "e_end", {"date_basis": ""}, "date_basis", "why the date is empty"),
    (
        "an inferred day says from what",
        "statements",
        "s1",
        {"date_from": "2024-03-04", "date_to": "2024-03-04", "date_precision": "day"},
        "",
        "",
    ),
    ("a number has a unit", "offer_terms", "o1", {"unit": ""}, "unit", "what `quantity` counts"),
    ("a number is qualified", "statements", "s1", {"hedge": ""}, "hedge", "qualified"),
    ("a hedge has its number", "statements", "s1", {"quantity": ""}, "hedge", "'exact' needs a number"),
    ("no number is no number", "statements", "s1", {"hedge": "not_given"}, "hedge", "there is no number"),
    (
        "a position has a firmness",
        "statements",
        "s4",
        {"firmness": ""},
        "firmness",
        "because the stance is 'requires'",
    ),
    ("a description has no firmness", "statements", "s2", {"firmness": "3"}, "firmness", "Expected it"),
    ("firmness is shown by words", "statements", "s1", {"firmness_cue": ""}, "firmness_cue", "only 3"),
    ("no firmness, no cue", "statements", "s2", {"firmness_cue": "tired"}, "firmness_cue", "has none"),
    ("a position is somebody's", "statements", "s4", {"party": "", "claim": "x"}, "party", "Expected whose"),
    ("a motive is another's", "statements", "s2", {"motive_of": "union"}, "motive_of", "the party itself"),
    (
        "joint parties are others",
        "statements",
        "s2",
        {"jointly_with": "union"},
        "jointly_with",
        "is the party itself",
    ),
    (
        "a joint party has its own row",
        "statements",
        "s2",
        {"jointly_with": "owner"},
        "jointly_with",
        "'owner' has no row of its own",
    ),
    ("a repeat is of another", "statements", "s2", {"same_as": "s2"}, "same_as", "the statement itself"),
    ("a repeat has the claim", "statements", "s2", {"same_as": "s1"}, "same_as", "claim 'pause'"),
    (
        "a repeat has the party",
        "statements",
        "s3",
        {"same_as": "s1", "claim": "pause"},
        "same_as",
        "a statement of 'union'. Expected one of 'owner'",
    ),
    ("a claim is one party's", "statements", "s4", {"claim": "tired"}, "claim", "a claim of 'union'"),
    (
        "only level 0 is the article",
        "attributions",
        "s1.1",
        {"form": "article"},
        "form",
        "'article' stands at level 1",
    ),
    ("level 0 is the article", "attributions", "s1.0", {"form": "not_given"}, "form", "at level 0"),
    ("an attribution id says its level", "attributions", "s1.1", {"id": "s1.x"}, "id", "'s1.1'"),
    ("levels have no gap", "attributions", "s1.2", {"level": "3", "id": "s1.3"}, "level", "Expected 2"),
    ("a form that names has a source", "attributions", "s2.1", {"source": ""}, "source", "'unnamed'"),
    ("not given is empty", "attributions", "s1.1", {"source": "union"}, "source", "'not_given'"),
    ("a form fits its source", "attributions", "s3.1", {"form": "outlet"}, "form", "of kind 'person'"),
    ("who is named is a person", "attributions", "s2.1", {"form": "named"}, "form", "Expected: person."),
    (
        "who is unnamed is no person",
        "attributions",
        "s3.1",
        {"form": "unnamed"},
        "form",
        "Expected: unnamed_people.",
    ),
    (
        "an organisation is one",
        "attributions",
        "s3.1",
        {"form": "organisation"},
        "form",
        "Expected: state or",
    ),
    (
        "the last level belongs to the party",
        "attributions",
        "s1.2",
        {"source": "owner"},
        "source",
        "does not belong to 'union'",
    ),
    (
        "a reported condition has a statement",
        "conditions",
        "c1",
        {"statement": ""},
        "statement",
        "'reported'",
    ),
    (
        "a reported condition is not assumed",
        "conditions",
        "c1",
        {"assumption": "j1"},
        "assumption",
        "is given",
    ),
    ("a condition is its party's", "conditions", "c1", {"statement": "s1"}, "statement", "party 'union'"),
    (
        "a reported condition has a party",
        "conditions",
        "c1",
        {"party": ""},
        "party",
        "the basis is 'reported'",
    ),
    (
        "an assumed one has no statement",
        "conditions",
        "c1",
        {"basis": "assumed"},
        "statement",
        "'s4' is given",
    ),
    ("an assumed one has no party", "conditions", "c1", {"basis": "assumed"}, "party", "'owner' is given"),
    ("an assumed one has an assumption", "conditions", "c1", {"basis": "assumed"}, "assumption", "is empty"),
    ("a refusal is the party's", "conditions", "c1", {"refusal": "s1"}, "refusal", "the party 'union'"),
    ("a refusal refuses", "conditions", "c1", {"refusal": "s4"}, "refusal", "stance 'requires'"),
    (
        "what is withheld is not required",
        "conditions",
        "c1",
        {"withheld": "e_end"},
        "required",
        "two different",
    ),
    ("an answer has statements", "conditions", "c1", {"answered_by": ""}, "answer", "'partly' needs"),
    ("no answer has none", "conditions", "c1", {"answer": "not_reported"}, "answer", "Expected an empty"),
    ("a group has two members", "conditions", "c1", {"group": "g1"}, "group", "has one member"),
    (
        "a loaded word is in its expression",
        "terms",
        "t1",
        {"loaded": "mean"},
        "loaded",
        "'mean' does not stand",
    ),
    ("a loaded word has a plain one", "terms", "t1", {"plain": ""}, "plain", "instead of 'greedy'"),
    ("an attributed term has a user", "terms", "t1", {"user": ""}, "user", "who uses the expression"),
    ("the article is no user", "terms", "t1", {"voice": "article"}, "user", "the article's own"),
    (
        "confidence has its own column",
        "judgements",
        "j1",
        {"text": "An end is Likely."},
        "text",
        "'Likely' speaks of confidence",
    ),
    (
        "a quotation has six words",
        "statements",
        "s1",
        {"firmness_cue": "one two three four five-six seven"},
        "firmness_cue",
        "quotes 7 words",
    ),
    (
        "a quotation within own words has six",
        "questions",
        "q1",
        {"why": "It says “one two three four five six seven” there."},
        "why",
        "quotes 7 words",
    ),
    (
        "a loaded word stands nowhere else",
        "statements",
        "s2",
        {"summary": "the Greedy ones are tired"},
        "summary",
        "'Greedy' is a loaded term. Expected plain words, such as 'the owner'",
    ),
    ("a loaded word is no label", "actors", "owner", {"label": "Greedy Ltd"}, "label", "loaded term"),
    ("a longer word is another word", "statements", "s2", {"summary": "greedyish"}, "", ""),
]


def test_the_tiny_dossier_passes(tmp_path):
    assert tables.check(tiny.write(tmp_path)) == []


@pytest.mark.parametrize(
    ("table", "id", "cells", "column", "text"),
    [pytest.param(*fault, id=rule.replace(" ", "_")) for rule, *fault in FAULTS],
)
def test_a_rule_tells_its_fault(tmp_path, table, id, cells, column, text):
    problems = tables.check(tiny.write(tmp_path, tiny.changed(table, id, **cells)))
    if not column:
        assert problems == []
    else:
        told = [line for line in problems if f"/{table}.csv, line " in line and f" column `{column}`: " in line]
        assert any(text in line for line in told), problems


def test_an_id_is_told_in_the_later_table(tmp_path):
    rows = tiny.rows()
    rows["issues"].append({**rows["issues"][1], "id": "union"})
    (problem,) = tables.check(tiny.write(tmp_path, rows))
    assert "issues.csv, line 4, column `id`: 'union' is an id in actors already." in problem


def test_spans_have_a_length(tmp_path):
    (problem,) = tables.check(tiny.write(tmp_path, tiny.changed("passages", "a1.p02.s1", end="33")))
    assert "line 3, column `end`: 33 is not behind `start` (33)." in problem


def test_one_fault_has_no_echo(tmp_path):
    problems = tables.check(tiny.write(tmp_path / "dossier", tiny.changed("statements", "s1", firmness="")))
    assert problems == [
        "dossier/statements.csv, line 2, column `firmness`: is empty. Expected 1 to 5, because the stance is 'offers'."
    ]


def test_a_statement_without_attribution_is_told(tmp_path):
    rows = tiny.rows()
    rows["attributions"] = [row for row in rows["attributions"] if row["statement"] != "s2"]
    (problem,) = tables.check(tiny.write(tmp_path, rows))
    assert "statements.csv, line 3" in problem
    assert "'s2' has no row in attributions" in problem


def test_a_repeat_of_a_repeat_is_told(tmp_path):
    rows = tiny.rows()
    first = next(row for row in rows["statements"] if row["id"] == "s2")
    for id, same_as in (("s8", "s2"), ("s9", "s8")):
        rows["statements"].append({**first, "id": id, "same_as": same_as})
        rows["attributions"] += [
            {**row, "id": row["id"].replace("s2", id), "statement": id}
            for row in rows["attributions"]
            if row["statement"] == "s2"
        ]
    (problem,) = tables.check(tiny.write(tmp_path, rows))
    assert "`same_as`: 's8' repeats 's2'. Expected 's2' itself here." in problem


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"withheld": "e_pause"}, "`withheld`: 'e_pause' differs from the group 'g1'. Expected 'e_talks'."),
        ({"operator": "only_if"}, "`operator`: 'only_if' differs from the group 'g1'. Expected 'before'."),
        (
            {"party": "union", "statement": "s1", "required": "e_pause"},
            "`party`: 'union' differs from the group",
        ),
    ],
    ids=["withheld", "operator", "party"],
)
def test_members_of_a_group_agree(tmp_path, cells, text):
    rows = tiny.changed("conditions", "c1", group="g1")
    rows["conditions"].append({**rows["conditions"][0], "id": "c2", "refusal": "", **cells})
    (problem,) = tables.check(tiny.write(tmp_path, rows))
    assert text in problem


def test_members_of_a_group_that_agree_pass(tmp_path):
    rows = tiny.changed("conditions", "c1", group="g1")
    rows["conditions"].append({**rows["conditions"][0], "id": "c2"})
    assert tables.check(tiny.write(tmp_path, rows)) == []


def test_an_assumed_condition_needs_an_assumption(tmp_path):
    rows = tiny.changed("conditions", "c1", basis="assumed", statement="", party="", refusal="", assumption="j1")
    assert tables.check(tiny.write(tmp_path / "right", rows)) == []
    rows["judgements"][0]["kind"] = "reading"
    (problem,) = tables.check(tiny.write(tmp_path / "wrong", rows))
    assert "'j1' is a judgement of kind 'reading'. Expected 'assumption'." in problem
