"""Who stands where: silence, descriptions and positions are three things, and room is counted alike for all."""

from small import dossier

from parley.analysis import positions


def cell(data, issue, party):
    cells = positions.matrix(data).set_index(["issue", "party"])
    return cells.loc[(issue, party)]


def test_silence_is_not_neutral_and_not_refusal():
    data = dossier(
        issues=[{"id": "pay"}, {"id": "hours"}],
        statements=[
            {"party": "mill", "stance": "refuses", "issue": "hours"},
            {"party": "union", "stance": "requires", "issue": "pay"},
            {"party": "town", "stance": "asserts", "issue": "hours"},
        ],
    )
    silent, refused, described = (cell(data, *key) for key in [("pay", "mill"), ("hours", "mill"), ("hours", "town")])
    assert silent["stance"] == positions.SILENT
    assert refused["stance"] == "refuses"
    assert described["stance"] == positions.DESCRIBES
    assert (silent["statements"], silent["stances"], silent["origins"]) == ((), (), 0)


def test_every_issue_and_speaker_has_a_cell_and_who_only_is_named_has_none():
    data = dossier(
        actors=[{"id": "mill"}, {"id": "union"}, {"id": "town"}],
        issues=[{"id": "pay"}, {"id": "hours"}],
        statements=[{"party": "union", "stance": "offers"}, {"party": "mill", "stance": "refuses"}],
    )
    cells = positions.matrix(data)
    found = list(cells[["issue", "party"]].itertuples(index=False, name=None))
    assert found == [("pay", "mill"), ("pay", "union"), ("hours", "mill"), ("hours", "union")]


def test_the_article_is_no_party():
    data = dossier(statements=[{"stance": "asserts"}, {"party": "mill", "stance": "offers"}])
    assert positions.matrix(data)["party"].tolist() == ["mill"]
    assert positions.room(data)["party"].tolist() == ["mill"]


def test_describing_is_not_a_position_and_has_no_firmness():
    described = cell(dossier(statements=[{"party": "mill", "stance": "characterises"}]), "pay", "mill")
    assert described["stance"] == positions.DESCRIBES
    assert described.isna()["firmness"]
    assert described["statements"] == ("s1",)


def test_a_position_outweighs_a_description_and_the_firmest_comes_first():
    data = dossier(
        statements=[
            {"party": "mill", "stance": "asserts"},
            {"party": "mill", "stance": "offers", "firmness": "2"},
            {"party": "mill", "stance": "refuses", "firmness": "5"},
        ]
    )
    found = cell(data, "pay", "mill")
    assert (found["stance"], found["firmness"]) == ("refuses", 5)
    assert found["statements"] == ("s3", "s2", "s1")
    assert found["stances"] == ("refuses", "offers", "asserts")


def test_a_cell_counts_origins_and_not_statements():
    said = {"party": "mill", "stance": "requires", "chain": "outlet:daily unnamed:clerks"}
    data = dossier(statements=[said, said, said | {"chain": "named:boss"}])
    assert cell(data, "pay", "mill")["origins"] == 2


def test_a_repeat_adds_nothing_to_a_cell():
    said = {"party": "mill", "stance": "requires"}
    data = dossier(statements=[said | {"same_as": "s2", "firmness": "5"}, said])
    found = cell(data, "pay", "mill")
    assert (found["statements"], found["firmness"]) == (("s2",), 4)


def test_a_party_has_its_own_statements_only_the_weightiest_first():
    data = dossier(
        statements=[
            {"party": "mill", "stance": "offers", "firmness": "2"},
            {"party": "union", "stance": "demands", "firmness": "5"},
            {"party": "mill", "stance": "refuses", "firmness": "4"},
        ]
    )
    assert positions.of_party(data, "mill")["id"].tolist() == ["s3", "s1"]


def test_room_counts_each_passage_once_and_no_repeats():
    data = dossier(
        passages=[
            {"id": "a1.p01.s1", "start": "0", "end": "30"},
            {"id": "a1.p01.s2", "start": "31", "end": "51"},
            {"id": "a1.p02.s1", "start": "53", "end": "60"},
        ],
        statements=[
            {"party": "mill", "stance": "refuses", "passages": "a1.p01.s1", "rendering": "quoted"}
            | {"summary": "any rise of pay"},
            {"party": "mill", "stance": "offers", "passages": "a1.p01.s1 a1.p01.s2", "summary": "a talk"},
            {"party": "mill", "stance": "refuses", "passages": "a1.p02.s1", "same_as": "s1", "rendering": "quoted"},
            {"party": "union", "stance": "demands", "passages": "a1.p02.s1", "summary": "pay"},
        ],
    )
    room = positions.room(data).set_index("party")
    counted = ["statements", "quotations", "refusals", "words", "characters"]
    assert room.loc["mill", counted].tolist() == [2, 1, 1, 6, 50]
    assert room.loc["union", counted].tolist() == [1, 0, 0, 1, 7]
