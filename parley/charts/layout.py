"""Where the acts of a graph of conditions stand, and in which lane their edges run."""

import networkx as nx
import pandas as pd


def columns(dossier, edges):
    """A column and a row for each act: what is required left of what waits for it, neighbours near each other."""
    net = nx.DiGraph()
    reported = edges[edges["basis"] == "reported"]
    order = {event: place for place, event in enumerate(dossier.events["id"])}
    net.add_nodes_from(sorted({*edges["withheld"], *edges["required"]}, key=order.get))
    net.add_edges_from(zip(reported["required"], reported["withheld"], strict=True))
    column = _columns(net, order)
    rows, free = {}, {}
    for event in column:
        free.setdefault(column[event], []).append(event)
    for here in sorted(free, reverse=True):
        rows |= {event: place for place, event in enumerate(free[here])}
    # Two sweeps of the barycentre rule (Sugiyama) are enough to untangle graphs of this size.
    for _ in range(2):
        for near, way in ((net.successors, sorted(free, reverse=True)), (net.predecessors, sorted(free))):
            for here in way:
                pull = {event: _mean([rows[other] for other in near(event)], rows[event]) for event in free[here]}
                free[here].sort(key=lambda event: (pull[event], order[event]))
                rows |= {event: place for place, event in enumerate(free[here])}
    tallest = max(len(events) for events in free.values())
    return pd.DataFrame(
        {
            "event": list(column),
            "column": [column[event] for event in column],
            "row": [rows[event] + (tallest - len(free[column[event]])) / 2 for event in column],
        }
    )


def _mean(values, otherwise):
    return sum(values) / len(values) if values else otherwise


def _columns(net, order):
    """The column of each act: as far right as what waits for it allows, so that arrows are short."""
    whole = nx.condensation(net)
    members = whole.nodes(data="members")
    depth = {}
    for layer in reversed(list(nx.topological_generations(whole))):
        for part in layer:
            behind = [depth[after] for after in whole.successors(part)]
            depth[part] = (min(behind) if behind else 0) - len(members[part])
    first = min(depth.values())
    return {
        event: depth[part] - first + place
        for part in sorted(depth, key=lambda name: (depth[name], min(order[event] for event in members[name])))
        for place, event in enumerate(sorted(members[part], key=order.get))
    }


def ladder(places):
    """The same acts one under the other, where columns would be too narrow: what is required above what waits."""
    return places.sort_values(["column", "row"]).assign(column=0, row=range(len(places))).set_index("event")


def lanes(edges, at):
    """A lane beside the ladder for each edge, the short ones inside. Edges of a party from one act share theirs."""
    spans = {}
    for edge in edges.to_dict("records"):
        ends = [at.loc[edge[end], "row"] for end in ("required", "withheld")]
        spans.setdefault((edge["required"], edge["kind"]), set()).update(ends)
    lane, taken = {}, []
    for key, ends in sorted(spans.items(), key=lambda item: (max(item[1]) - min(item[1]), min(item[1]))):
        first, last = min(ends), max(ends)
        free = [n for n, spans_ in enumerate(taken) if all(last < a or first > b for a, b in spans_)]
        lane[key] = free[0] if free else len(taken)
        if not free:
            taken.append([])
        taken[lane[key]].append((first, last))
    return [lane[edge["required"], edge["kind"]] for edge in edges.to_dict("records")]
