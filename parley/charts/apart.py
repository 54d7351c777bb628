"""How far apart: asked and given, and numbers on one scale."""

import altair as alt
import pandas as pd

from parley.analysis import offers
from parley.charts.theme import NARROW, WIDE, drawable, finish, lift, party_colours, wrap
from parley.palette import INK, MUTED, PAPER, SILENCE, STANCES
from parley.prose import alt as alt_text
from parley.prose.words import names, quantity
from parley.show import weightiest

RELATIONS = {
    "accepted": "accepted",
    "offered": "offered",
    "other_order": "offered, in another order",
    "differs": "something else offered",
    "refused": "refused",
    "silent": "no answer reported",
}
FILLS = {
    "accepted": STANCES["accepts"],
    "offered": STANCES["offers"],
    "other_order": STANCES["requires"],
    "differs": STANCES["demands"],
    "refused": STANCES["refuses"],
    "silent": PAPER,
}

MOST = 40
"""Rows, and numbers on one scale, that a drawing has room for."""


def distances(dossier, title, issue=""):
    """One row per act that a party asks for: how the other side meets it, from accepted to silence.

    Of very many acts one row per issue, with the number of acts beside each answer. None where nobody asks for
    anything.
    """
    rows = offers.against(dossier)
    rows = rows[(rows["issue"] == issue) | (issue == "")]
    if rows.empty:
        return None
    label = names(dossier, short=True)
    whole = len(rows) > MOST
    rows = _counted(rows) if whole else rows.assign(about=rows["event"], times=1)
    rows["act"] = [
        f"{label[row.asker]} asks{f' of {label[row.giver]}' if row.giver else ''}: {label[row.about]}"
        for row in rows.itertuples()
    ]
    rows["row"] = rows.groupby("act", sort=False).ngroup() if whole else range(len(rows))
    rows["said"] = rows["relation"].map(RELATIONS)
    rows["also"] = [
        f"{row.times:,}" if whole else "and refused" if row.refuses and row.relation != "refused" else ""
        for row in rows.itertuples()
    ]
    rows["words"] = [f"{row.act}: {row.said} {row.also}".strip() for row in rows.itertuples()]
    rows["cite"] = [(*row.asks, *row.gives, *row.refuses) for row in rows.itertuples()]
    rows["link"] = ["#" + asks[0] for asks in rows["asks"]]
    steps = list(RELATIONS.values())

    def draw(narrow):
        colour = alt.Color("relation:N").scale(domain=list(FILLS), range=list(FILLS.values()))
        words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}
        size = 11 if narrow else 12
        if narrow:
            lines = drawable(rows).assign(act=[wrap(act, 54, 2) for act in rows["act"]], row=range(len(rows)))
            base = alt.Chart(lines).encode(alt.Y("row:O").axis(None))
            dot = base.mark_circle(size=110, opacity=1, stroke=MUTED, strokeWidth=1).encode(
                colour, x=alt.value(8), **words
            )
            act = base.mark_text(
                align="left", dy=lift("act", 12, above=8), fontSize=size, lineHeight=12, color=INK
            ).encode(text="act:N", x=alt.value(20))
            said = (
                base.transform_calculate(all="datum.said + (datum.also ? ', ' + datum.also : '')")
                .mark_text(align="left", dy=13, fontSize=size, color=MUTED)
                .encode(text="all:N", x=alt.value(20))
            )
            return alt.layer(dot, act, said).properties(width=NARROW, height=alt.Step(46))
        lines = drawable(rows).assign(act=[wrap(act, 52, 2) for act in rows["act"]])
        y = alt.Y("row:O").axis(labels=False, grid=True)
        base = alt.Chart(lines).encode(y)
        act = alt.Chart(lines.drop_duplicates("row")).mark_text(align="right", dy=lift("act", 14), lineHeight=14)
        act = act.encode(y, text="act:N", x=alt.value(-8))
        x = (
            alt.X("said:N")
            .sort(steps)
            .scale(domain=steps)
            .axis(
                orient="top",
                labelAngle=0,
                labelFontSize=11,
                labelLimit=76,
                labelExpr="datum.label === 'offered, in another order' ? ['offered, in', 'another order'] : "
                "datum.label === 'something else offered' ? ['something', 'else offered'] : "
                "datum.label === 'no answer reported' ? ['no answer', 'reported'] : datum.label",
            )
        )
        dot = base.mark_circle(size=190, opacity=1, stroke=MUTED, strokeWidth=1).encode(x, colour, **words)
        also = (
            base.transform_filter("datum.also !== ''")
            .mark_text(dy=17, fontSize=10, color=MUTED)
            .encode(x, text="also:N")
        )
        return alt.layer(act, dot, also).properties(width=WIDE - 290, height=alt.Step(40))

    return finish(
        draw,
        name="distances",
        title=title,
        subtitle="Numbers: how many acts on an issue one party requires or demands of another, by the answer reported."
        if whole
        else "Each row is an act that one party requires or demands of another, with the answer that is reported.",
        alt_text=alt_text.listing("How each demand or condition is met.", rows["words"]),
        rows=rows,
        columns={
            "act": "Asked for",
            "said": "Answer",
            "also": "How many" if whole else "Besides",
            "cite": "Statements",
        },
    )


def _counted(rows):
    """One row per party that asks, party asked, issue and answer: how many acts, citing the first statement on each.

    Only of those who ask most of another on an issue.
    """
    keys = ["issue", "asker", "giver"]
    most = rows.groupby(keys).size().nlargest(MOST).index
    rows = rows.assign(asks=rows["asks"].str[0])[pd.MultiIndex.from_frame(rows[keys]).isin(most)]
    rows = rows.groupby([*keys, "relation"], sort=False)["asks"].agg(asks=tuple, times="size").reset_index()
    return rows.assign(about=rows["issue"], gives=[()] * len(rows), refuses=[()] * len(rows))


def quantities(dossier, title, issue=""):
    """Numbers on one scale where one party gives and another asks on an issue; None where there are none."""
    rows = offers.quantities(dossier)
    rows = rows[rows["paired"] & ((rows["issue"] == issue) | (issue == ""))].reset_index(drop=True)
    if rows.empty:
        return None
    total, rows = len(rows), weightiest(rows, rows["statements"].str.len(), MOST)
    label = names(dossier, short=True)
    rows["scale"] = [f"{label[row.issue]}, {row.unit}" for row in rows.itertuples()]
    rows["party_name"] = rows["party"].map(label)
    rows["text"] = [quantity(value) for value in rows["quantity"]]
    rows["words"] = [
        f"{row.party_name} {row.side} {row.text} {row.unit} ({row.hedge.replace('_', ' ')})"
        for row in rows.itertuples()
    ]
    rows["link"] = ["#" + ids[0] for ids in rows["statements"]]
    rows["cite"] = rows["statements"]
    colours = party_colours(dossier)

    def draw(narrow):
        base = alt.Chart(drawable(rows)).encode(
            alt.X("quantity:Q").axis(None).scale(zero=False, padding=24),
            alt.Y("party_name:N").axis(labelLimit=110).sort(None),
        )
        line = base.mark_line(color=SILENCE, strokeWidth=2).encode(detail="party:N")
        dots = base.mark_point(size=150, opacity=1, filled=True).encode(
            alt.Color("party:N").scale(domain=list(colours), range=list(colours.values())),
            alt.Shape("side:N").scale(domain=["gives", "asks"], range=["circle", "diamond"]),
            href="link:N",
            description="words:N",
            tooltip="words:N",
        )
        text = base.mark_text(dy=-13, fontSize=11, color=INK).encode(text="text:N")
        width = NARROW - 120 if narrow else WIDE - 180
        return (
            alt.layer(line, dots, text)
            .properties(width=width, height=alt.Step(38))
            .facet(
                row=alt.Row("scale:N").sort(None).header(labelOrient="top", labelAnchor="start", labelLimit=width),
                spacing=12,
            )
            .resolve_scale(x="independent", y="independent")
        )

    return finish(
        draw,
        name="quantities",
        title=title,
        subtitle="Circle: what a party offers. Diamond: what it asks for. Only where both sides give a number."
        + (f" {total - MOST:,} more numbers, that fewer statements give, are not drawn." if total > MOST else ""),
        alt_text=alt_text.listing("Numbers offered and asked.", rows["words"]),
        rows=rows,
        columns={
            "scale": "Issue and unit",
            "party_name": "Party",
            "side": "Side",
            "text": "Number",
            "hedge": "Qualified",
            "cite": "Statements",
        },
    )
