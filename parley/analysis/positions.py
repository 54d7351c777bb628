"""Who stands where: issue by party, firmness, and how much room each party gets."""

import pandas as pd

from parley.analysis.once import once
from parley.analysis.sources import POSITIONS, standing, told

SILENT, DESCRIBES = "silent", "describes"


def speakers(dossier):
    """The parties that say anything, in the order of the actors."""
    said = set(dossier.statements["party"])
    return [actor for actor in dossier.actors["id"] if actor in said]


@once
def matrix(dossier):
    """One row per issue and party that says anything, silence included. Key: `issue`, `party`.

    `stance` is that of the first standing statement (see `sources.standing`); `describes` where the party speaks on
    the issue and takes no position; `silent` where no statement of it is reported. `firmness` is that of the same
    statement, missing without a position. `stances` are all its stances and `statements` all its ids, in that order;
    `origins` counts independent origins.
    """
    rows = told(dossier)
    rows = rows[rows["party"] != ""]
    positions = rows["stance"].isin(POSITIONS)
    rows = pd.concat([standing(rows[positions]), rows[~positions]])
    cells = rows.groupby(["issue", "party"]).agg(
        stance=("stance", "first"),
        firmness=("firmness", "first"),
        stances=("stance", lambda values: tuple(dict.fromkeys(values))),
        origins=("origin", "nunique"),
        statements=("id", tuple),
    )
    every = pd.MultiIndex.from_product([dossier.issues["id"], speakers(dossier)], names=["issue", "party"])
    cells = cells.reindex(every).reset_index()
    silent = cells["stance"].isna()
    cells["stance"] = cells["stance"].where(cells["stance"].isin(POSITIONS), DESCRIBES).mask(silent, SILENT)
    cells["origins"] = cells["origins"].fillna(0).astype(int)
    for column in ("stances", "statements"):
        cells[column] = [value if isinstance(value, tuple) else () for value in cells[column]]
    return cells


def of_party(dossier, party):
    """The party's statements, those that stand first: one row per statement that is not a repeat."""
    rows = told(dossier)
    return standing(rows[rows["party"] == party])


def room(dossier):
    """One row per party that says anything: how much room it gets in the source and in the report. Key: `party`.

    `characters`: of the passages that carry its statements, counted once each; `statements`, `quotations` and
    `refusals`: counts without repeats; `words`: of the coder's summaries.
    """
    rows = told(dossier)
    rows = rows[rows["party"] != ""]
    lengths = dossier.passages.set_index("id").eval("end - start")
    carried = rows[["party", "passages"]].explode("passages").drop_duplicates()
    frame = rows.groupby("party").agg(
        statements=("id", "size"),
        quotations=("rendering", lambda values: int((values == "quoted").sum())),
        refusals=("stance", lambda values: int((values == "refuses").sum())),
        words=("summary", lambda texts: int(texts.str.split().str.len().sum())),
    )
    frame["characters"] = carried.groupby("party")["passages"].agg(lambda ids: int(lengths.reindex(ids).sum()))
    return frame.reindex(speakers(dossier)).reset_index()
