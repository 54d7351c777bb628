"""What changed: rows, positions and sentences between two states of the tables, and what a published set keeps."""

import csv
import json
import shutil

import pytest
from dossiers import invented
from small import dossier

from parley import history, tables
from parley.analysis import changes
from parley.prose import changes as told
from parley.prose import issue, overview, party, sources

OFFER = {"id": "s1", "party": "mill", "stance": "offers", "event": "rise", "summary": "4 crowns", "quantity": "4"}
MORE = OFFER | {"id": "s2", "summary": "5 crowns", "quantity": "5"}


def texts(sentences):
    return [item.text for item in sentences]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return invented(tmp_path_factory.mktemp("invented"))


def test_the_same_tables_have_no_change():
    one = dossier(statements=[OFFER])
    assert changes.rows(one, one).empty
    assert changes.movements(one, one).empty
    assert texts(told.moved(one, one)) == ["No position moved."]


def test_a_row_is_new_gone_or_altered_cell_by_cell():
    before = dossier(statements=[OFFER, MORE])
    after = dossier(statements=[OFFER | {"summary": "4 crowns an hour"}, MORE | {"id": "s3"}])
    rows = changes.rows(before, after)
    rows = rows[rows["table"] == "statements"].set_index("id")
    assert rows.loc["s3", "change"] == "new"
    assert rows.loc["s2", "change"] == "gone"
    assert rows.loc["s1", ["change", "column", "was", "now"]].tolist() == [
        "altered", "summary", "4 crowns", "4 crowns an hour",
    ]  # fmt: skip


def test_another_number_is_a_position_that_moved():
    before, after = dossier(statements=[OFFER]), dossier(statements=[MORE])
    assert changes.movements(before, after)[["change", "was", "now"]].values.tolist() == [["moved", "s1", "s2"]]
    assert texts(told.moved(before, after)) == ["Pay: mill now offers 5 crowns, where before it offered 4 crowns."]


def test_other_words_for_the_same_position_are_no_movement():
    before = dossier(statements=[OFFER])
    after = dossier(statements=[OFFER | {"id": "s9", "summary": "four crowns"}])
    assert changes.movements(before, after).empty


def test_a_position_that_nobody_reported_before_is_new_and_not_moved():
    before = dossier(statements=[OFFER])
    after = dossier(statements=[OFFER, OFFER | {"id": "s2", "stance": "refuses", "summary": "the strike"}])
    assert texts(told.moved(before, after)) == ["No position moved."]
    assert texts(told.new(before, after)) == ["Pay: mill refuses the strike."]
    assert texts(told.gone(after, before)) == ["Pay: no longer reported that mill refuses the strike."]


def test_one_observation_shows_no_movement():
    one = dossier(statements=[OFFER])
    assert texts(told.moved(None, one)) == ["There is one observation so far; movement cannot be seen in it."]


def test_movement_between_two_articles_is_told_position_by_position(folder):
    before, after = tables.load(folder, "2031-03-14"), tables.load(folder, "2031-03-28")
    moved = " ".join(texts(told.moved(before, after)))
    assert "now offers a pay rise of 5.5 percent, where before it offered a pay rise of 4 percent" in moved
    assert "now requires a pay rise of at least 8 percent, where before it demanded a pay rise of 9 percent" in moved


def test_since_takes_a_day_or_a_folder_and_refuses_anything_else(folder):
    whole = tables.load(folder)
    assert len(tables.earlier(whole, "2031-03-06").articles) == 1
    assert len(tables.earlier(whole, str(folder)).articles) == len(whole.articles)
    assert tables.earlier(whole, "") is None
    assert tables.earlier(whole, "1999-01-01") is None
    with pytest.raises(tables.dossier.ParameterError, match="since 'yesterday' is not a day"):
        tables.earlier(whole, "yesterday")


def test_a_set_keeps_its_tables_and_what_they_were_compared_with(folder, tmp_path):
    data = shutil.copytree(folder, tmp_path / "data")
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    for pages in (first, second, third):
        pages.mkdir()
    assert history.before(first, tables.load(data)) == ""
    history.keep(first, tables.load(data), "", tmp_path)
    altered(data, "statements", "s35", quantity="6", summary="a pay rise of 6 percent")
    since = history.before(first, tables.load(data))
    history.keep(second, tables.load(data), since, first)
    story = json.loads((second / "changes.json").read_text("utf-8"))
    assert "6 percent" in story["sentences"]["moved"][0]["text"]
    assert {row["id"] for row in story["rows"]} == {"s35"}
    # A run without a change tells the same as the last one.
    again = history.before(second, tables.load(data))
    history.keep(third, tables.load(data), again, second)
    assert (third / "changes.json").read_bytes() == (second / "changes.json").read_bytes()


def test_tables_of_a_set_that_no_longer_pass_are_not_compared_with(folder, tmp_path):
    history.keep(tmp_path, tables.load(folder), "", tmp_path / "none")
    (tmp_path / "tables" / "issues.csv").write_text("id\n", "utf-8")
    assert history.before(tmp_path, tables.load(folder)) == ""


@pytest.mark.parametrize(("row", "cell"), [("s16", "a flow of aid"), ("s30", "to stop"), ("s44", "failed")])
def test_one_row_changed_changes_exactly_the_sentences_that_rest_on_it(tmp_path, row, cell):
    data = shutil.copytree(tables.DATA, tmp_path / "data")
    before = everything(tables.load(data))
    assert any(cell in item.text for item in before if row in item.cites)
    summary = tables.load(data).statements.set_index("id").loc[row, "summary"]
    altered(data, "statements", row, summary=summary.replace(cell, "another thing"))
    after = everything(tables.load(data))
    assert len(before) == len(after)
    differ = [item for item, other in zip(before, after, strict=True) if item != other]
    assert differ
    assert all(row in item.cites for item in differ)
    assert not any(cell in item.text for item in after if item.cites == (row,))


def everything(whole):
    """Every sentence of the overview, the sources, and all party and issue reports."""
    rules = (overview.opposition, overview.circle, overview.other_order, overview.wordings, overview.depends)
    rules += (overview.descriptions, overview.unanswered, sources.who_says_so, sources.rests_on, sources.falls)
    made = [rule(whole) for rule in rules]
    for actor in tables.parties(whole):
        asks, gives = ("requires", "demands"), ("offers", "accepts")
        made += [party.stance(whole, actor, *stances) for stances in (asks, gives, ("refuses",))]
        made += [rule(whole, actor) for rule in (party.conditions, party.answers, party.said_of, party.silences)]
    for name in whole.issues["id"]:
        made += [rule(whole, name) for rule in (issue.stands, issue.silences, issue.meets, issue.first)]
    return [item for sentences in made for item in sentences]


def altered(folder, table, row, **cells):
    """Changes cells of one row of a table in a folder."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(item for item in rows if item["id"] == row).update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
