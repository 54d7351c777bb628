"""What changed between two states of the tables: rows new, gone and altered, and positions moved."""

import pandas as pd

from parley.analysis.once import once
from parley.analysis.sources import POSITIONS, standing, told

SIDES = {"offers": "gives", "accepts": "gives", "requires": "asks", "demands": "asks", "refuses": "declines"}
"""A party gives, asks or declines: what it says on one side is compared with what it said on that side before."""

TOLD_TABLES = ("articles", "actors", "issues", "events", "statements", "conditions", "offer_terms", "terms")
CODED_TABLES = ("judgements", "questions")
TABLES = (*TOLD_TABLES, *CODED_TABLES)


@once
def rows(before, after):
    """One row per row of the tables that is new or gone, and per cell that is altered. Key: `table`, `id`, `column`.

    `change` is new, gone or altered; `column`, `was` and `now` are "" outside altered ones. Passages and attributions
    belong to articles and statements and are not listed apart.
    """
    found = [_rows(table, getattr(before, table), getattr(after, table)) for table in TABLES]
    return pd.concat(found, ignore_index=True)


def _rows(table, before, after):
    was, now = before.set_index("id"), after.set_index("id")
    both = was.index.intersection(now.index, sort=False)
    ours, theirs = was.loc[both, now.columns], now.loc[both]
    same = (ours == theirs).fillna(False) | (ours.isna() & theirs.isna())
    altered = ~same.all(axis=1)  # few of many, and only these are turned into text
    differs = ours[altered].map(_text).compare(theirs[altered].map(_text), result_names=("was", "now"))
    cells = differs.stack(0, future_stack=True).dropna(how="all").rename_axis(["id", "column"]).reset_index()
    parts = [
        pd.DataFrame({"id": now.index.difference(was.index, sort=False), "change": "new"}),
        pd.DataFrame({"id": was.index.difference(now.index, sort=False), "change": "gone"}),
        cells.assign(change="altered"),
    ]
    columns = ["table", "id", "change", "column", "was", "now"]
    return pd.concat([part.assign(table=table).reindex(columns=columns, fill_value="") for part in parts])


def _text(value):
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if pd.isna(value) else str(value)


@once
def movements(before, after):
    """One row per party, issue, side and kind of act on which its position changed. Key: those four.

    `side` is gives, asks or declines; `kind` is that of the act, "" where the statement names none. `change` is `new`
    (nothing was reported before), `gone` (nothing is reported any more) or `moved` (the newest statement names another
    act, number or firmness). `was` and `now` are the statements that stand for the position before and after, "" where
    there is none: of several the firmest of the last article.
    """
    was, now = _standing(before), _standing(after)
    keys = ["party", "issue", "side", "kind"]
    columns = [*keys, "id", "event", "quantity", "firmness"]
    pairs = was[columns].merge(now[columns], on=keys, how="outer", suffixes=("_was", "_now"), sort=False)
    same = pairs["id_was"].notna() & pairs["id_now"].notna()
    for column in ("event", "quantity", "firmness"):
        was_, now_ = (pairs[f"{column}_{state}"].astype("string").fillna("") for state in ("was", "now"))
        same &= was_ == now_
    pairs["change"] = "moved"
    pairs["change"] = pairs["change"].mask(pairs["id_was"].isna(), "new").mask(pairs["id_now"].isna(), "gone")
    pairs = pairs[~same]
    order = {issue: place for place, issue in enumerate(after.issues["id"])}
    pairs = pairs.rename(columns={"id_was": "was", "id_now": "now"}).fillna({"was": "", "now": ""})
    pairs = pairs.sort_values("issue", key=lambda ids: ids.map(order), kind="stable")
    return pairs[[*keys, "change", "was", "now"]].reset_index(drop=True)


def _standing(dossier):
    """For each party, issue, side and kind of act the statement that stands for it: the firmest of the last article."""
    told_rows = told(dossier)
    told_rows = told_rows[told_rows["stance"].isin(POSITIONS) & (told_rows["party"] != "")]
    told_rows = standing(told_rows).assign(side=told_rows["stance"].map(SIDES))
    told_rows["kind"] = told_rows["event"].map({"": "", **dossier.events.set_index("id")["kind"]})
    return told_rows.drop_duplicates(["party", "issue", "side", "kind"])
