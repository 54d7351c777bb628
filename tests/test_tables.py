"""The dossier: what comes out of the files, as a whole and as far as was said by a day."""

import os
import subprocess
import sys

import pandas as pd
import pytest
import tiny

from parley import tables
from parley.errors import ParameterError


@pytest.fixture
def dossier(tmp_path):
    return tables.load(tiny.write(tmp_path / "dossier"))


def two_articles():
    """The tiny dossier and a second article, five days later, in which the owner offers pay."""
    rows = tiny.rows()
    later = tiny.passages.split("Owner would pay more\n", "a2").astype("str").to_dict("records")
    rows["passages"] += later
    rows["articles"].append({**rows["articles"][0], "id": "a2", "published": "2024-03-09", "length": "20"})
    rows["statements"].append(
        {**rows["statements"][0], "id": "s5", "passages": "a2.p01.s1", "party": "owner", "claim": "more_pay"}
        | {"event": "e_pay"}
    )
    rows["events"].append({**rows["events"][0], "id": "e_pay", "passages": "a2.p01.s1", "follows": "e_end"})
    rows["events"][1]["follows"] = "e_pay e_pause"
    rows["attributions"] += [
        {"id": "s5.0", "statement": "s5", "level": "0", "form": "article"},
        {"id": "s5.1", "statement": "s5", "level": "1", "source": "owner", "form": "organisation"},
    ]
    rows["conditions"][0] |= {"answered_by": "s5", "answer": "accepted"}
    rows["judgements"].append({**rows["judgements"][0], "id": "j2", "basis": "s5"})
    rows["judgements"].append({**rows["judgements"][0], "id": "j3", "basis": "s1 s5"})
    return rows


def test_the_projects_own_tables_pass():
    assert tables.check() == []


def test_the_outside_tool_finds_nothing(root):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=root / "data", capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout


def test_missing_is_empty_text_an_empty_list_or_a_missing_number(dossier):
    statement = dossier.statements.set_index("id").loc["s2"]
    assert statement["event"] == ""
    assert statement["jointly_with"] == ()
    assert statement["passages"] == ("a1.p02.s2",)
    assert pd.isna(statement["quantity"])
    assert pd.isna(statement["date_from"])
    types = dossier.statements.dtypes.astype("str")
    assert types[["quantity", "firmness", "date_from"]].tolist()[:2] == ["Float64", "Int64"]
    assert types["date_from"].startswith("datetime64")


def test_the_dossier_knows_its_title_and_folder(dossier):
    assert dossier.title == dossier.schema["title"]
    assert dossier.folder.name == "dossier"
    assert dossier.as_of == ""


def test_parties_hold_a_position_and_stand_in_the_order_of_the_actors(dossier):
    assert tables.parties(dossier) == ["union", "owner"]


def test_a_party_that_only_describes_holds_no_position(tmp_path):
    rows = tiny.changed("statements", "s1", stance="asserts", firmness="", firmness_cue="")
    assert tables.parties(tables.load(tiny.write(tmp_path, rows))) == ["owner"]


def test_a_choice_defaults_to_the_first(dossier):
    assert tables.choose(dossier, "party", "") == "union"
    assert tables.choose(dossier, "issue", "") == "strike"
    assert tables.choose(dossier, "issue", "pay") == "pay"


def test_a_wrong_choice_is_refused_in_one_line_with_the_right_ones(dossier):
    with pytest.raises(ParameterError) as caught:
        tables.choose(dossier, "party", "onwer")
    assert str(caught.value) == (
        "party 'onwer' is not in this dossier. Did you mean 'owner'? Choose one of: union, owner."
    )


@pytest.mark.parametrize("as_of", ["2024-13-01", "yesterday", "2024-3-5", "2024-02-30"])
def test_a_wrong_day_is_refused(tmp_path, as_of):
    with pytest.raises(ParameterError, match="is not a day"):
        tables.load(tiny.write(tmp_path), as_of)


def test_a_day_before_everything_is_refused(tmp_path):
    with pytest.raises(ParameterError, match=r"2024-03-04: nothing .* The first statement is of 2024-03-05"):
        tables.load(tiny.write(tmp_path), "2024-03-04")


def test_what_was_not_yet_said_is_left_out_with_all_that_rests_on_it(tmp_path):
    folder = tiny.write(tmp_path, two_articles())
    assert tables.check(folder) == []
    early, late = tables.load(folder, "2024-03-08"), tables.load(folder, "2024-03-09")
    gone = {table: set(getattr(late, table)["id"]) - set(getattr(early, table)["id"]) for table in tables.TABLES}
    assert {table: ids for table, ids in gone.items() if ids} == {
        "articles": {"a2"},
        "passages": {"a2.p01.s1"},
        "events": {"e_pay"},
        "statements": {"s5"},
        "attributions": {"s5.0", "s5.1"},
        "judgements": {"j2"},
    }
    assert early.judgements.set_index("id").loc["j3", "basis"] == ("s1",)
    assert early.events.set_index("id").loc["e_talks", "follows"] == ("e_pause",)
    assert early.statements.index.tolist() == list(range(len(early.statements)))


def test_an_answer_that_was_not_yet_given_is_not_reported(tmp_path):
    folder = tiny.write(tmp_path, two_articles())
    (condition,) = tables.load(folder, "2024-03-08").conditions.to_dict("records")
    assert (condition["answer"], condition["answered_by"]) == ("not_reported", ())
    (condition,) = tables.load(folder, "2024-03-09").conditions.to_dict("records")
    assert (condition["answer"], condition["answered_by"]) == ("accepted", ("s5",))


def test_a_statement_counts_from_its_own_day(tmp_path):
    day = {"date_from": "2024-03-07", "date_to": "2024-03-07", "date_precision": "day"}
    folder = tiny.write(tmp_path, tiny.changed("statements", "s4", **day))
    assert tables.load(folder, "2024-03-06").statements["id"].tolist() == ["s1", "s2", "s3"]
    assert tables.load(folder, "2024-03-06").conditions.empty
    assert len(tables.load(folder, "2024-03-07").conditions) == 1


def test_an_article_without_a_day_counts_from_its_coding(tmp_path):
    folder = tiny.write(tmp_path, tiny.changed("articles", "a1", published=""))
    assert len(tables.load(folder, "2024-03-09").statements) == 4
    with pytest.raises(ParameterError):
        tables.load(folder, "2024-03-08")


def test_an_assumed_condition_stays_as_long_as_its_assumption(tmp_path):
    rows = two_articles()
    assumed = {"basis": "assumed", "withheld": "e_talks", "required": "e_end", "operator": "before"}
    for id, judgement in (("c8", "j1"), ("c9", "j2")):
        rows["conditions"].append({"id": id, "assumption": judgement, "answer": "not_reported", **assumed})
    folder = tiny.write(tmp_path, rows)
    assert tables.load(folder, "2024-03-08").conditions["id"].tolist() == ["c1", "c8"]
