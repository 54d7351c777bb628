"""On whose word: the chains of attribution, and what stands when one origin is left out."""

import altair as alt
import pandas as pd

from parley.analysis import sources
from parley.charts.theme import LINES, NARROW, WIDE, drawable, finish, lift, wrap
from parley.palette import MUTED, PAPER, PARTIES, SILENCE
from parley.prose import alt as alt_text
from parley.prose.statements import origin
from parley.prose.words import count, join, names

DOT = PARTIES[5]
"""One colour for evidence, that of no party in a small dossier: these charts compare sources and not parties."""

MOST = 20
"""Chains that are drawn: those that carry most."""

ROWS, COLUMNS = 60, 40
"""Positions and origins that the table of what falls has room for: those that fall first, and that carry most."""


def chains(dossier, title):
    """Every distinct chain, from the article outward to the speaker, with the number of statements that it carries."""
    rows = sources.told(dossier)
    label = names(dossier, short=True)
    distinct = rows.groupby(["chain", "forms"]).agg(statements=("id", tuple)).reset_index()
    distinct["count"] = distinct["statements"].str.len()
    distinct = distinct.sort_values("count", ascending=False, kind="stable").reset_index(drop=True)
    distinct["words"] = [
        f"{' → '.join(_steps(label, chain))}: {count(chain['count'], 'statement')}"
        for chain in distinct.to_dict("records")
    ]
    points = []
    for number, chain in enumerate(distinct.head(MOST).to_dict("records")):
        points += [
            {
                "chain": number,
                "level": level,
                "text": text,
                "path": wrap(" → ".join(_steps(label, chain)), 58, 2) if level == 0 else "",
                "open": form in ("not_given", "unnamed"),
                "words": chain["words"],
                "link": "#" + chain["statements"][0],
                "carried": count(chain["count"], "statement") if level == len(chain["forms"]) else "",
            }
            for level, (text, form) in enumerate(zip(_steps(label, chain), ("article", *chain["forms"]), strict=True))
        ]
    frame = pd.DataFrame(points)
    levels = int(frame["level"].max()) + 1

    def draw(narrow):
        width = NARROW if narrow else WIDE
        step = 26 if narrow else (width - 130) / levels
        base = alt.Chart(frame).encode(
            alt.X("level:Q").axis(None).scale(domain=[0, levels], range=[8, 8 + step * levels]),
            alt.Y("chain:O").axis(None),
        )
        words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}
        line = base.mark_line(color=SILENCE, strokeWidth=2).encode(detail="chain:N")
        dot = base.mark_circle(size=90, opacity=1, stroke=DOT, strokeWidth=2).encode(
            color=alt.condition("datum.open", alt.value(PAPER), alt.value(DOT)), **words
        )
        text = (
            base.mark_text(align="left", dx=-4, dy=lift("path", 12, 1, 13), fontSize=11, lineHeight=12).encode(
                text="path:N"
            )
            if narrow
            else base.mark_text(align="left", dx=-4, dy=-14, limit=step - 6).encode(text="text:N")
        )
        number = (
            base.transform_filter("datum.carried !== ''")
            .mark_text(align="left", dx=12, dy=0, fontSize=10 if narrow else 12, color=MUTED)
            .encode(text="carried:N")
        )
        return alt.layer(line, dot, text, number).properties(width=width, height=alt.Step(46 if narrow else 42))

    return finish(
        draw,
        name="chains",
        title=title,
        subtitle="Each line is a chain of attribution, from the article on the left to the one who spoke. "
        "Open circle: nobody is named there."
        + (f" Of {len(distinct):,} chains the {MOST} that carry most are drawn." if len(distinct) > MOST else ""),
        alt_text=alt_text.listing("Chains of attribution.", distinct["words"].head(MOST)),
        rows=distinct.assign(cite=distinct["statements"]),
        columns={"words": "Chain", "count": "Statements carried", "cite": "Which"},
    )


def _steps(label, chain):
    """The names along a chain, the article first."""
    open_ = {"not_given": "not given"}
    return [
        label[""],
        *(open_.get(form, label[source]) for source, form in zip(chain["chain"], chain["forms"], strict=True)),
    ]


def leave_one_out(dossier, title):
    """Position by origin: filled where the position would fall without that origin, open where others carry it too."""
    every = sources.leave_one_out(dossier)
    label = names(dossier, short=True)
    every["position"] = [f"{label[row.party]} {row.stance}: {label[row.issue]}" for row in every.itertuples()]
    resting = every["position"].value_counts(sort=False)
    rows, total = every[every["position"].isin(resting.nsmallest(ROWS).index)], len(resting)
    rows["origin_name"] = [origin(dossier, key) for key in rows["origin"]]
    rows["link"] = ["#" + ids[0] for ids in rows["statements"]]
    rows["words"] = [
        f"{row.position}: without {row.origin_name} it {'falls' if row.falls else 'stands'}"
        for row in rows.itertuples()
    ]
    rows["fate"] = rows["falls"].map({True: "falls", False: "stands"})
    order = list(dict.fromkeys(rows.sort_values("falls", kind="stable")["position"]))
    shown = list(rows["origin_name"].value_counts().index[:COLUMNS])

    whole = rows.groupby("position", sort=False).agg(
        link=("link", "first"), falls=("falls", "any"), without=("origin_name", join), words=("words", "; ".join)
    )
    whole = whole.loc[order].reset_index()
    whole["fate"] = [wrap(f"{'rests on' if r.falls else 'stands on'} {r.without}", 56, 1) for r in whole.itertuples()]
    fill = alt.condition("datum.falls", alt.value(DOT), alt.value(PAPER))
    words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}

    def listed():
        base = alt.Chart(whole).encode(alt.Y("position:N").sort(order).axis(None))
        dots = base.mark_circle(size=90, opacity=1, stroke=DOT, strokeWidth=2).encode(
            color=fill, x=alt.value(8), **words
        )
        position = base.mark_text(align="left", dy=-9, fontSize=11, limit=NARROW - 24).encode(
            text="position:N", x=alt.value(20)
        )
        fate = base.mark_text(align="left", dy=5, fontSize=10, color=MUTED).encode(text="fate:N", x=alt.value(20))
        return alt.layer(dots, position, fate).properties(width=NARROW, height=alt.Step(34))

    def draw(narrow):
        if narrow:
            return listed()
        step = max((WIDE - 260) / len(shown), 14)
        slanted = len(shown) > 5
        named = {name: name if slanted else wrap(name, int(step / 6)) for name in shown}
        seen = drawable(rows[rows["origin_name"].isin(named)])
        base = alt.Chart(seen.assign(origin_name=seen["origin_name"].map(named))).encode(
            alt.X("origin_name:N")
            .sort(list(named.values()))
            .axis(
                orient="top",
                labelAngle=-60 if slanted else 0,
                labelFontSize=11,
                labelLimit=150,
                labelExpr=LINES,
            ),
            alt.Y("position:N").sort(order).axis(labelLimit=320, grid=True),
        )
        dots = base.mark_circle(size=130, opacity=1, stroke=DOT, strokeWidth=2).encode(color=fill, **words)
        return dots.properties(width=alt.Step(step), height=alt.Step(24))

    return finish(
        draw,
        name="leave-one-out",
        title=title,
        subtitle="Each row is a party's stance on an issue, with the independent origins that carry it. "
        "Filled: the position falls without that origin. Open: another carries it too."
        + (f" Of {total:,} positions the {ROWS} that rest on the fewest are drawn." if total > ROWS else "")
        + (f" Of all origins the {COLUMNS} that carry most are drawn." if rows["origin"].nunique() > COLUMNS else ""),
        alt_text=alt_text.share(int(every["falls"].sum()), total),
        rows=rows.assign(cite=rows["statements"]),
        columns={"position": "Position", "origin_name": "Left out", "fate": "Then it", "cite": "Statements"},
    )
