"""What must come before what: the graph of conditions, its circles, and conditions that mirror each other."""

from itertools import combinations

import networkx as nx
import pandas as pd

from parley.analysis.offers import same_substance
from parley.analysis.once import once

COLUMNS = ["events", "assumptions", "conditions", "statements", "parties"]
"""Of a row about a circle: the acts on it, what it assumes, the conditions and statements on it, and whose they are."""


@once
def edges(dossier, assumptions=()):
    """One row per thing withheld and thing required, with all conditions that tie the two. Key: `withheld`, `required`.

    Holds the reported ones and those under the assumptions given. `strict` where the required act comes first
    (before, only if) and not merely in exchange. `basis` is `reported` if any of its conditions is.
    """
    rows = dossier.conditions
    rows = rows[(rows["basis"] == "reported") | rows["assumption"].isin(assumptions)]
    frame = rows.groupby(["withheld", "required"], sort=False).agg(
        conditions=("id", tuple),
        parties=("party", lambda ids: tuple(dict.fromkeys(filter(None, ids)))),
        operators=("operator", lambda codes: tuple(dict.fromkeys(codes))),
        basis=("basis", lambda codes: "reported" if (codes == "reported").any() else "assumed"),
        assumption=("assumption", "first"),
        statements=("statement", lambda ids: tuple(dict.fromkeys(filter(None, ids)))),
    )
    frame["strict"] = [bool({"before", "only_if"} & set(codes)) for codes in frame["operators"]]
    return frame.reset_index()


def assumptions(dossier):
    """The assumptions that conditions name, in the order of the judgements."""
    named = set(dossier.conditions["assumption"]) - {""}
    return [judgement for judgement in dossier.judgements["id"] if judgement in named]


def graph(dossier, assumptions=()):
    """A directed graph of acts: an edge leads from what is withheld to what is required for it."""
    return nx.from_pandas_edgelist(
        edges(dossier, assumptions), "withheld", "required", edge_attr=True, create_using=nx.DiGraph
    )


@once
def circles(dossier):
    """One row per circle that the conditions close with the smallest sets of assumptions. Key: `events`.

    A circle is a chain of acts each of which waits for the next and the last for the first. One made only of exchanges
    is a deal and not a circle. `assumptions` is empty where reported conditions alone close it; otherwise no smaller
    set of assumptions closes any circle. `statements` and `conditions` are those on it, `parties` who makes them.
    """
    names = assumptions(dossier)
    for size in range(len(names) + 1):
        found = [closed(dossier, chosen) for chosen in combinations(names, size)]
        if any(len(rows) for rows in found):
            return pd.concat(found, ignore_index=True).drop_duplicates("events").reset_index(drop=True)
    return closed(dossier)


@once
def closed(dossier, assumptions=()):
    """The circles that are closed with these assumptions, whether they need them or not: rows as in `circles`."""
    found = pd.DataFrame(_closed(dossier, assumptions), columns=COLUMNS)
    return found.drop_duplicates("events").reset_index(drop=True)


def _closed(dossier, chosen):
    """The circles of the graph with these assumptions, each turned so that it starts at its first act in the tables."""
    net = graph(dossier, chosen)
    place = {event: number for number, event in enumerate(dossier.events["id"])}
    for members in nx.strongly_connected_components(net):
        if len(members) < 2:
            continue
        part = net.subgraph(members)
        for start in sorted(members, key=place.get):
            # The shortest circle through each act is enough to show why it waits, and is found in linear time.
            cycle = _shortest_cycle(part, start)
            steps = [part.edges[step] for step in zip(cycle, cycle[1:] + cycle[:1], strict=True)]
            if not any(step["strict"] for step in steps):
                continue
            turn = cycle.index(min(cycle, key=place.get))
            yield {
                "events": tuple(cycle[turn:] + cycle[:turn]),
                "assumptions": tuple(
                    name
                    for name in chosen
                    if any(step["basis"] == "assumed" and step["assumption"] == name for step in steps)
                ),
                "conditions": _flat(step["conditions"] for step in steps),
                "statements": _flat(step["statements"] for step in steps),
                "parties": _flat(step["parties"] for step in steps),
            }


def _shortest_cycle(net, start):
    paths = nx.single_source_shortest_path(net, start)
    back = min((node for node in net.predecessors(start) if node in paths), key=lambda node: len(paths[node]))
    return paths[back]


def _flat(tuples):
    return tuple(dict.fromkeys(item for items in tuples for item in items))


def mirrors(dossier):
    """One row per pair of reported conditions by which each of two parties wants the other to go first.

    One party withholds `ours` until `theirs`; the other withholds the same substance as `theirs`, until something on
    the issue of `ours`. An exchange has no first step and mirrors nothing. Key: `condition`, `mirror`. Each pair stands
    once, in the order of the conditions.
    """
    rows = dossier.conditions
    rows = rows[(rows["basis"] == "reported") & rows["operator"].isin(("before", "only_if"))].to_dict("records")
    events = {row["id"]: row for row in dossier.events.to_dict("records")}
    by_kind = {}
    for row in rows:
        by_kind.setdefault(events[row["withheld"]]["kind"], []).append(row)
    pairs = {}
    for one in rows:
        for other in by_kind.get(events[one["required"]]["kind"], ()):
            opposed = (
                one["party"] != other["party"]
                and same_substance(events[one["required"]], events[other["withheld"]])
                and _comes_back(events[one["withheld"]], events[other["required"]])
            )
            if opposed and frozenset((one["id"], other["id"])) not in pairs:
                pairs[frozenset((one["id"], other["id"]))] = {
                    "condition": one["id"],
                    "mirror": other["id"],
                    "parties": (one["party"], other["party"]),
                    "ours": one["withheld"],
                    "theirs": one["required"],
                    "withheld": other["withheld"],
                    "required": other["required"],
                    "statements": (one["statement"], other["statement"]),
                }
    columns = ["condition", "mirror", "parties", "ours", "theirs", "withheld", "required", "statements"]
    return pd.DataFrame(pairs.values(), columns=columns)


def _comes_back(withheld, required):
    """Whether what the other requires lies on the issue of what we withhold."""
    return same_substance(withheld, required) or (withheld["issue"] != "" and withheld["issue"] == required["issue"])
