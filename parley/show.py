"""Sentences and rows as the HTML that a notebook shows and a page keeps. All text from the tables is escaped."""

import pandas as pd
from markupsafe import Markup

MOST = 60
"""Rows that a table or list shows; it says how many more there are."""

CITED = 20
"""Rows that a sentence or a row of a table cites; it says how many more there are."""


class Html(str):
    """Markup that JupyterLab and nbconvert show as it is."""

    def _repr_html_(self):
        return str(self)

    def __repr__(self):
        return "HTML"


def cite(ids):
    """Links to the rows behind a sentence, in the evidence of the same page."""
    shown = Markup(" ").join(Markup('<a class="cite" href="#{0}">{0}</a>').format(row) for row in ids[:CITED])
    return shown + _more(len(ids) - CITED)


def _more(count):
    return Markup(' <span class="note">and {:,} more</span>').format(count) if count > 0 else ""


def opening(dossier, title, question, sentences):
    """The head of a report: its title, its question, and what it is made from."""
    as_of = f"As of {dossier.as_of}. " if dossier.as_of else ""
    head = Markup('<header class="opening"><h1>{}</h1><p class="question">{}</p><p class="meta">{}{}</p></header>')
    return Html(head.format(title, question, as_of, _text(sentences)))


def finding(sentences):
    """The answer to a heading: one sentence as a paragraph, several as a list, none said as silence."""
    if not sentences:
        return Html('<p class="silence">Nothing of the kind is reported.</p>')
    if len(sentences) == 1:
        return Html(Markup('<p class="finding">{}</p>').format(_text(sentences)))
    shown = Markup("").join(Markup("<li>{}</li>").format(_text([item])) for item in sentences[:MOST])
    more = Markup("<li>and {:,} more.</li>").format(len(sentences) - MOST) if len(sentences) > MOST else ""
    return Html(Markup('<ul class="findings">{}{}</ul>').format(shown, more))


def _text(sentences):
    return Markup(" ").join(Markup("{} {}").format(item.text, cite(item.cites)) for item in sentences)


def weightiest(rows, weight, most=MOST):
    """The rows of most weight, in their own order: all where there are no more than so many."""
    return rows[rows.index.isin(weight.sort_values(ascending=False, kind="stable").index[:most])]


def table(rows, columns, caption, of=0):
    """Rows as a table; none is said as silence. `columns` gives headings by column name; `cite` holds ids of rows.

    `of` is how many rows there are, where `rows` holds only the weightiest.
    """
    if rows.empty:
        return Html(Markup('<p class="silence">Nothing of this kind is reported: {}</p>').format(caption))
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(heading) for heading in columns.values())
    body = Markup("").join(_row(row, columns) for row in rows.to_dict("records"))
    more = f" {len(rows):,} of {of:,} rows, the weightiest." if of > len(rows) else ""
    return Html(
        Markup('<table class="rows"><caption>{}{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
            caption, more, head, body
        )
    )


def _row(row, columns):
    cells = []
    for place_, name in enumerate(columns):
        value = cite(row[name]) if name == "cite" else _cell(row[name])
        tag = Markup('<th scope="row">{}</th>') if place_ == 0 else Markup("<td>{}</td>")
        cells.append(tag.format(value))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _cell(value):
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value) if pd.notna(value) else ""
