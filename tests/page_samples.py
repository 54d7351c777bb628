"""An executed notebook about invented talks, with every kind of output that a page has to carry."""

import altair as alt
import nbformat.v4 as nbf
import pandas as pd

from parley.palette import INK, MUTED, PARTIES, RULE

HOSTILE = "<script>alert(1)</script> & {{7*7}} $x^2$ `code` =1+1"
THEME = {
    "font": "Arial",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "gridColor": RULE,
    }
    | {"domain": False, "ticks": False, "titleFontWeight": "normal"},
    "legend": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelColor": INK,
        "titleColor": MUTED,
        "orient": "top",
    },
}


def bars(width=640, words="", cite="s1"):
    frame = pd.DataFrame(
        {
            "party": ["Harbour board", "Dockers' union", "City of Northport", "Ship owners"] * 2,
            "kind": ["offers"] * 4 + ["demands"] * 4,
            "count": [3, 1, 2, 4, 2, 5, 1, 3],
            "href": [f"#{cite}"] * 7 + ["javascript:alert(1)"],
            "words": [f"Statement {n} {words}" for n in range(8)],
        }
    )
    return (
        alt.Chart(frame, width=width, height=alt.Step(34))
        .mark_bar(clip=True)
        .encode(
            x=alt.X("count:Q", title="statements").axis(tickMinStep=1),
            y=alt.Y("party:N", title=None, sort=None),
            color=alt.Color("kind:N", title=None).scale(range=list(PARTIES[:2])),
            href="href:N",
            description="words:N",
        )
        .configure(**THEME)
        .to_dict()
    )


def chart(id="lead", alt_text="Who offers and who demands.", words="", cite="s1", narrow=True, switches=None):
    """The output of a chart as our renderer displays it."""
    spec = bars(words=words, cite=cite)
    rows = [
        {"party": "Harbour board", "count": 5, "text": f"Higher pay {words}", "cite": [cite]},
        {"party": "Dockers' union", "count": float("nan"), "text": "Shorter shifts", "cite": cite},
    ]
    columns = {"party": "Party", "text": "What it says", "count": "Statements", "cite": "Source"}
    extra = {"id": id, "caption": f"Each bar counts statements. {words}", "rows": rows, "columns": columns}
    if switches:
        extra["switches"] = switches
        rows += [{"party": text, "text": "", "cite": []} for text in ("=1+1", "@x", "-5")]
    if narrow:
        extra["narrow"] = bars(width=200, words=words, cite=cite)
    spec |= {"description": alt_text, "usermeta": {"parley": extra}}
    return shown({"application/vnd.vegalite.v5+json": spec, "text/plain": alt_text})


def shown(data):
    return nbf.new_output("display_data", data=data)


def markup(text):
    return shown({"text/html": text, "text/plain": "markup"})


def code(*outputs, tags=(), source="secret_code = 1"):
    return nbf.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)}, execution_count=1)


def notebook(words=""):
    text = words.replace("&", "&amp;").replace("<", "&lt;")
    opening = (
        '<header class="opening"><h1>Where do the harbour talks stand?</h1>'
        f'<p class="question">Who wants what, how far apart are they, and who says so? {text}</p>'
        '<p class="meta">One article · as of 4 March 2031 · 12 statements</p></header>'
    )
    finding = (
        '<p class="finding">The Harbour board offers higher pay in 3 statements, and the Dockers’ union '
        'demands shorter shifts <a class="cite" href="#s1">s1</a> <a class="cite" href="#s2">s2</a>. '
        "No party accepts the other’s terms. "
        '<span class="silence">Nothing is reported on night work.</span></p>'
    )
    evidence = (
        '<div class="evidence"><ol>'
        + "".join(
            f'<li id="s{n}"><p>The union asks for shifts of eight hours at most. {text} '
            '<span class="tag">demands</span></p>'
            '<p class="place">Article 1, paragraph 4, sentence 2, characters 310–402</p>'
            '<p class="chain">The article · a spokesman of the union (named)</p></li>'
            for n in range(1, 9)
        )
        + "</ol></div>"
    )
    judgement = (
        f'<div class="judgement"><p>The board can give on pay before it gives on shifts. {text}</p>'
        '<dl><dt>Confidence</dt><dd>moderate</dd><dt>Rests on</dt><dd><a class="cite" href="#s3">s3</a></dd>'
        "<dt>Otherwise</dt>"
        "<dd>The owners may pay instead.</dd></dl></div>"
    )
    table = pd.DataFrame({"a long column heading": [f"{words} word " * 9], "b": [1.5], "c": ["x" * 60]}).to_html()
    cells = [
        nbf.new_markdown_cell("# The title that JupyterLab shows"),
        code(nbf.new_output("stream", name="stdout", text="printed")),
        code(markup(opening)),
        nbf.new_markdown_cell("## How far apart are they?"),
        code(markup(finding)),
        code(chart(words=words)),
        code(markup("<p>only in the lab</p>"), tags=["lab"]),
        nbf.new_markdown_cell(
            "## What must come before what?\n\nPlain *Markdown* text, then a table.\n\n|a|b|\n|-|-|\n|1|2|"
        ),
        code(chart("second", narrow=False, words=words)),
        code(markup(table)),
        nbf.new_markdown_cell("## What do we read into it?"),
        code(markup(judgement)),
        code(shown({"text/plain": f"plain {words}"})),
        nbf.new_markdown_cell("## What does each sentence rest on?"),
        code(markup(evidence)),
    ]
    return nbf.new_notebook(cells=cells)
