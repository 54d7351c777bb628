"""When: in time where days are known, in order where only an order is told, and apart where neither is."""

import pandas as pd
from small import dossier

from parley.analysis import timeline

DAY = {"date_precision": "day", "date_stated": "on 2 May", "date_from": "2031-05-02", "date_to": "2031-05-02"}
DONE = {"status": "done"}


def entries(**tables):
    return timeline.timeline(dossier(**tables)).set_index("id")


def test_day_range_weekday_order_and_neither_are_five_things_in_four_groups():
    rows = entries(
        events=[
            DONE | {"id": "alone"},
            DONE | {"id": "later", "follows": "earlier"},
            DONE | {"id": "earlier"},
            DONE | {"id": "on_a_tuesday", "date_precision": "weekday", "date_stated": "Tuesday"},
            DONE | {"id": "in_june", "date_precision": "range", "date_from": "2031-06-01", "date_to": "2031-06-30"},
            DONE | {"id": "in_may"} | DAY,
        ]
    )
    assert rows.index.tolist() == ["in_may", "in_june", "on_a_tuesday", "earlier", "later", "alone"]
    assert rows["group"].tolist() == ["dated", "dated", "weekday", "ordered", "ordered", "apart"]
    assert rows.loc["in_june", ["first", "last"]].tolist() == [pd.Timestamp("2031-06-01"), pd.Timestamp("2031-06-30")]
    assert rows.loc["on_a_tuesday":, "first"].isna().all()


def test_steps_follow_the_told_order_and_acts_without_an_order_between_them_share_one():
    rows = entries(
        events=[
            DONE | {"id": "last", "follows": "left right"},
            DONE | {"id": "left", "follows": "start"},
            DONE | {"id": "right", "follows": "start"},
            DONE | {"id": "start"},
        ]
    )
    assert rows["step"].to_dict() == {"start": 1, "left": 2, "right": 2, "last": 3}


def test_a_dated_act_has_no_step_although_an_order_is_told():
    rows = entries(events=[DONE | {"id": "first"} | DAY, DONE | {"id": "then", "follows": "first"}])
    assert rows["group"].to_dict() == {"first": "dated", "then": "ordered"}
    assert rows["step"].isna().to_dict() == {"first": True, "then": False}


def test_what_is_only_proposed_has_no_place_in_time():
    rows = entries(
        events=[
            {"id": "proposed"} | DAY,
            DONE | {"id": "act", "follows": "proposed"},
            {"id": "now", "status": "under_way"},
        ]
    )
    assert rows["group"].to_dict() == {"act": "apart", "now": "apart"}


def test_only_a_given_day_with_a_basis_is_inferred():
    rows = entries(
        events=[
            DONE | {"id": "stated"} | DAY,
            DONE | {"id": "worked_out", "date_basis": "From the weekday."} | DAY,
            DONE | {"id": "no_day", "date_basis": "The text gives none."},
            DONE | {"id": "weekday", "date_precision": "weekday", "date_basis": "Only the weekday is told."},
        ]
    )
    assert rows["inferred"].to_dict() == {"stated": False, "worked_out": True, "weekday": False, "no_day": False}


def test_a_dated_statement_stands_among_the_acts_and_an_undated_or_repeated_one_does_not():
    rows = entries(
        statements=[
            {"party": "mill", "stance": "offers", "summary": "a rise"} | DAY,
            {"party": "mill", "stance": "offers"},
            {"party": "mill", "stance": "offers", "same_as": "s1"} | DAY,
        ]
    )
    assert rows.index.tolist() == ["s1"]
    assert rows.loc["s1", ["what", "label", "actors", "statements"]].tolist() == [
        "statement",
        "a rise",
        ("mill",),
        ("s1",),
    ]
