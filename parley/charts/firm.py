"""How firm a party's words are: every statement of position, or how many of each."""

import altair as alt

from parley.analysis import positions
from parley.analysis.sources import POSITIONS
from parley.charts.theme import LINES, NARROW, WIDE, drawable, finish, wrap
from parley.palette import MUTED, PAPER, STANCES
from parley.prose import alt as alt_text
from parley.prose.statements import statement
from parley.prose.words import count
from parley.prose.words import names as named

MOST = 120
"""Statements of a party that are drawn one by one."""

LEVELS = "['1 open', '2 willing', '3 plain', '4 strong', '5 categorical'][datum.value - 1]"
MARKS = {"accepts": "A", "offers": "O", "requires": "Q", "demands": "D", "refuses": "X"}


def firmness(dossier, party, title):
    """Every statement of position of one party: issue by firmness, coloured by stance.

    Of very many statements one dot a stance, with the number of its statements beside it.
    """
    every = positions.of_party(dossier, party)
    every = every[every["stance"].isin(POSITIONS)]
    issues = named(dossier)
    whole = len(every) > MOST
    rows = _counted(every) if whole else every.assign(cite=[(i,) for i in every["id"]], times="")
    rows = rows.assign(issue_name=rows["issue"].map(issues), link="#" + rows["cite"].str[0])
    rows["words"] = [
        f"{row['summary']}, firmness {row['firmness']} of 5" if whole else statement(dossier, row).text
        for row in rows.to_dict("records")
    ]
    rows["nth"] = rows.groupby(["issue", "firmness"]).cumcount()
    rows["mark"] = rows["stance"].map(MARKS)
    order = [issues[issue] for issue in dossier.issues["id"] if issue in set(rows["issue"])]
    shown = [stance for stance in MARKS if stance in set(rows["stance"])]

    def draw(narrow):
        abreast = 1 if whole else 3 if narrow else 5
        wrapped = {issue: wrap(issue, 17 if narrow else 24, 2) for issue in order}
        data = drawable(rows).assign(
            across=rows["nth"] % abreast, down=rows["nth"] // abreast, issue_name=rows["issue_name"].map(wrapped)
        )
        deep = int(data["down"].max()) + 1
        size = 13 if narrow else 18
        base = alt.Chart(data).encode(
            alt.X("firmness:O")
            .scale(domain=[1, 2, 3, 4, 5], paddingInner=0.1)
            .axis(orient="top", labelAngle=0, labelExpr="datum.label" if narrow else LEVELS),
            alt.Y("issue_name:N")
            .sort(list(wrapped.values()))
            .scale(paddingInner=0.25)
            .axis(labelExpr=LINES, labelLimit=105 if narrow else 150, labelFontSize=11 if narrow else 12, grid=True),
            alt.XOffset("across:O").scale(domain=list(range(abreast))),
            alt.YOffset("down:O").scale(domain=list(range(deep))),
            href="link:N",
            description="words:N",
            tooltip="words:N",
        )
        dots = base.mark_circle(size=size * size, opacity=1).encode(
            alt.Color("stance:N").scale(domain=list(STANCES), range=list(STANCES.values()))
        )
        letter = base.mark_text(fontSize=9 if narrow else 11, fontWeight=700, color=PAPER, dy=0.5).encode(text="mark:N")
        times = base.mark_text(fontSize=9 if narrow else 11, align="left", dx=size / 2 + 2, color=MUTED).encode(
            text="times:N"
        )
        return alt.layer(dots, letter, *([times] if whole else [])).properties(
            width=NARROW - 112 if narrow else WIDE - 160,
            height=alt.Step(max(deep * (size + 9), 30), **{"for": "position"}),
        )

    return finish(
        draw,
        name="firmness",
        title=title,
        subtitle=("Numbers: statements" if whole else "One dot a statement")
        + f", by firmness of {'their' if whole else 'its'} words. "
        + " ".join(f"{MARKS[stance]}: {stance}." for stance in shown),
        alt_text=alt_text.firmness(every.assign(issue_name=every["issue"].map(issues)), order),
        rows=rows,
        columns={
            "issue_name": "Issue",
            "stance": "Stance",
            "summary": "What",
            "firmness": "Firmness (1–5)",
            "cite": "Statement",
        },
    )


def _counted(rows):
    """One row per issue, firmness and stance: how many statements, citing those that stand first."""
    rows = rows.groupby(["issue", "firmness", "stance"]).agg(cite=("id", tuple), times=("id", "size")).reset_index()
    return rows.assign(
        summary=[f"{stance}: {count(n, 'statement')}" for stance, n in zip(rows["stance"], rows["times"], strict=True)],
        times=[f"{n:,}" for n in rows["times"]],
    )
