"""How every chart looks and travels: one theme, one renderer, words in every chart and mark."""

import textwrap

import altair as alt
import pandas as pd

from parley.analysis.positions import speakers
from parley.palette import COLOURS, INK, MUTED, PAPER, RULE
from parley.show import CITED, MOST

FONT = "Arial, Helvetica, sans-serif"
"""A font whose widths vl-convert and browsers agree on, so that no text is clipped."""

LINES = "split(datum.label, '\\n')"
"""A label in lines, as `wrap` parts them, for axes."""

WIDE, NARROW = 720, 330
"""Pixels between the edges of a drawing, on a page and on a phone."""

MIME = "application/vnd.vegalite.v5+json"
"""The newest type that JupyterLab draws without a network and that the notebook format takes as a dict."""

CONFIG = {
    "background": PAPER,
    "font": FONT,
    "view": {"stroke": None},
    "padding": 4,
    "title": {
        "anchor": "start",
        "color": INK,
        "font": FONT,
        "fontSize": 15,
        "fontWeight": 600,
        "lineHeight": 19,
        "subtitleColor": MUTED,
        "subtitleFont": FONT,
        "subtitleFontSize": 12,
        "subtitleLineHeight": 16,
        "subtitlePadding": 5,
        "offset": 14,
        "frame": "bounds",
    },
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "gridColor": RULE,
        "labelColor": INK,
        "labelFont": FONT,
        "labelFontSize": 12,
        "labelLimit": 400,
        "labelPadding": 6,
        "title": None,
        "titleColor": MUTED,
        "titleFont": FONT,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "header": {
        "labelColor": INK,
        "labelFont": FONT,
        "labelFontSize": 12,
        "labelFontWeight": 600,
        "title": None,
    },
    "text": {"color": INK, "font": FONT, "fontSize": 12, "lineBreak": "\n"},
    "legend": {"disable": True},
}


def finish(draw, *, name, title, subtitle, alt_text, rows, columns, of=0, **more):
    """The chart that `draw(narrow)` makes, complete: title, subtitle, alt text, its rows and its narrow twin.

    `title` says what the chart shows, `subtitle` what it measures. `rows` is the frame that a reader may unfold under
    the chart, `columns` its headings by column name; a column `cite` holds tuples of ids. Of very many rows, and of
    what a row cites, the first are kept, and the caption says so; `of` is how many rows there are, where `rows` holds
    only the first. `more` goes to the page as it is.
    """

    def complete(narrow):
        width = NARROW if narrow else WIDE
        heading = {
            "text": textwrap.wrap(title, int(width / 8.3)),
            "subtitle": textwrap.wrap(subtitle, int(width / 6.2)),
        }
        return draw(narrow).properties(title=heading, description=alt_text).configure(**CONFIG)

    table = [{key: _plain(row[key]) for key in columns} for row in rows.head(MOST).to_dict("records")]
    kept = [f"the first {MOST} of {max(of, len(rows)):,} rows"] if max(of, len(rows)) > MOST else []
    kept += [f"of each row's sources the first {CITED}"] if (rows["cite"].head(MOST).str.len() > CITED).any() else []
    if kept:
        more["caption"] = f"Kept under the chart: {'; '.join(kept)}."
    # Pairs, because a notebook's file sorts the keys of a dict.
    meta = {
        "id": name,
        "rows": table,
        "columns": list(columns.items()),
        "narrow": _portable(complete(narrow=True)),
        **more,
    }
    return complete(narrow=False).properties(usermeta={"parley": meta})


def drawable(rows):
    """The rows without the lists in them: a drawing needs none, and would carry them all."""
    return rows[[column for column in rows if not rows[column].map(type).isin((list, tuple)).any()]]


def _plain(value):
    if isinstance(value, tuple):
        return list(value[:CITED])
    if pd.isna(value):
        return ""
    return value.item() if hasattr(value, "item") else value


def _portable(chart):
    """The chart's specification, marked as the version that JupyterLab draws: it uses nothing newer."""
    return chart.to_dict() | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}


def _render(spec, **_options):
    alt_text = spec.get("description", "")
    return {
        MIME: spec | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"},
        "text/plain": alt_text,
    }


alt.renderers.register("parley", _render)
alt.renderers.enable("parley")


def party_colours(dossier):
    """One colour per party that says anything, by its place among the actors: the same in every chart."""
    lights = [light for name, (light, _) in COLOURS.items() if name.startswith("party-")]
    return {party: lights[place % len(lights)] for place, party in enumerate(speakers(dossier))}


def wrap(text, width, lines=None):
    """The text in lines of so many characters, joined by a line feed as the charts' text marks expect.

    What does not fit into so many lines is cut, and shows that it is.
    """
    return "\n".join(textwrap.wrap(text, int(width), max_lines=lines, placeholder=" …")) or " "


def lift(field, line, share=0.5, above=0):
    """How far up a text mark stands, when Vega sets the first of its lines in place: `share` of the others, `above`."""
    return alt.expr(f"-{above} - {line * share} * (length(split(datum.{field}, '\\n')) - 1)")
