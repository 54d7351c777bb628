"""One claim in several wordings, rival descriptions of one act, motives, and names for one thing."""

from small import dossier

from parley.analysis import claims

ASKS = {"party": "mill", "stance": "requires", "claim": "halt", "event": "pause", "chain": "unnamed:clerks"}


def test_a_claim_in_one_form_has_no_wordings():
    data = dossier(statements=[ASKS, ASKS | {"chain": "named:boss", "rendering": "quoted"}])
    assert claims.wordings(data).empty
    assert claims.spread(data).empty


def test_act_firmness_issue_and_hedge_make_another_wording():
    for change in ({"event": "end"}, {"firmness": "5"}, {"issue": "hours"}, {"hedge": "all"}):
        assert claims.wordings(dossier(statements=[ASKS, ASKS | change]))["id"].tolist() == ["s1", "s2"], change


def test_a_repeat_is_no_wording():
    assert claims.wordings(dossier(statements=[ASKS, ASKS | {"event": "end", "same_as": "s1"}])).empty


def test_two_claims_are_not_two_wordings():
    assert claims.wordings(dossier(statements=[ASKS, ASKS | {"event": "end", "claim": "other"}])).empty


def best(*statements):
    rows = claims.wordings(dossier(statements=list(statements)))
    return rows.loc[rows["best"], "id"].tolist()


def test_a_named_speaker_is_better_sourced_than_an_organisation_an_outlet_unnamed_people_and_the_article():
    chains = ["", "unnamed:clerks", "outlet:daily", "organisation:mill", "named:boss"]
    said = [ASKS | {"chain": chain, "firmness": str(5 - place)} for place, chain in enumerate(chains)]
    for last in range(2, 6):
        assert best(*said[:last]) == [f"s{last}"], chains[last - 1]


def test_of_two_equal_sources_the_quoted_and_then_the_firmer_is_best():
    quoted = ASKS | {"rendering": "quoted", "firmness": "3"}
    assert best(ASKS | {"firmness": "5"}, quoted) == ["s2"]
    assert best(quoted, quoted | {"firmness": "4"}) == ["s2"]


def test_the_spread_tells_acts_firmness_origins_and_the_best():
    data = dossier(
        statements=[
            ASKS | {"firmness": "3"},
            ASKS | {"firmness": "3"},
            ASKS | {"event": "end", "firmness": "5", "chain": "named:boss"},
        ],
        conditions=[
            {"statement": "s1", "party": "mill", "withheld": "talks", "required": "pause"},
            {"statement": "s3", "party": "mill", "withheld": "deal", "required": "end"},
        ],
    )
    (claim,) = claims.spread(data).to_dict("records")
    assert (claim["asked"], claim["withheld"]) == (("pause", "end"), ("talks", "deal"))
    assert (claim["low"], claim["high"], claim["origins"], claim["best"]) == (3, 5, 2, "s3")
    assert claim["statements"] == ("s1", "s2", "s3")


def test_the_claim_whose_acts_differ_most_comes_first():
    pay = {"party": "union", "stance": "demands", "claim": "pay", "event": "rise"}
    data = dossier(statements=[pay, pay | {"firmness": "5"}, ASKS, ASKS | {"event": "end"}])
    assert claims.spread(data)["claim"].tolist() == ["halt", "pay"]


def test_descriptions_compete_only_where_two_describe_one_act():
    said = {"stance": "characterises", "event": "strike"}
    data = dossier(
        statements=[
            said | {"party": "mill"},
            said | {"party": "mill", "event": "vote"},
            said | {"stance": "asserts", "event": "rain"},
            said | {"party": "mill", "event": "rain"},
            said | {"party": "union"},
            said | {"party": "town", "event": ""},
            {"party": "union", "stance": "demands", "event": "vote"},
        ]
    )
    rows = claims.descriptions(data)
    assert rows["id"].tolist() == ["s1", "s5", "s3", "s4"]
    assert rows["party"].tolist() == ["mill", "union", "", "mill"]


def test_only_a_motive_given_to_another_is_a_motive():
    said = {"party": "union", "stance": "characterises"}
    assert claims.motives(dossier(statements=[said, said | {"motive_of": "mill"}]))["id"].tolist() == ["s2"]


def test_all_names_for_one_thing_stand_together_actors_before_acts_before_issues():
    data = dossier(
        actors=[{"id": "mill"}],
        events=[{"id": "strike"}],
        issues=[{"id": "pay"}],
        terms=[{"names": name, "expression": name} for name in ("pay", "strike", "mill", "strike")],
    )
    rows = claims.terms(data)
    assert rows["id"].tolist() == ["t3", "t2", "t4", "t1"]
    assert rows["kind"].tolist() == ["actors", "events", "events", "issues"]
