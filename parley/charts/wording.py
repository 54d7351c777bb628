"""One claim in its wordings."""

import altair as alt

from parley.analysis import claims
from parley.charts.theme import LINES, NARROW, WIDE, drawable, finish, lift, wrap
from parley.palette import MUTED, PAPER, STANCES
from parley.prose import alt as alt_text
from parley.prose.statements import origin
from parley.prose.words import count, names
from parley.show import weightiest

MOST = 40
"""Statements that a drawing has room for."""


def wordings(dossier, claim, title):
    """One claim's wordings: the act named, by origin, one dot a statement."""
    rows = claims.wordings(dossier)
    every = rows[rows["claim"] == claim]
    rows = weightiest(every, -every["rank"], MOST).reset_index(drop=True)
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
        data = drawable(rows).assign(
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
        data = drawable(rows).assign(act=rows["act"].map(across), who=rows["origin_name"].map(down))
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
        subtitle=f"One dot a statement, {count(len(every), 'statement')} in all. Filled: quoted. Open: paraphrased."
        + (f" The {MOST} of most weight are drawn." if len(every) > MOST else ""),
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
