"""Where the parties stand: the matrix of positions, and the room that each gets."""

import altair as alt

from parley.analysis import positions
from parley.charts.theme import NARROW, WIDE, drawable, finish, party_colours
from parley.palette import INK, MUTED, PAPER, SILENCE, SOFT, STANCES
from parley.prose import alt as alt_text
from parley.prose.words import count
from parley.prose.words import names as named


def matrix(dossier, title):
    """Issue by party: stance, firmness and number of independent origins in each cell, silence drawn as silence."""
    cells = positions.matrix(dossier)
    names = issues = named(dossier, short=True)
    rows = cells.assign(
        issue_name=cells["issue"].map(issues),
        party_name=cells["party"].map(names),
        said=cells["stance"].map({"silent": "silent", "describes": "describes"}).fillna(cells["stance"]),
        firm=["●" * level + "○" * (5 - level) if level else "" for level in cells["firmness"].fillna(0)],
        sourced=[count(n, "origin") if n else "" for n in cells["origins"]],
        link=["#" + (ids[0] if ids else issue) for ids, issue in zip(cells["statements"], cells["issue"], strict=True)],
        cite=cells["statements"],
    )
    rows["words"] = [
        f"{row.party_name} on {row.issue_name}: {row.said}"
        + (f", firmness {row.firmness} of 5" if row.firm else "")
        + (f", {row.sourced}" if row.sourced else "")
        for row in rows.itertuples()
    ]
    order = [issues[issue] for issue in dossier.issues["id"]]
    columns = [names[party] for party in positions.speakers(dossier)]

    def draw(narrow):
        wide = ((NARROW - 8) if narrow else (WIDE - 150)) / len(columns)
        row = 70 if narrow else 50
        gap = 0.36 if narrow else 0.06
        head = (
            alt.X("party_name:N")
            .sort(columns)
            .axis(
                orient="top",
                labelAngle=0,
                labelExpr="slice(split(datum.label, ' '), 0, 3)" if narrow else "datum.label",
                labelFontWeight=600,
                labelFontSize=10 if narrow else 12,
                labelLimit=wide,
                offset=12 if narrow else 0,
            )
        )
        side = alt.Y("issue_name:N").sort(order).scale(paddingInner=gap, paddingOuter=gap / 2)
        base = alt.Chart(drawable(rows)).encode(
            head,
            side.axis(None if narrow else alt.Axis(labelLimit=150)),
            href="link:N",
            description="words:N",
            tooltip="words:N",
        )
        known = "datum.stance !== 'silent'"
        fill = alt.Color("stance:N").scale(domain=[*STANCES, positions.DESCRIBES], range=[*STANCES.values(), SOFT])
        spoken = base.transform_filter(known).mark_rect(stroke=PAPER, strokeWidth=3, cornerRadius=5).encode(color=fill)
        silent = base.transform_filter(f"!({known})").mark_rect(
            fill=PAPER, stroke=SILENCE, strokeDash=[3, 3], strokeWidth=1, cornerRadius=5
        )
        ink = alt.condition(f"datum.stance === 'describes' || !({known})", alt.value(MUTED), alt.value(PAPER))
        size = 10 if narrow else 13
        word = base.mark_text(dy=-11, fontSize=size, fontWeight=600, lineHeight=size + 1).encode(
            text="said:N",
            color=ink,
        )
        dots = base.mark_text(dy=3, fontSize=8 if narrow else 10).encode(text="firm:N", color=ink)
        sources = base.mark_text(dy=14, fontSize=9 if narrow else 10).encode(text="sourced:N", color=ink)
        layers = [spoken, silent, word, dots, sources]
        if narrow:
            heads = alt.Chart(drawable(rows.drop_duplicates("issue_name")))
            layers.append(
                heads.mark_text(align="left", dy=-row / 2 + 6, fontWeight=600, limit=NARROW).encode(
                    side, text="issue_name:N", x=alt.value(2)
                )
            )
        return alt.layer(*layers).properties(width=alt.Step(wide), height=alt.Step(row))

    return finish(
        draw,
        name="matrix",
        title=title,
        subtitle="The firmest stance of each party on each issue, in the last article that reports one. "
        "Dots: firmness of the words, 1 to 5. "
        "Origins: independent sources behind the cell. Silent: nothing is reported. Describes: takes no position.",
        alt_text=alt_text.matrix(rows, order),
        rows=rows,
        columns={
            "issue_name": "Issue",
            "party_name": "Party",
            "said": "Stance",
            "firmness": "Firmness (1–5)",
            "origins": "Independent origins",
            "cite": "Statements",
        },
    )


def room(dossier, title):
    """How much room each party gets: shares of passages, statements, quotations, refusals and words."""
    wide = positions.room(dossier)
    measures = {
        "characters": "passages (characters)",
        "statements": "statements",
        "quotations": "quotations",
        "refusals": "refusals",
        "words": "words in these tables",
    }
    names = named(dossier, short=True)
    rows = wide.melt("party", list(measures), "measure", "count")
    rows["share"] = rows["count"] / rows.groupby("measure")["count"].transform("sum").clip(lower=1)
    rows = rows.assign(
        party_name=rows["party"].map(names),
        measure_name=rows["measure"].map(measures),
        link=["#" + party for party in rows["party"]],
        cite=[(party,) for party in rows["party"]],
    )
    rows["words"] = [
        f"{r.party_name}: {r.count_:,} {r.measure_name}" for r in rows.rename(columns={"count": "count_"}).itertuples()
    ]
    colours = party_colours(dossier)
    order = [names[party] for party in wide["party"]]

    def draw(narrow):
        y = alt.Y("party_name:N").sort(order).axis(labelLimit=105 if narrow else 170)
        base = alt.Chart(drawable(rows)).encode(
            y,
            alt.X("count:Q").axis(None).scale(domainMin=0),
            href="link:N",
            description="words:N",
            tooltip="words:N",
        )
        bars = base.mark_bar(height=9, cornerRadiusEnd=2).encode(
            alt.Color("party:N").scale(domain=list(colours), range=list(colours.values()))
        )
        number = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(text=alt.Text("count:Q", format=","))
        columns = 1 if narrow else 3
        return (
            alt.layer(bars, number)
            .properties(width=(NARROW - 160) if narrow else 130, height=alt.Step(16))
            .facet(
                alt.Facet("measure_name:N").sort(list(measures.values())).header(labelAnchor="start"),
                columns=columns,
                spacing=14,
            )
            .resolve_scale(x="independent", y="shared" if not narrow else "independent")
        )

    return finish(
        draw,
        name="room",
        title=title,
        subtitle="Counts without repeats. Each panel has its own scale.",
        alt_text=alt_text.room(wide.assign(party_name=wide["party"].map(names))),
        rows=wide.assign(party_name=wide["party"].map(names), cite=[(party,) for party in wide["party"]]),
        columns={"party_name": "Party", **{key: text.capitalize() for key, text in measures.items()}},
    )
