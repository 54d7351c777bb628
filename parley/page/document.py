"""The cells of an executed notebook, one after the other, as the body of a page."""

import html
import re
from collections import Counter

from markupsafe import Markup

from parley.page.clean import clean, words
from parley.page.figure import figure, parties
from parley.page.markdown import markdown
from parley.page.templates import render

VEGA_LITE = re.compile(r"application/vnd\.vegalite\.v\d+[+.]json")
PICTURES = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg+xml"}
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
OPENING = re.compile(r'<header class="opening">.*?</header>', re.DOTALL)
H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
H2 = re.compile(r"<h2([^>]*)>(.*?)</h2>", re.DOTALL)
FINDING = r'(?:<p [^>]*class="finding"[^>]*>|<ul class="findings"><li>)(.*?)</(?:p|li)>'
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)


def document(nb, name, pages=None, show_code=False):
    """The whole HTML page of the executed notebook `nb`; `name` is its title where it holds no h1.

    `pages` is the set that the page stands in, or None: a dict with `title`, `as_of`, `files` (the
    names of all pages; links to others become plain text), and `before` and `after` (None, or `file` and
    `title`). With `show_code`, here or in `pages`, the code of each cell stands before its outputs, folded;
    that of the injected parameters does not: it names folders of one machine.
    """
    show_code = show_code or bool(pages and pages.get("show_code"))
    cells = [cell for cell in nb.cells if "lab" not in cell.metadata.get("tags", [])]
    parts = [part for cell in cells for part in _parts(cell, show_code)]
    opening, parts = _opening(parts, name)
    drawn, contents, tables, charts = [], [], 0, Counter()
    for kind, value in parts:
        if kind == "chart":
            drawn.append(figure(*value, charts, prefix=f"c{charts.total() + 1}"))
            continue
        value = H1.sub(r"<h2>\1</h2>", value)
        value = H2.sub(lambda match: _heading(match, contents), value)
        tables += len(TABLE.findall(value))
        drawn.append(_scrolling(value, tables))
    body = "\n".join(drawn)
    if pages:
        body, opening = _within(body, pages["files"]), _within(opening, pages["files"])
    return render(
        "page.html.j2",
        title=words(H1.search(opening)[1]),
        description=_description(opening + body),
        opening=Markup(opening),
        contents=contents,
        parties=list(dict.fromkeys(name for kind, value in parts if kind == "chart" for name in parties(value[0]))),
        body=Markup(body),
        pages=pages,
    )


def description(page):
    """The one-line description that a finished page gives of itself."""
    return html.unescape(re.search(r'<meta name="description" content="(.*?)">', page)[1])


def _parts(cell, show_code=False):
    """What a cell shows: ("markdown" or "html", markup) or ("chart", (spec, alt)); no prints, code only if asked."""
    if cell.cell_type == "markdown":
        yield "markdown", markdown(cell.source, cell.get("attachments", {}))
    elif show_code and cell.source.strip() and "injected-parameters" not in cell.metadata.get("tags", []):
        code = html.escape(cell.source)
        yield "html", f'<details class="code"><summary>Code</summary><pre tabindex="0">{code}</pre></details>'
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            message = ANSI.sub("", f"{output.ename}: {output.evalue}")
            yield "html", f'<pre class="error">{html.escape(message)}</pre>'
        elif output.output_type in ("display_data", "execute_result"):
            yield from _shown(output.data)


def _shown(data):
    chart = next((value for mime, value in data.items() if VEGA_LITE.fullmatch(mime)), None)
    picture = next((mime for mime in PICTURES if mime in data), None)
    markup = clean(_text(data.get("text/html", ""))).replace("<th></th>", "<td></td>")
    plain = html.escape(_text(data.get("text/plain", "")))
    if chart:
        yield "chart", (chart, _text(data.get("text/plain", "")))
    elif markup.strip() and (words(markup) or "<img" in markup):
        yield "html", markup
    elif picture:
        content = _text(data[picture])
        encoded = ";utf8," + content if picture == "image/svg+xml" else ";base64," + content.replace("\n", "")
        alt = plain or "Picture"
        yield (
            "html",
            f'<figure><img src="data:{picture}{html.escape(_quoted(encoded))}" alt="{alt}"></figure>',
        )
    elif "text/markdown" in data:
        yield "markdown", markdown(_text(data["text/markdown"]))
    elif plain:
        yield "html", f"<pre>{plain}</pre>"


def _text(value):
    return "".join(value) if isinstance(value, list) else value


def _quoted(content):
    return content.replace("%", "%25").replace("#", "%23") if content.startswith(";utf8") else content


def _opening(parts, name):
    """The header with the one h1 (an output's, else a Markdown cell's, else the name), and the rest."""
    for wanted in ("html", "markdown"):
        at = next((i for i, (kind, value) in enumerate(parts) if kind == wanted and "<h1" in value), None)
        if at is not None:
            break
    else:
        return f'<header class="opening"><h1>{html.escape(name)}</h1></header>', parts
    markup = parts[at][1]
    found = OPENING.search(markup) or H1.search(markup)
    opening = found[0] if found[0].startswith("<header") else f'<header class="opening">{found[0]}</header>'
    parts = [*parts[:at], (parts[at][0], markup.replace(found[0], "", 1)), *parts[at + 1 :]]
    if wanted == "html":  # the Markdown title is what JupyterLab shows; here it would say the same twice
        parts = [(kind, H1.sub("", value) if kind == "markdown" else value) for kind, value in parts]
    return opening, [(kind, value) for kind, value in parts if kind == "chart" or value.strip()]


def _heading(match, contents):
    """The same h2 with an id that the contents can lead to; adds it to `contents`."""
    attributes, inner = match[1], match[2]
    given = re.search(r' id="([^"]+)"', attributes)
    text = words(inner)
    if given:
        anchor = given[1]
    else:
        slug = re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"
        taken = {entry["id"] for entry in contents}
        anchor = next(a for a in (slug, *(f"{slug}-{n}" for n in range(2, 999))) if a not in taken)
        attributes += f' id="{anchor}"'
    contents.append({"id": anchor, "text": text})
    return f"<h2{attributes}>{inner}</h2>"


def _scrolling(markup, count):
    """Each table in a frame of its own, so that a wide one scrolls and the page does not."""
    number = iter(range(count - len(TABLE.findall(markup)) + 1, count + 1))

    def framed(match):
        label = f"Table {next(number)}"
        return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{match[0]}</div>'

    return TABLE.sub(framed, markup)


def _within(markup, files):
    """The same markup, with links to pages that are not in the set made plain text."""

    def kept(match):
        return match[0] if match[2] in files else match[1]

    return re.sub(r'(<a\b[^<>]*?) href="([^"#/:]+\.html)(?:#[^"]*)?"', kept, markup)


def _description(markup):
    """The page in a line: its first finding, else its question, else its first paragraph, else nothing."""
    for pattern in (FINDING, r'<p class="question">(.*?)</p>', r"<p>(.*?)</p>"):
        found = re.search(pattern, markup, re.DOTALL)
        if found and (text := words(found[1])):
            return text if len(text) <= 300 else text[:300].rsplit(" ", 1)[0] + " …"
    return ""
