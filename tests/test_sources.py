"""On whose word it rests: chains, independent origins, and what falls without one of them."""

from small import dossier

from parley.analysis import sources

MILL = {"party": "mill", "stance": "requires"}
PEOPLE = [
    {"id": "mill", "kind": "organisation"},
    {"id": "boss", "kind": "person", "parent": "mill"},
    {"id": "deputy", "kind": "person", "parent": "boss"},
    {"id": "mayor", "kind": "person"},
    {"id": "daily", "kind": "outlet", "role": "outlet"},
    {"id": "clerks", "kind": "unnamed_people"},
]


def chained(*chains, **given):
    """Demands of the mill, one for each chain."""
    return dossier(actors=PEOPLE, statements=[MILL | {"chain": chain} for chain in chains], **given)


def origins_of(*chains):
    return sources.chains(chained(*chains))["origin"].tolist()


def test_two_statements_through_the_same_unnamed_people_and_outlet_are_one_origin():
    one, other, else_where = origins_of("outlet:daily unnamed:clerks", "outlet:daily unnamed:clerks", "unnamed:clerks")
    assert one == other
    assert one != else_where


def test_the_same_named_person_through_two_outlets_is_one_origin():
    assert origins_of("outlet:daily named:boss", "outlet:weekly named:boss", "named:boss") == ["boss"] * 3


def test_two_persons_through_one_outlet_are_two_origins():
    assert origins_of("outlet:daily named:boss", "outlet:daily named:mayor") == ["boss", "mayor"]


def test_an_open_level_makes_the_statement_the_articles():
    rows = sources.chains(chained("not_given: organisation:mill", "", "organisation:mill"))
    assert rows["origin"].tolist() == ["a1", "a1", "mill"]
    assert rows["unsourced"].tolist() == [True, True, False]
    assert rows["resting"].tolist() == ["article", "article", "organisation"]


def test_two_articles_without_a_source_are_two_origins():
    said = [MILL | {"passages": "a1.p01.s1"}, MILL | {"passages": "b2.p01.s1"}]
    assert sources.chains(dossier(statements=said))["origin"].tolist() == ["a1", "b2"]


def test_unnamed_people_are_anonymous_and_not_unsourced():
    row = sources.chains(chained("outlet:daily unnamed:clerks")).iloc[0]
    assert (row["anonymous"], row["unsourced"], row["resting"]) == (True, False, "unnamed")


def test_the_chain_runs_from_the_article_outward_to_the_speaker():
    row = sources.chains(chained("outlet:daily named:boss")).iloc[0]
    assert (row["chain"], row["forms"], row["speaker"]) == (("daily", "boss"), ("outlet", "named"), "boss")


def test_the_order_of_the_rows_does_not_change_a_chain():
    data = chained("outlet:daily named:boss")
    data.attributions[:] = data.attributions.iloc[::-1].to_numpy()
    assert sources.chains(data).iloc[0]["chain"] == ("daily", "boss")


def test_who_does_not_belong_to_the_party_tells_it_second_hand():
    rows = sources.chains(
        chained("named:mayor organisation:mill", "outlet:daily named:deputy", "organisation:mill", "unnamed:clerks", "")
    )
    assert rows["second_hand"].tolist() == [True, False, False, True, False]


def test_the_articles_own_statements_are_never_second_hand():
    said = [{"stance": "asserts", "chain": "named:mayor"}]
    assert not sources.chains(dossier(actors=PEOPLE, statements=said))["second_hand"].any()


def test_a_repeat_is_not_counted_but_gives_weight():
    said = [MILL | {"same_as": "s2"}, MILL, {"party": "union", "stance": "offers"}]
    rows = sources.told(dossier(statements=said))
    assert rows["id"].tolist() == ["s2", "s3"]
    assert rows["weight"].tolist() == [2, 1]


def test_one_chain_counts_once_for_a_finding():
    data = chained("unnamed:clerks", "unnamed:clerks")
    (finding,) = sources.findings(data).to_dict("records")
    assert finding["statements"] == ("s1", "s2")
    assert finding["origins"] == ("clerks",)


def test_describing_makes_no_finding():
    said = [{"party": "mill", "stance": "asserts"}, {"party": "mill", "stance": "expects"}]
    assert sources.findings(dossier(statements=said)).empty


def test_a_finding_on_one_origin_falls_without_it():
    (row,) = sources.leave_one_out(chained("named:boss", "outlet:daily named:boss")).to_dict("records")
    assert (row["origin"], row["falls"]) == ("boss", True)


def test_a_finding_on_two_origins_stands_without_either():
    rows = sources.leave_one_out(chained("named:boss", "unnamed:clerks"))
    assert dict(zip(rows["origin"], rows["falls"], strict=True)) == {"boss": False, "clerks": False}


def test_two_stances_on_one_issue_stand_and_fall_apart():
    said = [MILL | {"chain": "named:boss"}, {"party": "mill", "stance": "refuses", "chain": "named:mayor"}]
    rows = sources.leave_one_out(dossier(actors=PEOPLE, statements=said))
    assert rows["falls"].tolist() == [True, True]


def test_origins_come_the_most_used_first():
    rows = sources.origins(chained("named:mayor", "outlet:daily unnamed:clerks", "outlet:daily unnamed:clerks"))
    assert rows["count"].tolist() == [2, 1]
    assert set(rows["parts"][0]) == {"clerks", "daily"}
    assert rows["parts"][1] == ("mayor",)


def test_shares_count_each_party_and_all():
    said = [
        MILL | {"chain": "named:boss", "rendering": "quoted"},
        MILL | {"chain": "named:mayor organisation:mill"},
        {"party": "union", "stance": "offers", "chain": "unnamed:clerks"},
        {"stance": "asserts"},
    ]
    shares = sources.shares(dossier(actors=PEOPLE, statements=said)).set_index("party")
    counts = ["statements", "quoted", "anonymous", "second_hand", "unsourced"]
    assert shares[counts].to_dict("index") == {
        "": dict(zip(counts, [4, 1, 1, 2, 1], strict=True)),
        "mill": dict(zip(counts, [2, 1, 0, 1, 0], strict=True)),
        "union": dict(zip(counts, [1, 0, 1, 1, 0], strict=True)),
    }


def test_the_weightiest_is_the_firmest_then_the_best_sourced_then_the_most_directly_worded():
    said = [
        MILL | {"firmness": "3", "chain": "named:boss", "rendering": "quoted"},
        MILL | {"firmness": "5", "chain": "unnamed:clerks"},
        MILL | {"firmness": "5", "chain": "named:boss"},
        MILL | {"firmness": "5", "chain": "named:boss", "rendering": "quoted"},
        {"party": "mill", "stance": "asserts"},
    ]
    rows = sources.standing(sources.told(dossier(actors=PEOPLE, statements=said)))
    assert rows["id"].tolist() == ["s4", "s3", "s2", "s1", "s5"]
