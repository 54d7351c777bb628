"""A dossier that grows makes no longer page: charts count, lists are cut and say how many more there are."""

import importlib.util
import re

import pandas as pd
import pytest
from small import dossier

from parley import publish, tables
from parley.analysis.lists import lists
from parley.analysis.once import once
from parley.prose.words import Told

SIZES = (100, 3_000)
REPORTS = ["overview", "party-union", "issue-pay", "sources"]


@pytest.fixture(scope="module")
def grown(root, tmp_path_factory):
    """Folders of the tables and the published set of the same invented talks, small and large."""
    spec = importlib.util.spec_from_file_location("invent", root / "bench" / "invent.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    place = tmp_path_factory.mktemp("grown")
    for size in SIZES:
        bench.invent(place / f"tables-{size}", size)
        assert publish.build(data=place / f"tables-{size}", out=place / f"out-{size}", reports=REPORTS) == 0
    return place


def test_a_larger_dossier_passes_and_has_hundreds_of_passages_in_an_article(grown):
    large = tables.load(grown / f"tables-{SIZES[1]}")
    assert len(large.statements) >= SIZES[1]
    assert large.passages["article"].value_counts().max() > 500


def test_the_overview_grows_to_three_times_its_size_at_most_and_no_report_outgrows_it(grown):
    small_, large = (
        {name: (grown / f"out-{size}" / "latest" / f"{name}.html").stat().st_size for name in REPORTS} for size in SIZES
    )
    assert large["overview"] < 3 * small_["overview"]
    assert max(large, key=large.get) == "overview"


def test_what_a_large_page_leaves_out_it_counts(grown):
    page = (grown / f"out-{SIZES[1]}" / "latest" / "overview.html").read_text("utf-8")
    for said in (r"and [\d,]+ more", r"\d+ of [\d,]+ rows, the weightiest", r"[\d,]+ more are not drawn"):
        assert re.search(said, page), said


def test_every_row_that_a_large_page_cites_stands_on_it(grown):
    page = (grown / f"out-{SIZES[1]}" / "latest" / "overview.html").read_text("utf-8")
    cited = set(re.findall(r'class="cite" href="#([^"]+)"', page))
    assert len(cited) > 200
    assert cited - set(re.findall(r'id="([^"]+)"', page)) == set()


def test_what_is_computed_once_cannot_be_altered_for_the_next():
    made = []

    @once
    def frame(dossier, name, short=False):
        made.append((name, short))
        return pd.DataFrame({"x": [1, 2]})

    one = dossier()
    taken = frame(one, "a")
    taken["x"] = 9
    taken.loc[0, "y"] = 1
    assert frame(one, "a").to_dict("list") == {"x": [1, 2]}
    frame(one, "a", short=True)
    frame(dossier(), "a")
    assert made == [("a", False), ("a", True), ("a", False)]


def test_lists_keep_the_order_of_the_rows_and_of_the_keys():
    rows = pd.DataFrame({"a": ["y", "x", "y"], "b": [1, 1, 2], "id": ["p", "q", "r"]})
    assert list(lists(rows, "a").items()) == [("y", ("p", "r")), ("x", ("q",))]
    assert lists(rows, ["a", "b"]) == {("y", 1): ("p",), ("x", 1): ("q",), ("y", 2): ("r",)}


def test_of_many_sentences_only_those_that_are_read_are_made():
    made = []
    told = Told(lambda row: made.append(row) or row, list(range(1_000)))
    assert (len(told), told[:2], told[0], made) == (1_000, [0, 1], 0, [0, 1, 0])
    assert not Told(str, [])
