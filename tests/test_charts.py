"""Every chart of both dossiers: its words, its links, its colours, and that it can be drawn at both widths."""

import json
import re
import xml.etree.ElementTree as xml

import altair as alt
import pandas as pd
import pytest
import small
import vl_convert
from dossiers import invented

from parley import charts, palette, tables
from parley.analysis import claims, conditions, offers, positions, sources, timeline
from parley.charts import conditions as charts_of_conditions
from parley.charts import layout, origins, theme
from parley.prose import titles
from parley.prose.words import names

HOSTILE = """Q "uote" 'n' back\\slash <b onload=x>&amp; ${x} {{y}} \\n """ + "wide word " * 14 + "W" * 60
WIDEST = {"wide": 900, "narrow": 345}
COLOUR = re.compile(r"#[0-9a-f]{6}\b")


def drawn(dossier):
    """Every kind of chart that the notebooks draw of a dossier, by name; one with nothing to show is left out."""
    assumed = conditions.assumptions(dossier)
    made = {
        "matrix": charts.matrix(dossier, titles.matrix(dossier)),
        "room": charts.room(dossier, titles.room(dossier)),
        "conditions": charts.must_come_first(dossier, titles.must_come_first(dossier)),
        "assumed": charts.must_come_first(dossier, titles.must_come_first(dossier, assumed), assumed),
        "chains": charts.chains(dossier, titles.chains(dossier)),
        "leave_one_out": charts.leave_one_out(dossier, titles.leave_one_out(dossier)),
        "timeline": charts.order(dossier, titles.order(dossier)),
    }
    for issue in ("", dossier.issues["id"].iloc[-1]):
        made[f"distances {issue}"] = charts.distances(dossier, titles.distances(dossier, issue), issue)
        made[f"quantities {issue}"] = charts.quantities(dossier, titles.quantities(dossier, issue), issue)
    for party in tables.parties(dossier):
        made[f"firmness {party}"] = charts.firmness(dossier, party, titles.firmness(dossier, party))
    for claim in claims.spread(dossier)["claim"].head(2):
        made[f"wordings {claim}"] = charts.wordings(dossier, claim, titles.wordings(dossier, claim))
    return {name: chart.to_dict() for name, chart in made.items() if chart is not None}


def hostile(folder):
    """The invented dossier with a long and hostile label for an actor, an issue and an act in its charts."""
    invented(folder)
    for table, row, column in (
        ("actors", "company", "label"),
        ("actors", "company", "short"),
        ("issues", "pay", "label"),
        ("events", "end_strike", "label"),
    ):
        path = folder / f"{table}.csv"
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        rows.loc[rows["id"] == row, column] = HOSTILE[:200]
        rows.to_csv(path, index=False)
    return tables.load(folder)


@pytest.fixture(scope="module", params=["real", "invented"])
def dossier(request, tmp_path_factory):
    return tables.load("" if request.param == "real" else invented(tmp_path_factory.mktemp("invented")))


@pytest.fixture(scope="module")
def specs(dossier):
    return drawn(dossier)


def layers(spec):
    """Every part of a specification that has a mark of its own."""
    if "mark" in spec:
        yield spec
    for part in (*spec.get("layer", ()), *filter(None, [spec.get("spec")])):
        yield from layers(part)


def both(spec):
    return {"wide": spec, "narrow": spec["usermeta"]["parley"]["narrow"]}


def data(spec):
    """All data rows of a specification."""
    return [row for rows in spec.get("datasets", {}).values() for row in rows]


def widths(spec, capfd):
    """The width of the drawing at both sizes; fails where vl-convert does not draw it, or warns."""
    found = {}
    for size, one in both(spec).items():
        svg = vl_convert.vegalite_to_svg(json.dumps(one | {"usermeta": {}}), vl_version="6.4")
        found[size] = float(xml.fromstring(svg).get("width"))
        assert (size, capfd.readouterr()) == (size, ("", ""))
    return found


def test_every_chart_says_what_it_shows_and_holds_its_rows(specs):
    assert len(specs) >= 13
    for name, spec in specs.items():
        meta = spec["usermeta"]["parley"]
        for size, one in both(spec).items():
            assert "".join(one["title"]["text"]), (name, size)
            assert "".join(one["title"]["subtitle"]), (name, size)
            assert one["description"] == spec["description"], (name, size)
        assert re.fullmatch(r"[a-z0-9_-]+", meta["id"]), name
        assert meta["rows"], name
        assert all(list(row) == list(dict(meta["columns"])) for row in meta["rows"]), name


def test_the_alt_text_names_every_party_and_issue_that_is_drawn(dossier, specs):
    short, label = names(dossier, short=True), names(dossier)
    for party in positions.speakers(dossier):
        assert short[party] in specs["matrix"]["description"]
        assert short[party] in specs["room"]["description"]
    for issue in dossier.issues["id"]:
        assert label[issue] in specs["matrix"]["description"]
    for name, spec in specs.items():
        keys = {"party_name", "issue_name"} if name not in ("timeline",) else set()
        told = {row[key] for row in spec["usermeta"]["parley"]["rows"] for key in keys & row.keys()}
        assert [text for text in told if text not in spec["description"]] == [], name


def test_the_alt_text_tells_every_mark_of_a_listing(specs):
    for name, spec in specs.items():
        if name.split()[0] in ("conditions", "assumed", "chains", "timeline", "distances", "quantities", "wordings"):
            words = {row["words"] for row in data(spec) if "words" in row and "link" in row}
            acts = {row["words"] for row in data(spec) if "event" in row and "link" in row}
            assert [text for text in words - acts if text not in spec["description"]] == [], name


def test_marks_with_words_have_a_link_and_every_link_meets_a_row(dossier, specs):
    ids = {row for table in dossier.schema["resources"] for row in getattr(dossier, table["name"])["id"]}
    for name, spec in specs.items():
        for size, one in both(spec).items():
            told = [part for part in layers(one) if "description" in part.get("encoding", {})]
            assert told, (name, size)
            assert all("href" in part["encoding"] and "tooltip" in part["encoding"] for part in told), (name, size)
            links = [row["link"] for row in data(one) if "link" in row]
            assert links, (name, size)
            assert {link for link in links if not link.startswith("#") or link[1:] not in ids} == set(), (name, size)
        cited = {row for cells in spec["usermeta"]["parley"]["rows"] for row in cells.get("cite", ())}
        assert cited <= ids, name


def test_a_party_has_one_colour_in_all_charts(dossier, specs):
    colours = theme.party_colours(dossier)
    assert len(set(colours.values())) == len(colours)
    scales = {
        (party, colour)
        for spec in specs.values()
        for one in both(spec).values()
        for part in layers(one)
        for scale in [part.get("encoding", {}).get("color", {}).get("scale") or {}]
        for party, colour in zip(scale.get("domain", []), scale.get("range", []), strict=True)
        if party in colours
    }
    assert scales == set(colours.items())


def test_colours_come_from_the_palette(specs):
    known = {light for light, _ in palette.COLOURS.values()}
    for name, spec in specs.items():
        for size, one in both(spec).items():
            drawing = json.dumps(
                {key: one[key] for key in ("config", "layer", "spec", "mark", "encoding") if key in one}
            )
            assert set(COLOUR.findall(drawing)) <= known, (name, size)


def test_silence_looks_neither_like_refusal_nor_like_description(specs):
    for size, one in both(specs["matrix"]).items():
        silent, spoken = [], {}
        for part in layers(one):
            mark = part["mark"]
            if mark["type"] == "rect" and "fill" in mark:
                silent.append((mark["fill"], mark["stroke"], tuple(mark["strokeDash"])))
            elif mark["type"] == "rect":
                scale = part["encoding"]["color"]["scale"]
                spoken = dict(zip(scale["domain"], scale["range"], strict=True))
        assert silent == [(palette.PAPER, palette.SILENCE, (3, 3))], size
        assert len({palette.PAPER, spoken["describes"], spoken["refuses"]}) == 3, size


def test_silence_says_that_it_is_silence(dossier, specs):
    cells = positions.matrix(dossier)
    said = [row["said"] for row in specs["matrix"]["usermeta"]["parley"]["rows"]]
    assert [text == "silent" for text in said] == [not ids for ids in cells["statements"]]


def test_every_chart_is_drawn_at_both_widths_without_a_warning(specs, capfd):
    too_wide = {
        (name, size, width)
        for name, spec in specs.items()
        for size, width in widths(spec, capfd).items()
        if width > WIDEST[size]
    }
    assert too_wide == set()


def test_hostile_and_long_labels_break_no_chart(tmp_path, capfd):
    specs = drawn(hostile(tmp_path / "hostile"))
    wide = {(name, size, width) for name, spec in specs.items() for size, width in widths(spec, capfd).items()}
    assert {each for each in wide if each[2] > WIDEST[each[1]]} == set()
    assert HOSTILE[:40] in specs["matrix"]["description"]


def test_a_chart_that_cuts_says_how_many_more_there_are(dossier, monkeypatch):
    monkeypatch.setattr(origins, "MOST", 3)
    monkeypatch.setattr("parley.charts.timeline.MOST", 5)
    told = sources.told(dossier).groupby(["chain", "forms"]).ngroups
    entries = len(timeline.timeline(dossier))
    for chart, shown, total in (
        (charts.chains(dossier, "Chains"), 3, told),
        (charts.order(dossier, "Order"), 5, entries),
    ):
        spec = chart.to_dict()
        for one in both(spec).values():
            said = " ".join(one["title"]["subtitle"])
            assert re.search(rf"Of {total} \w+ the (first )?{shown}\b.* are drawn\.", said)
            assert len({row["words"] for row in data(one)}) <= shown
        assert len(spec["usermeta"]["parley"]["rows"]) == total


def test_very_many_requests_are_counted_by_issue_and_answer(dossier, monkeypatch):
    rows = offers.against(dossier)
    monkeypatch.setattr("parley.charts.apart.MOST", 3)
    spec = charts.distances(dossier, "Asked").to_dict()
    asked = rows.groupby(["issue", "asker", "giver"]).size().nlargest(3).sum()
    for one in both(spec).values():
        shown = {row["words"]: int(row["also"]) for row in data(one)}
        assert sum(shown.values()) == asked
        assert "Numbers: how many acts" in " ".join(one["title"]["subtitle"])


def test_very_many_statements_of_a_party_are_counted_by_stance(dossier, monkeypatch):
    monkeypatch.setattr("parley.charts.firm.MOST", 2)
    party = tables.parties(dossier)[0]
    said = positions.of_party(dossier, party)
    spec = charts.firmness(dossier, party, "Firm").to_dict()
    for one in both(spec).values():
        shown = {(row["issue_name"], row["words"]): int(row["times"]) for row in data(one)}
        assert sum(shown.values()) == said["stance"].isin(sources.POSITIONS).sum()
        assert "Numbers: statements" in " ".join(one["title"]["subtitle"])


def test_very_many_positions_are_cut_to_those_that_rest_on_the_fewest_origins(dossier, monkeypatch):
    falls = sources.leave_one_out(dossier)["falls"].sum()
    monkeypatch.setattr(origins, "ROWS", int(falls))
    spec = charts.leave_one_out(dossier, "Falls").to_dict()
    assert {row["fate"] for row in spec["usermeta"]["parley"]["rows"]} == {"falls"}
    assert f"the {falls} that rest on the fewest are drawn" in " ".join(spec["title"]["subtitle"])


def test_of_a_long_graph_whole_circles_are_drawn_first():
    tied = [("a", "b"), ("b", "c"), ("d", "e"), ("e", "d")]
    made = [{"withheld": one, "required": other, "party": "mill", "statement": "s1"} for one, other in tied]
    small_ = small.dossier(statements=[{"party": "mill", "stance": "requires"}], conditions=made)
    drawn_ = charts_of_conditions._weightiest(small_, conditions.edges(small_))
    assert drawn_["withheld"].tolist() == ["d", "e", "a", "b"]


def test_rows_and_sources_that_are_left_out_under_a_chart_are_told(monkeypatch):
    monkeypatch.setattr(theme, "MOST", 2)
    monkeypatch.setattr(theme, "CITED", 1)
    rows = pd.DataFrame({"x": [1, 2, 3], "cite": [("s1", "s2"), ("s3",), ("s4",)]})

    def of(rows):
        made = {"name": "c", "title": "T", "subtitle": "S", "alt_text": "A", "columns": {"x": "X", "cite": "Rows"}}
        chart = theme.finish(lambda narrow: alt.Chart(theme.drawable(rows)).mark_point(), rows=rows, **made)
        return chart.to_dict()["usermeta"]["parley"]

    assert of(rows)["caption"] == "Kept under the chart: the first 2 of 3 rows; of each row's sources the first 1."
    assert of(rows)["rows"] == [{"x": 1, "cite": ["s1"]}, {"x": 2, "cite": ["s3"]}]
    assert "caption" not in of(rows[1:])


def test_an_act_stands_in_the_same_place_with_and_without_assumptions(specs):
    for with_, without in zip(both(specs["assumed"]).values(), both(specs["conditions"]).values(), strict=True):
        places = [
            {row["event"]: (row["x"], row["y"]) for row in data(one) if "event" in row} for one in (with_, without)
        ]
        assert places[0] == places[1]


def test_edges_that_overlap_run_in_lanes_of_their_own():
    at = pd.DataFrame({"row": range(5)}, index=list("abcde"))
    edges = pd.DataFrame(
        [("a", "b", "x"), ("a", "e", "y"), ("c", "d", "x"), ("d", "b", "z")], columns=["required", "withheld", "kind"]
    )
    lanes = layout.lanes(edges, at)
    assert lanes[0] == lanes[2], "edges that do not meet may share a lane"
    assert len({lanes[0], lanes[1], lanes[3]}) == 3


def test_boxes_of_the_graph_do_not_overlap(specs):
    for name in ("conditions", "assumed"):
        for size, one in both(specs[name]).items():
            boxes = [row for row in data(one) if "x2" in row]
            assert len(boxes) > 10
            for place, a in enumerate(boxes):
                for b in boxes[place + 1 :]:
                    apart = a["x2"] <= b["x"] or b["x2"] <= a["x"] or a["y2"] <= b["y"] or b["y2"] <= a["y"]
                    assert apart, (name, size, a["event"], b["event"])


def test_lines_of_a_long_text_are_cut_where_it_says_so():
    assert theme.wrap("one two three four five six", 9, 2).endswith("…")
    assert theme.wrap("one two", 20, 2) == "one two"
    assert theme.wrap("", 20) == " "
