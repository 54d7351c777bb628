"""What must come before what: the graph of conditions, its circles, and conditions that mirror each other."""

from itertools import combinations

import networkx as nx
import pandas as pd

from parley.analysis.acts import same_substance, substances
from parley.analysis.once import once

COLUMNS = ["events", "assumptions", "conditions", "statements", "parties"]
"""Of a row about a circle: the acts on it, what it assumes, the conditions and statements on it, and whose they are."""

EDGE = ["withheld", "required", "conditions", "parties", "operators", "basis", "assumption", "statements", "strict"]


@once
def edges(dossier, assumptions=()):
    """One row per thing withheld and thing required, with all conditions that tie the two. Key: `withheld`, `required`.

    Holds the reported ones and those under the assumptions given. `strict` where the required act comes first
    (before, only if) and not merely in exchange. `basis` is `reported` if any of its conditions is.
    """
    return pd.DataFrame(_edges(dossier.conditions.to_dict("records"), set(assumptions)), columns=EDGE)


def _edges(rows, chosen):
    """The edges that conditions make, as dicts, with those under the chosen assumptions."""
    tied = {}
    for row in rows:
        if row["basis"] == "reported" or row["assumption"] in chosen:
            tied.setdefault((row["withheld"], row["required"]), []).append(row)
    return [
        {
            "withheld": withheld,
            "required": required,
            "conditions": _each(row["id"] for row in here),
            "parties": _each(row["party"] for row in here),
            "operators": (operators := _each(row["operator"] for row in here)),
            "basis": "reported" if any(row["basis"] == "reported" for row in here) else "assumed",
            "assumption": here[0]["assumption"],
            "statements": _each(row["statement"] for row in here),
            "strict": not {"before", "only_if"}.isdisjoint(operators),
        }
        for (withheld, required), here in tied.items()
    ]


def _each(ids):
    """The ids that there are, each once."""
    return tuple(dict.fromkeys(filter(None, ids)))


def assumptions(dossier):
    """The assumptions that conditions name, in the order of the judgements."""
    named = set(dossier.conditions["assumption"]) - {""}
    return [judgement for judgement in dossier.judgements["id"] if judgement in named]


@once
def circles(dossier):
    """One row per circle that the conditions close with the smallest sets of assumptions. Key: `events`.

    A circle is a chain of acts each of which waits for the next and the last for the first. One made only of exchanges
    is a deal and not a circle. `assumptions` is empty where reported conditions alone close it; otherwise no smaller
    set of assumptions closes any circle. `statements` and `conditions` are those on it, `parties` who makes them. Those
    whose conditions are stated most often, in whichever words, stand first.
    """
    frame = pd.DataFrame(_smallest(dossier), columns=COLUMNS).drop_duplicates("events")
    claim = dict(zip(dossier.statements["id"], dossier.statements["claim"], strict=True))
    stated = dossier.statements["claim"].value_counts()
    weight = [sum(stated[name] for name in {claim[row] for row in rows}) for rows in frame["statements"]]
    order = frame.assign(weight=weight).sort_values("weight", ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _smallest(dossier):
    """The circles of all smallest sets of assumptions that close any."""
    parts, place = _tangles(dossier), _places(dossier)
    for size in range(max((len(names) for _, names in parts), default=0) + 1):
        found = [
            circle
            for rows, names in parts
            for chosen in combinations(names, size)
            for circle in _closed(rows, chosen, place)
        ]
        if found:
            return found
    return []


@once
def _tangles(dossier):
    """The sets of conditions in which circles can lie, each with its assumptions: a circle never leaves its set.

    A set is a strongly connected component of the graph under all assumptions, so that sets of assumptions need to be
    tried only within it, and not all with all.
    """
    names = assumptions(dossier)
    rows = dossier.conditions.to_dict("records")
    net = nx.DiGraph([(row["withheld"], row["required"]) for row in rows])
    part = {event: n for n, events in enumerate(nx.strongly_connected_components(net)) for event in events}
    tangles = {}
    for row in rows:
        if part[row["withheld"]] == part[row["required"]]:
            tangles.setdefault(part[row["withheld"]], []).append(row)
    place = {name: n for n, name in enumerate(names)}
    return tuple((here, sorted({row["assumption"] for row in here} - {""}, key=place.get)) for here in tangles.values())


@once
def closed(dossier, assumptions=()):
    """The circles that are closed with these assumptions, whether they need them or not: rows as in `circles`."""
    place = _places(dossier)
    found = [circle for rows, _ in _tangles(dossier) for circle in _closed(rows, assumptions, place)]
    return pd.DataFrame(found, columns=COLUMNS).drop_duplicates("events").reset_index(drop=True)


def _places(dossier):
    return {event: number for number, event in enumerate(dossier.events["id"])}


def _closed(rows, chosen, place):
    """The circles that these conditions close with these assumptions, each from its first act in the tables on."""
    edges_ = {(edge["withheld"], edge["required"]): edge for edge in _edges(rows, set(chosen))}
    net = nx.DiGraph(list(edges_))
    for members in nx.strongly_connected_components(net):
        if len(members) < 2:
            continue
        part = net.subgraph(members).copy()
        for start in sorted(members, key=place.get):
            # The shortest circle through each act is enough to show why it waits; of all circles there can be millions.
            cycle = _shortest_cycle(part, start)
            steps = [edges_[step] for step in zip(cycle, cycle[1:] + cycle[:1], strict=True)]
            if not any(step["strict"] for step in steps):
                continue
            turn = cycle.index(min(cycle, key=place.get))
            assumed = {step["assumption"] for step in steps if step["basis"] == "assumed"}
            yield {
                "events": tuple(cycle[turn:] + cycle[:turn]),
                "assumptions": tuple(name for name in chosen if name in assumed),
                "conditions": _each(row for step in steps for row in step["conditions"]),
                "statements": _each(row for step in steps for row in step["statements"]),
                "parties": _each(party for step in steps for party in step["parties"]),
            }


def _shortest_cycle(net, start):
    ways = (nx.bidirectional_shortest_path(net, after, start) for after in net.successors(start))
    return [start, *min(ways, key=len)[:-1]]


@once
def mirrors(dossier):
    """One row per pair of orders by which each of two parties wants the other to go first.

    One party withholds `ours` until `theirs`; the other withholds the same substance as `theirs`, until something on
    the issue of `ours`. An exchange has no first step and mirrors nothing. `conditions` and `mirrors` are the reported
    conditions of the two, alike in party and in the substance of both acts, `statements` make them; the acts are those
    of the first on each side. Key: `parties`, `ours`, `theirs`. Each pair stands once, in the order of the conditions.
    """
    rows = dossier.conditions
    rows = rows[(rows["basis"] == "reported") & rows["operator"].isin(("before", "only_if"))]
    what = substances(dossier)
    orders = rows.assign(holds=[what[act] for act in rows["withheld"]], wants=[what[act] for act in rows["required"]])
    orders = orders.groupby(["party", "holds", "wants"], sort=False).agg(
        conditions=("id", tuple),
        statements=("statement", tuple),
        withheld=("withheld", "first"),
        required=("required", "first"),
    )
    orders = orders.reset_index().to_dict("records")
    holding = {}
    for number, order in enumerate(orders):
        holding.setdefault(order["holds"].kind, []).append((number, order))
    pairs = {}
    for number, one in enumerate(orders):
        for other_number, other in holding.get(one["wants"].kind, ()):
            if _opposed(one, other) and (other_number, number) not in pairs:
                pairs[number, other_number] = {
                    "parties": (one["party"], other["party"]),
                    "ours": one["withheld"],
                    "theirs": one["required"],
                    "withheld": other["withheld"],
                    "required": other["required"],
                    "conditions": one["conditions"],
                    "mirrors": other["conditions"],
                    "statements": (*one["statements"], *other["statements"]),
                }
    columns = ["parties", "ours", "theirs", "withheld", "required", "conditions", "mirrors", "statements"]
    return pd.DataFrame(pairs.values(), columns=columns)


def _opposed(one, other):
    """Whether the one wants first what the other holds back, and the other something on the issue of the one's act."""
    holds, back = one["holds"], other["wants"]
    comes_back = same_substance(holds, back) or (holds.issue != "" and holds.issue == back.issue)
    return one["party"] != other["party"] and same_substance(one["wants"], other["holds"]) and comes_back
