"""Offer against demand: met, offered in another order, another amount, refused or without an answer."""

import pytest
from small import dossier

from parley.analysis import acts, offers

ACTS = [
    {"id": "pause", "kind": "pause", "issue": "strike", "actors": "union"},
    {"id": "week", "kind": "pause", "issue": "truce", "actors": "union"},
    {"id": "end", "kind": "end", "issue": "strike", "actors": "union"},
    {"id": "rise", "kind": "concession", "issue": "pay", "actors": "mill"},
    {"id": "big_rise", "kind": "concession", "issue": "pay", "actors": "mill"},
    {"id": "vote", "kind": "protest", "issue": "strike", "actors": "union"},
    {"id": "aid", "kind": "aid", "issue": "help"},
]
ASKS = {"id": "ask", "party": "mill", "stance": "requires", "event": "pause", "issue": "strike"}
FIRST = {"statement": "ask", "party": "mill", "withheld": "rise", "required": "pause"}


def says(stance, event, **more):
    issue = next(act["issue"] for act in ACTS if act["id"] == event)
    return {"id": f"{stance}_{event}", "party": "union", "stance": stance, "event": event, "issue": issue} | more


def met(*answers, ask=ASKS, conditions=()):
    """How the one thing that is asked for is met."""
    (row,) = offers.against(dossier(events=ACTS, statements=[ask, *answers], conditions=list(conditions))).to_dict(
        "records"
    )
    return row


def test_silence_is_no_refusal():
    row = met()
    assert (row["relation"], row["giver"], row["gives"], row["refuses"]) == ("silent", "union", (), ())


def test_a_refusal_is_no_silence():
    row = met(says("refuses", "pause"))
    assert (row["relation"], row["refuses"]) == ("refused", ("refuses_pause",))


def test_describing_is_no_answer():
    assert met(says("characterises", "pause"))["relation"] == "silent"


def test_the_very_act_offered_is_offered():
    row = met(says("offers", "pause"), conditions=[FIRST])
    assert (row["relation"], row["gives"]) == ("offered", ("offers_pause",))


def test_an_acceptance_outweighs_an_offer():
    assert met(says("offers", "pause"), says("accepts", "pause"))["relation"] == "accepted"


def test_a_statement_that_accepts_the_condition_counts_as_accepted_on_another_act_too():
    row = met(says("offers", "vote"), conditions=[FIRST | {"answer": "accepted", "answered_by": "offers_vote"}])
    assert (row["relation"], row["gives"]) == ("accepted", ("offers_vote",))


def test_the_same_substance_required_first_is_offered_in_another_order():
    row = met(says("offers", "week"), conditions=[FIRST])
    assert (row["relation"], row["gives"]) == ("other_order", ("offers_week",))


def test_the_very_act_withheld_until_another_step_is_offered_in_another_order():
    own = {"party": "union", "withheld": "pause", "required": "rise", "statement": "offers_pause"}
    assert met(says("offers", "pause"), conditions=[FIRST, own])["relation"] == "other_order"


def test_the_same_substance_in_an_exchange_is_not_another_order():
    exchange = FIRST | {"operator": "in_exchange"}
    assert met(says("offers", "week"), conditions=[exchange])["relation"] == "differs"


def test_something_else_on_the_issue_is_a_real_gap():
    assert met(says("offers", "vote"), conditions=[FIRST])["relation"] == "differs"


def test_an_end_is_not_a_pause():
    ask = ASKS | {"event": "end"}
    row = met(says("offers", "week"), ask=ask, conditions=[FIRST | {"required": "end"}])
    assert row["relation"] == "silent"


def test_an_offer_and_a_refusal_can_stand_side_by_side():
    row = met(says("offers", "week"), says("refuses", "pause"), conditions=[FIRST])
    assert (row["relation"], row["refuses"]) == ("other_order", ("refuses_pause",))


def test_what_answers_the_condition_with_a_refusal_refuses_whatever_act_it_names():
    answered = FIRST | {"answer": "refused", "answered_by": "refuses_vote"}
    assert met(says("refuses", "vote"))["relation"] == "silent"
    assert met(says("refuses", "vote"), conditions=[answered])["refuses"] == ("refuses_vote",)


@pytest.mark.parametrize("event", ["rise", "big_rise"])
def test_another_amount_is_a_gap_whether_the_act_is_another_or_the_same(event):
    ask = {"id": "ask", "party": "union", "stance": "requires", "event": "rise", "quantity": "9", "unit": "percent"}
    given = {"id": "give", "party": "mill", "stance": "offers", "event": event, "quantity": "4", "unit": "percent"}
    first = {"statement": "ask", "party": "union", "withheld": "end", "required": "rise"}
    assert met(given, ask=ask, conditions=[first])["relation"] == "differs"
    same = met(given | {"quantity": "9"}, ask=ask, conditions=[first])["relation"]
    assert same == ("offered" if event == "rise" else "other_order")


def test_numbers_of_different_units_do_not_differ():
    ask = {"id": "ask", "party": "union", "stance": "requires", "event": "rise", "quantity": "9", "unit": "percent"}
    given = {"id": "give", "party": "mill", "stance": "offers", "event": "rise", "quantity": "300", "unit": "money"}
    assert met(given, ask=ask)["relation"] == "offered"


def test_an_act_by_nobody_named_is_asked_of_whoever_offers_or_refuses_it():
    ask = {"id": "ask", "party": "mill", "stance": "demands", "event": "aid", "issue": "help"}
    assert met(ask=ask)["giver"] == ""
    assert met(says("offers", "aid"), ask=ask)["giver"] == "union"
    refused = met(says("refuses", "aid"), ask=ask)
    assert (refused["giver"], refused["relation"]) == ("union", "refused")


def test_nobody_answers_its_own_demand():
    assert met(says("offers", "pause", party="mill"), says("refuses", "pause", party="mill"))["relation"] == "silent"


def test_a_repeat_is_neither_asked_nor_given_twice():
    row = met(
        ASKS | {"id": "again", "same_as": "ask"},
        says("offers", "pause"),
        says("offers", "pause", id="o2", same_as="offers_pause"),
    )
    assert (row["asks"], row["gives"]) == (("ask",), ("offers_pause",))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"kind": "pause", "issue": "strike", "actors": ("union",)}, True),
        ({"kind": "pause", "issue": "truce", "actors": ("union",)}, True),
        ({"kind": "pause", "issue": "truce", "actors": ()}, False),
        ({"kind": "pause", "issue": "strike", "actors": ()}, True),
        ({"kind": "pause", "issue": "strike", "actors": ("mill",)}, False),
        ({"kind": "end", "issue": "strike", "actors": ("union",)}, False),
    ],
)
def test_substance_is_kind_actors_and_issue_and_stops_are_alike_on_any_issue(other, same):
    one = {"kind": "pause", "issue": "strike", "actors": ("union",)}
    assert alike(one, other) is same


def test_acts_that_are_no_stops_are_not_alike_on_another_issue():
    one = {"kind": "aid", "issue": "help", "actors": ("union",)}
    assert not alike(one, one | {"issue": "pay"})


def alike(*acts_):
    """Whether two acts are the same in substance."""
    rows = [act | {"id": f"act{n}", "actors": " ".join(act["actors"])} for n, act in enumerate(acts_)]
    found = acts.substances(dossier(events=rows))
    return acts.same_substance(found["act0"], found["act1"])


def test_opposition_stands_as_firm_as_its_softer_side():
    data = dossier(
        events=ACTS,
        statements=[
            ASKS | {"firmness": "5"},
            says("refuses", "pause", firmness="3"),
            {"party": "union", "stance": "demands", "event": "rise", "firmness": "4"},
            {"party": "mill", "stance": "refuses", "event": "rise", "firmness": "4"},
            {"party": "town", "stance": "demands", "event": "aid", "issue": "help"},
        ],
    )
    rows = offers.opposition(data)
    assert rows["issue"].tolist() == ["pay", "strike"]
    assert rows["firmness"].tolist() == [4, 3]
    assert (rows["asks"][1], rows["refuses"][1], rows["parties"][1]) == (("ask",), ("refuses_pause",), 2)


def test_nobody_is_opposed_where_nothing_is_refused():
    assert offers.opposition(dossier(events=ACTS, statements=[ASKS, says("offers", "pause")])).empty


def number(party, stance, value, unit="percent", issue="pay"):
    return {"party": party, "stance": stance, "quantity": value, "unit": unit, "issue": issue}


def test_quantities_are_paired_where_both_sides_give_one():
    rows = offers.quantities(dossier(statements=[number("mill", "offers", "4"), number("union", "demands", "9")]))
    assert rows["paired"].tolist() == [True, True]
    assert rows["side"].tolist() == ["gives", "asks"]


@pytest.mark.parametrize(
    "other",
    [
        {"party": "union", "stance": "demands"},
        number("union", "demands", "300", unit="money"),
        number("union", "demands", "9", issue="hours"),
        number("union", "offers", "9"),
        number("mill", "demands", "9"),
        number("union", "asserts", "9"),
        number("union", "refuses", "9"),
    ],
)
def test_quantities_are_not_paired_where_only_one_side_gives_one(other):
    rows = offers.quantities(dossier(statements=[number("mill", "offers", "4"), other]))
    assert not rows["paired"].any()


def test_the_same_number_said_twice_is_one_row_with_both_statements():
    said = number("mill", "offers", "4")
    (row,) = offers.quantities(dossier(statements=[said, said])).to_dict("records")
    assert row["statements"] == ("s1", "s2")
