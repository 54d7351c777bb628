"""What must come before what, drawn as a graph: first on the left, then to the right."""

from itertools import combinations

import altair as alt
import pandas as pd

from parley.analysis import conditions
from parley.charts import layout
from parley.charts.theme import NARROW, WIDE, finish, lift, party_colours, wrap
from parley.palette import INK, RULE, SOFT
from parley.prose import alt as alt_text
from parley.prose import titles
from parley.prose.words import join, names

ABREAST = 4
"""Columns that a wide drawing has room for; a graph of more is drawn as a ladder, one act under the other."""

MOST = 40
"""Edges that a drawing has room for."""

MOST_SWITCHES = 6
"""Assumptions that a reader can leave out one by one: each set of them has a title of its own."""


def must_come_first(dossier, title, assumptions=()):
    """The graph of conditions: reported edges solid, those under the given assumptions dashed and named.

    An act stands in the same place whichever assumptions are drawn. None where there is no condition.
    """
    every = _weightiest(dossier, conditions.edges(dossier, conditions.assumptions(dossier)))
    edges = conditions.edges(dossier, assumptions)
    if edges.empty:
        return None
    total = len(edges)
    edges = edges.merge(every[["withheld", "required"]])
    label, short = names(dossier), names(dossier, short=True)
    places = layout.columns(dossier, every)
    colours = party_colours(dossier)
    edges["who"] = [
        join([short[party] for party in parties]) if parties else f"assumption {assumption}"
        for parties, assumption in zip(edges["parties"], edges["assumption"], strict=True)
    ]
    edges["words"] = [
        f"{edge.who}: "
        + (
            f"first {label[edge.required]}, then {label[edge.withheld]}"
            if edge.strict
            else f"in one exchange, {label[edge.required]} and {label[edge.withheld]}"
        )
        for edge in edges.itertuples()
    ]
    edges["kind"] = edges["basis"].where(edges["basis"] == "assumed", edges["parties"].str[0])
    edges["cite"] = [
        (*statements, *conditions_, *filter(None, (assumption,)))
        for statements, conditions_, assumption in zip(
            edges["statements"], edges["conditions"], edges["assumption"], strict=True
        )
    ]
    assumed = edges["basis"] == "assumed"
    edges["link"] = "#" + edges["assumption"].where(assumed, edges["cite"].str[0])
    acts = places.assign(name=places["event"].map(label), link="#" + places["event"], words=places["event"].map(label))

    def draw(narrow):
        columns = int(places["column"].max()) + 1
        stacked = narrow or columns > ABREAST
        width = NARROW if narrow else WIDE
        box = width * 0.62 if stacked else width / columns * 0.72
        step = (width - box) / max(columns - 1, 1)
        letters, size = (box / 5.3, 11) if narrow else (box / 6.2, 12)
        boxes = acts.assign(text=[wrap(name, letters, 4) for name in acts["name"]])
        high = int(boxes["text"].str.count("\n").max() + 1) * (size + 2) + 8
        at = layout.ladder(places) if stacked else places.set_index("event")
        at["x"], at["y"] = at["column"] * step, at["row"] * (high + (8 if stacked else 14))
        boxes = boxes.assign(x=boxes["event"].map(at["x"]), y=boxes["event"].map(at["y"]))
        boxes["x2"], boxes["y2"] = boxes["x"] + box, boxes["y"] + high
        boxes["mid"], boxes["middle"] = boxes["x"] + box / 2, boxes["y"] + high / 2
        lanes = layout.lanes(edges, at) if stacked else [0] * len(edges)
        gap = (width - box - 26) / (max(lanes) + 1)
        lines = _lines(edges, at, box, high, [14 + lane * gap for lane in lanes])
        x, y = (alt.Scale(domain=[0, width]), alt.Scale(domain=[boxes["y2"].max() + 4, -4]))
        axis = {"axis": None}
        colour = alt.Color("kind:N").scale(domain=[*colours, "assumed"], range=[*colours.values(), INK])
        words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}
        dash = alt.StrokeDash("basis:N").scale(domain=["reported", "assumed"], range=[[1, 0], [5, 4]])
        paths = (
            alt.Chart(lines)
            .mark_line(strokeWidth=1.8, interpolate="linear" if stacked else "basis")
            .encode(
                alt.X("x:Q", scale=x, **axis),
                alt.Y("y:Q", scale=y, **axis),
                colour,
                dash,
                detail="edge:N",
                order="place:Q",
                **words,
            )
        )
        heads = (
            alt.Chart(lines[lines["place"] == lines.groupby("edge")["place"].transform("max")])
            .mark_point(shape="triangle-right", filled=True, size=60, opacity=1)
            .encode(
                alt.X("x:Q", scale=x, **axis),
                alt.Y("y:Q", scale=y, **axis),
                colour,
                angle=alt.Angle("turn:Q", scale=None),
                **words,
            )
        )
        rects = (
            alt.Chart(boxes)
            .mark_rect(fill=SOFT, stroke=RULE, cornerRadius=5, strokeWidth=1)
            .encode(alt.X("x:Q", scale=x, **axis), alt.Y("y:Q", scale=y, **axis), x2="x2:Q", y2="y2:Q", **words)
        )
        texts = (
            alt.Chart(boxes)
            .mark_text(fontSize=size, lineHeight=size + 2, baseline="middle", color=INK, dy=lift("text", size + 2))
            .encode(
                alt.X("mid:Q", scale=x, **axis),
                alt.Y("middle:Q", scale=y, **axis),
                text="text:N",
                href="link:N",
            )
        )
        return alt.layer(paths, heads, rects, texts, _key(edges, short, colours, x, y, width)).properties(
            width=width, height=float(boxes["y2"].max()) + 8
        )

    return finish(
        draw,
        name="conditions-assumed" if len(assumptions) else "conditions",
        title=title,
        subtitle="An arrow leads from what must come first to what waits for it. Colour: whose condition. "
        + ("Dashed: assumed, not reported." if len(assumptions) else "Only reported conditions are drawn.")
        + (f" {total - len(edges):,} more are not drawn." if total > len(edges) else ""),
        alt_text=alt_text.graph(edges, acts),
        rows=edges.assign(first=edges["required"].map(label), then=edges["withheld"].map(label)),
        columns={
            "who": "Whose condition",
            "first": "Required",
            "then": "Withheld until then",
            "basis": "Basis",
            "cite": "Rows",
        },
        switches=_switches(dossier, assumptions),
    )


def _weightiest(dossier, edges):
    """The edges that a drawing has room for: circle by circle, then those that most conditions tie."""
    circle = {}
    for number, events in enumerate(conditions.circles(dossier)["events"]):
        for step in zip(events, (*events[1:], events[0]), strict=True):
            circle.setdefault(step, number)
    on = [circle.get(step, len(circle)) for step in zip(edges["withheld"], edges["required"], strict=True)]
    order = edges.assign(circle=on, tied=-edges["conditions"].str.len()).sort_values(["circle", "tied"], kind="stable")
    return edges.loc[order.index[:MOST]]


def _switches(dossier, assumptions):
    """For a page on which a reader leaves assumptions out: what each says, and what the graph shows with each set.

    An edge under an assumption links to it, so that the page finds the edges to hide. Places do not change. Nothing
    where there are too many to choose from.
    """
    if len(assumptions) > MOST_SWITCHES:
        return {}
    texts = dossier.judgements.set_index("id")["text"]
    sets = [chosen for size in range(len(assumptions) + 1) for chosen in combinations(assumptions, size)]
    return {
        "assumptions": {name: texts[name] for name in assumptions},
        "titles": {" ".join(chosen): titles.must_come_first(dossier, chosen) for chosen in sets},
    }


def _key(edges, short, colours, x, y, width):
    """The names of the parties in their colours, above the graph: labels in place of a legend."""
    whose = list(dict.fromkeys(party for parties in edges["parties"] for party in parties))
    abreast = max(width // 150, 1)
    rows = pd.DataFrame({"kind": whose, "name": [f"▬ {short[party]}" for party in whose]})
    rows["place"] = [n % abreast * width / abreast for n in range(len(rows))]
    rows["above"] = [-8 - 15 * ((len(rows) - 1) // abreast - n // abreast) for n in range(len(rows))]
    return (
        alt.Chart(rows)
        .mark_text(
            align="left",
            baseline="bottom",
            dy=alt.expr("datum.above"),
            fontSize=11,
            fontWeight=600,
            limit=width / abreast - 6,
        )
        .encode(
            alt.X("place:Q", scale=x, axis=None),
            alt.YDatum(-4, scale=y),
            text="name:N",
            color=alt.Color("kind:N").scale(domain=[*colours, "assumed"], range=[*colours.values(), INK]),
        )
    )


def _lines(edges, at, box, high, out):
    """The points of each edge, from what is required to what waits: across columns, or `out` of one and back."""
    kinds = list(dict.fromkeys(edges["kind"]))
    points = []
    for number, edge in enumerate(edges.to_dict("records")):
        start, end = at.loc[edge["required"]], at.loc[edge["withheld"]]
        forward = end["column"] > start["column"]
        x1 = start["x"] + (box if forward else 0)
        x2 = end["x"] + (-4 if forward else box + 4)
        y1, y2 = start["y"] + high / 2, end["y"] + high / 2
        if end["column"] == start["column"]:
            edge_x, apart = end["x"] + box, 4 + 4 * kinds.index(edge["kind"]) % (high // 2 - 6)
            lane = edge_x + out[number]
            path = [(edge_x, y1 + apart), (lane, y1 + apart), (lane, y2 - apart), (edge_x + 4, y2 - apart)]
        else:
            bend = (x2 - x1) * 0.45
            path = [(x1, y1), (x1 + bend, y1), (x2 - bend, y2), (x2, y2)]
        for place, (x, y) in enumerate(path):
            points.append(
                {"edge": number, "place": place, "x": x, "y": y, "turn": 0 if forward else 180}
                | {key: edge[key] for key in ("kind", "basis", "words", "link")}
            )
    return pd.DataFrame(points)
