"""What must come before what: circles with and without assumptions, and conditions that mirror each other."""

import random
from itertools import combinations

import networkx as nx
import pytest
from small import dossier

from parley.analysis import conditions


def tied(*rows, judgements=("j1", "j2", "j3"), **given):
    """A dossier of conditions: `withheld required party`, with an assumption instead of a party where one is named."""
    made = []
    for number, row in enumerate(rows):
        withheld, required, who, *operator = row.split()
        basis = (
            {"basis": "assumed", "assumption": who} if who in judgements else {"party": who, "statement": f"s{number}"}
        )
        made.append(
            {"withheld": withheld, "required": required, "operator": operator[0] if operator else "before"} | basis
        )
    said = [{"id": f"s{n}", "party": row.get("party", ""), "stance": "requires"} for n, row in enumerate(made)]
    return dossier(conditions=made, statements=said, judgements=[{"id": name} for name in judgements], **given)


def test_conditions_in_a_row_close_no_circle():
    assert conditions.circles(tied("gates order mill", "order strike town")).empty


def test_reported_conditions_alone_close_a_circle():
    data = tied("gates order mill", "order strike town", "strike gates union", "plan pledge mill")
    (circle,) = conditions.circles(data).to_dict("records")
    assert circle["events"] == ("gates", "order", "strike")
    assert circle["assumptions"] == ()
    assert circle["conditions"] == ("c1", "c2", "c3")
    assert circle["statements"] == ("s0", "s1", "s2")
    assert circle["parties"] == ("mill", "town", "union")


def test_a_circle_that_an_assumption_closes_names_it():
    data = tied("gates order mill", "order gates j2", "order plan j1")
    (circle,) = conditions.circles(data).to_dict("records")
    assert (circle["events"], circle["assumptions"]) == (("gates", "order"), ("j2",))
    assert (circle["conditions"], circle["statements"]) == (("c1", "c2"), ("s0",))


def test_no_circle_needs_an_assumption_where_one_closes_without():
    data = tied("gates order mill", "order gates town", "plan pledge mill", "pledge plan j1")
    assert conditions.circles(data)["assumptions"].tolist() == [()]


def test_the_smallest_set_of_assumptions_is_named():
    data = tied("a b mill", "b c j1", "c a j2", "b d j3", "d a union")
    (circle,) = conditions.circles(data).to_dict("records")
    assert (circle["events"], circle["assumptions"]) == (("a", "b", "d"), ("j3",))


def test_two_assumptions_are_named_where_one_closes_nothing():
    data = tied("a b mill", "b c j1", "c a j3", "c d j2")
    (circle,) = conditions.circles(data).to_dict("records")
    assert circle["assumptions"] == ("j1", "j3")


def test_a_circle_of_exchanges_only_is_a_deal_and_no_circle():
    exchanges = ["rise pause mill in_exchange", "pause rise union in_exchange"]
    assert conditions.circles(tied(*exchanges)).empty
    assert len(conditions.circles(tied(exchanges[0], "pause rise union only_if"))) == 1


def test_one_circle_is_told_once_wherever_it_starts():
    assert len(conditions.circles(tied("c a union", "a b mill", "b c town"))) == 1


def test_two_circles_are_told_apart():
    circles = conditions.circles(tied("a b mill", "b a union", "c d mill", "d c union"))
    assert set(circles["events"]) == {("a", "b"), ("c", "d")}


def test_closed_tells_every_circle_with_the_assumptions_given_and_none_that_needs_another():
    data = tied("a b mill", "b a union", "c d mill", "d c j1")
    assert conditions.closed(data)["events"].tolist() == [("a", "b")]
    assert conditions.closed(data, ["j1"])["assumptions"].tolist() == [(), ("j1",)]


@pytest.mark.parametrize("seed", range(20))
def test_no_other_way_of_choosing_finds_a_smaller_set_of_assumptions(seed):
    """Against the plain way: every set of assumptions on the whole graph, and every simple circle in it."""
    dice = random.Random(seed)
    rows = {(a, b, dice.choice(["mill", "j1", "j2", "j3"])) for a, b in (dice.sample("abcdefg", 2) for _ in range(9))}
    data = tied(*(" ".join(row) for row in sorted(rows)))
    sets = [chosen for size in range(4) for chosen in combinations(["j1", "j2", "j3"], size)]
    closing = [
        chosen
        for chosen in sets
        if list(nx.simple_cycles(nx.DiGraph([(a, b) for a, b, who in rows if who in ("mill", *chosen)])))
    ]
    circles = conditions.circles(data)
    assert len(circles) == 0 if not closing else set(circles["assumptions"].map(len)) == {len(closing[0])}
    assert {frozenset(names) for names in circles["assumptions"]} <= {frozenset(names) for names in closing}


def test_no_conditions_close_nothing():
    assert conditions.circles(dossier()).empty
    assert conditions.mirrors(dossier()).empty


def test_assumed_edges_stand_only_where_they_are_asked_for():
    data = tied("a b mill", "b c j1", "c a j2")
    assert conditions.edges(data)["basis"].tolist() == ["reported"]
    edges = conditions.edges(data, ["j2"])
    assert edges[["withheld", "required", "basis", "assumption"]].to_numpy().tolist() == [
        ["a", "b", "reported", ""],
        ["c", "a", "assumed", "j2"],
    ]
    assert conditions.assumptions(data) == ["j1", "j2"]


def test_conditions_on_the_same_two_acts_are_one_edge_and_reported_outweighs_assumed():
    (edge,) = conditions.edges(tied("a b j1", "a b mill in_exchange", "a b union"), ["j1"]).to_dict("records")
    assert edge["conditions"] == ("c1", "c2", "c3")
    assert edge["parties"] == ("mill", "union")
    assert edge["basis"] == "reported"
    assert edge["strict"]


def test_an_exchange_alone_is_not_strict():
    assert conditions.edges(tied("a b mill in_exchange"))["strict"].tolist() == [False]


ACTS = [
    {"id": "release", "kind": "release", "issue": "people", "actors": "union"},
    {"id": "other_release", "kind": "release", "issue": "people", "actors": "union"},
    {"id": "raise", "kind": "concession", "issue": "pay", "actors": "mill"},
    {"id": "bonus", "kind": "aid", "issue": "pay", "actors": "mill"},
]


def test_mirror_conditions_are_found_where_no_circle_closes():
    data = tied("raise release mill", "other_release bonus union", events=ACTS)
    assert conditions.circles(data).empty
    (pair,) = conditions.mirrors(data).to_dict("records")
    assert (pair["conditions"], pair["mirrors"], pair["parties"]) == (("c1",), ("c2",), ("mill", "union"))
    assert [pair[name] for name in ("ours", "theirs", "withheld", "required")] == [
        "raise",
        "release",
        "other_release",
        "bonus",
    ]
    assert pair["statements"] == ("s0", "s1")


def test_a_party_does_not_mirror_itself():
    assert conditions.mirrors(tied("raise release mill", "other_release bonus mill", events=ACTS)).empty


def test_an_assumption_mirrors_nothing():
    assert conditions.mirrors(tied("raise release mill", "other_release bonus j1", events=ACTS)).empty


def test_an_exchange_mirrors_nothing_since_nobody_goes_first():
    assert conditions.mirrors(tied("raise release mill", "other_release bonus union in_exchange", events=ACTS)).empty


def test_conditions_about_other_people_do_not_mirror():
    acts = [*ACTS, {"id": "their_release", "kind": "release", "issue": "people", "actors": "town"}]
    assert conditions.mirrors(tied("raise release mill", "their_release bonus union", events=acts)).empty
