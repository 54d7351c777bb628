"""The index of a set: the main findings, then every report with a small picture of its lead chart."""

import re
import xml.etree.ElementTree as ET

from markupsafe import Markup

from parley.page.document import description
from parley.page.svg import NUMBER, SVG, unwrap
from parley.page.templates import render

MAIN = 5
FINDINGS = re.compile(r'<ul class="findings">(.*?)</ul>', re.DOTALL)
DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
LEFT_OUT = ("clip-path", "href", "font-family", "role", "tabindex", "id")


def index(*, title, as_of, built, left_out, groups):
    """The HTML of the index. `groups` are headings with (file, title, finished page) of each report, in order.

    The first page's first list of findings opens it. `left_out` are the titles of reports that are not in the set.
    """
    file, _, first = groups[0][1][0]
    return render(
        "index.html.j2",
        title=title,
        description=f"Reports on: {title}",
        as_of=as_of,
        built=built,
        left_out=left_out,
        findings=Markup(main_findings(first, file)),
        groups=[(heading, [_entry(*entry) for entry in entries]) for heading, entries in groups],
    )


def _entry(file, title, page):
    return {"file": file, "title": title, "description": description(page), "picture": Markup(picture(page))}


def main_findings(page, file):
    """The first findings of a page as list items; their citations lead into the page, which is called `file`."""
    found = FINDINGS.search(page)
    items = re.findall(r"<li>.*?</li>", found[1], re.DOTALL)[:MAIN] if found else []
    return "".join(items).replace('href="#', f'href="{file}#')


def picture(page):
    """The first drawing of a page without its words and links, small and silent; "" where there is none."""
    found = DRAWING.search(page)
    if not found:
        return ""
    root = ET.fromstring(found[0])
    left, top, width, height = map(float, root.get("viewBox").split())
    title = max(_baselines(root, 0, False), default=top)
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.removeprefix(SVG)
            if tag in ("text", "title", "defs", "image") or child.get("class") == "title":
                parent.remove(child)
    for element in root.iter():
        if element.tag == f"{SVG}a":
            element.tag = f"{SVG}g"
        for name in [name for name in element.attrib if name in LEFT_OUT or name.startswith("aria-")]:
            del element.attrib[name]
        for name in ("d", "transform"):
            if "scale" not in element.get(name, "scale"):
                element.set(name, NUMBER.sub(lambda match: f"{round(float(match[0]))}", element.get(name)))
    unwrap(root)
    box = f"{left:g} {title + 8:g} {width:g} {top + height - title - 8:g}"  # without the place of the title
    root.attrib = {"class": "chart picture", "viewBox": box, "preserveAspectRatio": "xMinYMin", "aria-hidden": "true"}
    return ET.tostring(root, encoding="unicode")


def _baselines(element, above, inside):
    """How far down each line of a drawing's title stands."""
    inside = inside or element.get("class") == "title"
    moved = re.match(r"translate\([^,]*,([^)]*)\)", element.get("transform", ""))
    above += float(moved[1] if moved else 0) + float(element.get("dy", 0))
    if inside and element.tag in (f"{SVG}text", f"{SVG}tspan"):
        yield above
    for child in element:
        yield from _baselines(child, above, inside)
        above += float(child.get("dy", 0)) if child.tag == f"{SVG}tspan" else 0
