"""How far apart: asked and given, numbers on one scale, and the wordings of one claim."""

import altair as alt

from parley.analysis import claims, offers
from parley.charts.theme import LINES, NARROW, WIDE, finish, lift, party_colours, wrap
from parley.palette import INK, MUTED, PAPER, SILENCE, STANCES
from parley.prose import alt as alt_text
from parley.prose.statements import origin
from parley.prose.words import count, names, quantity

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


def distances(dossier, title, issue=""):
    """One row per act that a party asks for: how the other side meets it, from accepted to silence.

    None where nobody asks for anything.
    """
    rows = offers.against(dossier)
    rows = rows[(rows["issue"] == issue) | (issue == "")].reset_index(drop=True)
    if rows.empty:
        return None
    label = names(dossier, short=True)
    rows["act"] = [
        f"{label[row.asker]} asks{f' of {label[row.giver]}' if row.giver else ''}: {label[row.event]}"
        for row in rows.itertuples()
    ]
    rows["row"] = range(len(rows))
    rows["said"] = rows["relation"].map(RELATIONS)
    rows["also"] = [
        "and refused" if r and rel not in ("refused",) else ""
        for r, rel in zip(rows["refuses"], rows["relation"], strict=True)
    ]
    rows["words"] = [f"{row.act}: {row.said} {row.also}".strip() for row in rows.itertuples()]
    rows["cite"] = [(*row.asks, *row.gives, *row.refuses) for row in rows.itertuples()]
    rows["link"] = ["#" + cites[0] for cites in rows["cite"]]
    steps = list(RELATIONS.values())

    def draw(narrow):
        colour = alt.Color("relation:N").scale(domain=list(FILLS), range=list(FILLS.values()))
        words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}
        size = 11 if narrow else 12
        if narrow:
            base = alt.Chart(rows.assign(act=[wrap(act, 54, 2) for act in rows["act"]])).encode(
                alt.Y("row:O").axis(None)
            )
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
        base = alt.Chart(rows.assign(act=[wrap(act, 52, 2) for act in rows["act"]])).encode(
            alt.Y("row:O").axis(labels=False, grid=True)
        )
        act = base.mark_text(align="right", dy=lift("act", 14), lineHeight=14).encode(text="act:N", x=alt.value(-8))
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
        subtitle="Each row is an act that one party requires or demands of another, with the answer that is reported.",
        alt_text=alt_text.listing("How each demand or condition is met.", rows["words"]),
        rows=rows,
        columns={"act": "Asked for", "said": "Answer", "also": "Besides", "cite": "Statements"},
    )


def quantities(dossier, title, issue=""):
    """Numbers on one scale where one party gives and another asks on an issue; None where there are none."""
    rows = offers.quantities(dossier)
    rows = rows[rows["paired"] & ((rows["issue"] == issue) | (issue == ""))].reset_index(drop=True)
    if rows.empty:
        return None
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
        base = alt.Chart(rows).encode(
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
        subtitle="Circle: what a party offers. Diamond: what it asks for. Only where both sides give a number.",
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


def wordings(dossier, claim, title):
    """One claim's wordings: the act named, by origin, one dot a statement."""
    rows = claims.wordings(dossier)
    rows = rows[rows["claim"] == claim].reset_index(drop=True)
    label = names(dossier, short=True)
    rows["act"] = rows["event"].map(label)
    rows["origin_name"] = [origin(dossier, key) for key in rows["origin"]]
    rows["words"] = [
        f"{row.summary}: {row.rendering}, {row.origin_name}, firmness {row.firmness} of 5" for row in rows.itertuples()
    ]
    rows["link"] = "#" + rows["id"]
    rows["cite"] = [(i,) for i in rows["id"]]
    rows["lane"] = rows.groupby(["act", "origin"]).cumcount()
    rows["row"] = rows.groupby(["act", "origin_name"], sort=False).ngroup()
    acts, who = list(dict.fromkeys(rows["act"])), list(dict.fromkeys(rows["origin_name"]))
    lanes = max(int(rows["lane"].max()) + 1, 5)
    fill = alt.condition("datum.rendering === 'quoted'", alt.value(STANCES["requires"]), alt.value(PAPER))
    words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}
    round_ = {"opacity": 1, "stroke": STANCES["requires"], "strokeWidth": 2}

    def listed():
        data = rows.assign(
            act=[wrap(act, 36, 2) for act in rows["act"]],
            who=[wrap(name, 40, 2) for name in rows["origin_name"]],
            x=NARROW - 96 + rows["lane"] * 90 / lanes,
        )
        base = alt.Chart(data).encode(alt.Y("row:O").axis(None))
        once = alt.Chart(data.drop_duplicates("row")).encode(alt.Y("row:O").axis(None))
        act = once.mark_text(align="left", dy=lift("act", 12, 1, 7), fontSize=11, fontWeight=600, lineHeight=12)
        name = once.mark_text(align="left", dy=7, fontSize=10, lineHeight=11, color=MUTED)
        dots = base.mark_circle(size=100, **round_).encode(
            alt.X("x:Q").scale(domain=[0, NARROW]).axis(None), color=fill, **words
        )
        return alt.layer(
            act.encode(text="act:N", x=alt.value(2)), name.encode(text="who:N", x=alt.value(2)), dots
        ).properties(width=NARROW, height=alt.Step(58))

    def draw(narrow):
        if narrow:
            return listed()
        step = (WIDE - 190) / len(acts)
        across = {act: wrap(act, step / 6.6, 5) for act in acts}
        down = {name: wrap(name, 30, 4) for name in who}
        data = rows.assign(act=rows["act"].map(across), who=rows["origin_name"].map(down))
        base = alt.Chart(data).encode(
            alt.X("act:N")
            .sort(list(across.values()))
            .axis(orient="top", labelAngle=0, labelExpr=LINES, labelLimit=step),
            alt.Y("who:N").sort(list(down.values())).axis(labelExpr=LINES, labelLimit=190, grid=True),
        )
        dots = base.mark_circle(size=170, **round_).encode(
            alt.XOffset("lane:O").scale(domain=list(range(lanes))), color=fill, **words
        )
        return dots.properties(width=WIDE - 190, height=alt.Step(52))

    return finish(
        draw,
        name=f"wordings-{claim}",
        title=title,
        subtitle=f"One dot a statement, {count(len(rows), 'statement')} in all. Filled: quoted. Open: paraphrased.",
        alt_text=alt_text.listing("The wordings.", rows["words"]),
        rows=rows,
        columns={
            "act": "What is named",
            "origin_name": "On whose word",
            "summary": "Wording",
            "firmness": "Firmness (1–5)",
            "rendering": "Rendering",
            "cite": "Statement",
        },
    )
