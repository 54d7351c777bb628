"""When: a strip of what was done and said, in time or, where only an order is told, in order."""

import altair as alt

from parley.analysis import timeline
from parley.charts.theme import NARROW, WIDE, drawable, finish, lift, wrap
from parley.palette import LINK, MUTED, PAPER
from parley.prose import alt as alt_text
from parley.prose.statements import statement
from parley.show import MOST as KEPT

GROUPS = {
    "ordered": "Order told, day not told",
    "weekday": "Weekday told, week not told",
    "apart": "No time told",
}

MOST = 40
"""Entries that are drawn: the first in time."""


def order(dossier, title):
    """Acts and dated statements in columns: days, then weekdays, then steps of a told order, then without a time."""
    every = timeline.timeline(dossier)
    rows = every.head(KEPT)
    rows["slot"] = [_slot(row) for row in rows.to_dict("records")]
    said = dossier.statements.set_index("id", drop=False)
    rows["text"] = [
        row["label"] if row["what"] == "act" else statement(dossier, said.loc[row["id"]]).text
        for row in rows.to_dict("records")
    ]
    rows["certain"] = (rows["group"] == "dated") & ~rows["inferred"]
    rows["words"] = [f"{row.slot}: {row.text}{' (inferred)' if row.inferred else ''}" for row in rows.itertuples()]
    rows["link"] = ["#" + ids[0] for ids in rows["statements"]]
    rows["cite"] = rows["statements"]
    drawn = rows.head(MOST)
    opens = drawn["slot"] != drawn["slot"].shift()
    slots = drawn["slot"].nunique()

    def draw(narrow):
        width, line = NARROW if narrow else WIDE, 13
        step = min(9, 60 / slots) if narrow else min(46, 240 / slots)
        indent = (opens.cumsum() - 1) * step
        letters = (width - indent - 20) / (5.6 if narrow else 6.2)
        data = drawable(drawn).assign(
            text=[wrap(text, room, 3) for text, room in zip(drawn["text"], letters, strict=True)], x=indent + 8
        )
        lines = data["text"].str.count("\n") + 1
        data["bottom"] = (lines * line + 10 + opens * 22).cumsum()
        data["y"] = data["bottom"] - lines * line / 2 - 5
        height = float(data["bottom"].max())
        across = alt.Scale(domain=[0, width])
        down = alt.Scale(domain=[height, 0])
        words = {"href": "link:N", "description": "words:N", "tooltip": "words:N"}
        heads = (
            alt.Chart(data[opens].assign(x=indent, y=data["bottom"] - lines * line - 19))
            .mark_text(align="left", fontSize=11, fontWeight=600, color=MUTED, limit=width - 60)
            .encode(alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=down, axis=None), text="slot:N")
        )
        base = alt.Chart(data).encode(alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=down, axis=None))
        shape = alt.Shape("what:N").scale(domain=["act", "statement"], range=["square", "circle"])
        dots = base.mark_point(size=70, filled=True, opacity=1, stroke=LINK, strokeWidth=1.6).encode(
            shape, fill=alt.condition("datum.certain", alt.value(LINK), alt.value(PAPER)), **words
        )
        text = base.mark_text(
            align="left", dx=12, fontSize=11 if narrow else 12, lineHeight=line, dy=lift("text", line)
        ).encode(text="text:N", href="link:N")
        return alt.layer(dots, text, heads).properties(width=width, height=height)

    return finish(
        draw,
        name="timeline",
        title=title,
        subtitle="Squares: acts. Circles: statements. Filled: the day is stated. Open: it is not, or it is inferred."
        + (f" Of {len(every):,} entries the first {MOST} are drawn." if len(every) > MOST else ""),
        alt_text=alt_text.listing("In time, as far as a time is told.", drawn["words"]),
        rows=rows,
        of=len(every),
        columns={"slot": "When", "text": "What", "date_basis": "How it is dated", "cite": "Row"},
    )


def _slot(row):
    if row["group"] == "dated":
        first, last = (day.strftime("%-d %B %Y") for day in (row["first"], row["last"]))
        return first if first == last else f"{first} to {last}"
    if row["group"] == "weekday":
        return f"{row['date_stated']} (week not told)"
    if row["group"] == "ordered":
        return f"Step {row['step']} of a told order"
    return GROUPS["apart"]
