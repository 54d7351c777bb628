"""When it was done and said: in time where days are known, in order where only an order is told."""

import networkx as nx
import pandas as pd


def timeline(dossier):
    """One row per act done or under way and per dated statement. Key: `id`.

    `group` is `dated` (a day or a range), `weekday` (only a weekday), `ordered` (only an order is told) or `apart`
    (neither). `first` and `last` are the possible days, NaT without. `step` counts the places in the told order from 1,
    missing outside `ordered`; acts with the same step have no told order between them. `inferred` where a day is given
    with a basis and not stated. Dated rows come in time, weekdays in the order of the tables, ordered ones by step.
    """
    events = dossier.events[dossier.events["status"] != "proposed"]
    said = dossier.statements
    said = said[(said["same_as"] == "") & (said["date_precision"] != "not_told")]
    dates = ["id", "date_stated", "date_from", "date_to", "date_precision", "date_basis"]
    rows = pd.concat(
        [
            events[[*dates, "label", "actors", "passages"]].assign(what="act", statements=[(i,) for i in events["id"]]),
            said[[*dates, "passages"]].assign(
                what="statement",
                label=said["summary"],
                actors=[(party,) if party else () for party in said["party"]],
                statements=[(i,) for i in said["id"]],
            ),
        ],
        ignore_index=True,
    ).rename(columns={"date_from": "first", "date_to": "last"})
    step = _steps(events)
    rows["step"] = rows["id"].map(step).astype("Int64")
    rows["group"] = rows["date_precision"].map({"day": "dated", "range": "dated", "weekday": "weekday"})
    rows["group"] = rows["group"].fillna(rows["step"].notna().map({True: "ordered", False: "apart"}))
    rows["step"] = rows["step"].where(rows["group"] == "ordered")
    rows["inferred"] = (rows["group"] == "dated") & (rows["date_basis"] != "")
    rows["_group"] = rows["group"].map({"dated": 0, "weekday": 1, "ordered": 2, "apart": 3})
    return rows.sort_values(["_group", "first", "step"], kind="stable").drop(columns="_group").reset_index(drop=True)


def _steps(events):
    """The place of each act in the told order, for acts that have one before or after them."""
    order = nx.DiGraph()
    for event, before in events[["id", "follows"]].explode("follows").dropna().itertuples(index=False):
        order.add_edge(before, event)
    order = order.subgraph(set(order) & set(events["id"]))
    linked = order.subgraph([node for node in order if order.degree(node)])
    return {event: step for step, layer in enumerate(nx.topological_generations(linked), 1) for event in layer}
