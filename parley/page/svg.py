"""One chart drawn and made fit for a page: a Vega-Lite specification in, one inline SVG out."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import vl_convert

from parley.page.clean import safe_link
from parley.palette import INK, MUTED, PAPER, RULE

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
VEGA_LITE = "6.1"  # the version that Altair 6 writes for
VEGA_BASE = "https://vega.github.io/vega-datasets/"  # vl-convert puts it before every relative link

# Vega's own default colours become the palette's, which have a dark twin.
DEFAULTS = {"white": PAPER, "black": INK, "#000": INK, "#333": INK, "#888": MUTED, "#ddd": RULE}
FURNITURE = ("role-axis", "role-legend", "role-title", "-header", "-footer")
KEPT_STYLES = ("font-style", "font-variant", "text-decoration", "pointer-events")
ROUNDED = {"d", "transform", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"}
IDLE = {"opacity": "1", "stroke-width": "1", "pointer-events": "none", "stroke-miterlimit": "10"}
NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")

ET.register_namespace("", SVG.strip("{}"))


def draw(spec, alt, prefix, kind="wide"):
    """The SVG of a Vega-Lite `spec`: a string that may stand in a page as it is.

    `alt` names the whole chart; each mark with a description is named by it and, where it has a safe `href`,
    is a link. `prefix` comes before every id, so that two charts of one page never share one. Nothing is
    fetched. Raises ValueError where the specification cannot be drawn.
    """
    spec = {key: value for key, value in _safe_links(spec).items() if key != "usermeta"}
    root = ET.fromstring(
        vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[], show_warnings=False)
    )
    _drop(root)
    _name(root)
    _tidy(root, prefix)
    _join(root)
    root.set("class", f"chart {kind}")
    marks = root.find(".//*[@aria-label]") is not None
    root.set("role", "group" if marks else "img")
    root.set("aria-label", alt)
    return ET.tostring(root, encoding="unicode")


def _safe_links(spec):
    """The same specification, with every unsafe value of its href channels emptied: Vega breaks on those."""
    fields = set()

    def collect(node):
        if isinstance(node, dict):
            channel = node.get("href")
            if isinstance(channel, dict) and isinstance(channel.get("field"), str):
                fields.add(channel["field"])
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    def cleaned(node):
        if isinstance(node, dict):
            return {
                key: safe_link(value) if key in fields and isinstance(value, str | None) else cleaned(value)
                for key, value in node.items()
            }
        return [cleaned(value) for value in node] if isinstance(node, list) else node

    collect({key: value for key, value in spec.items() if key not in ("data", "datasets")})
    return cleaned(spec) if fields else spec


def _drop(root):
    """Takes out what paints nothing or could do harm: backgrounds, empty paths, scripts, outside pictures."""
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.removeprefix(SVG)
            paper = parent is root and tag == "rect"
            empty = tag == "path" and (child.get("d") == "" or not {"fill", "stroke"} & child.attrib.keys())
            empty = empty and parent.tag != f"{SVG}clipPath"  # there it is the shape that is clipped to
            empty = empty or (tag == "text" and not len(child) and not child.text)
            alien = tag in ("script", "foreignObject", "style")
            outside = tag == "image" and not child.get(HREF, "").startswith("data:")
            if paper or empty or alien or outside:
                parent.remove(child)
    for parent in list(root.iter()):
        for link in [child for child in parent if child.tag == f"{SVG}a" and not len(child)]:
            parent.remove(link)


def _name(root):
    """Hides axes, legends and titles from screen readers, since `alt` says it; marks keep their words."""
    title = root.find(".//*[@class='mark-group role-title']")
    for element in list(root.iter()):
        if any(part in element.get("class", "") for part in FURNITURE):
            for inner in element.iter():
                inner.attrib.pop("aria-label", None)
            element.set("aria-hidden", "true")
    _link(root)
    for element in root.iter():
        for name in ("role", "aria-roledescription", "class"):
            element.attrib.pop(name, None)
        if element.tag == f"{SVG}text":  # words are their own name; Vega makes one of the fields
            element.attrib.pop("aria-label", None)
        if "aria-label" in element.attrib:
            if element.tag != f"{SVG}a":
                element.set("role", "img")
            words = ET.Element(f"{SVG}title")
            words.text = element.get("aria-label")
            element.insert(0, words)
    if title is not None:
        title.set("class", "title")  # what a page hides when a switch makes it untrue


def _link(root):
    """Leaves one safe, named link for each mark that leads somewhere; words on such a shape are not another."""
    links = [(link, link.find(f"{SVG}text") is not None) for link in root.iter(f"{SVG}a")]
    shapes = {link.get(HREF) for link, text in links if not text}
    for link, text in links:
        address = link.attrib.pop(HREF, "")
        href = safe_link(address.removeprefix(VEGA_BASE))
        link.attrib.clear()
        if not href:
            link.tag = f"{SVG}g"
        elif text and address in shapes:  # words on a shape that says and does the same
            link.tag = f"{SVG}g"
            link.set("aria-hidden", "true")
        else:
            link.set("href", href)
        if link.attrib:
            labels = [mark.attrib.pop("aria-label", "") for mark in link]
            if href and not text:  # words are their own name
                link.set("aria-label", next(filter(None, labels), href))


def _join(root):
    """Shapes that say and do the same, as the line and the head of an arrow, become one link: the first of them."""
    for parent in list(root.iter()):
        first = {}
        for link in [child for child in parent if child.tag == f"{SVG}a" and child.get("aria-label")]:
            kept = first.setdefault((link.get("href"), link.get("aria-label")), link)
            if kept is not link:
                kept.extend(shape for shape in link if shape.tag != f"{SVG}title")
                parent.remove(link)


def _tidy(root, prefix):
    """The same drawing in fewer bytes, always the same, without inline styles, which no page allows."""
    ids = {e.get("id"): f"{prefix}-{n}" for n, e in enumerate((e for e in root.iter() if e.get("id")), 1)}
    fonts = Counter(e.get("font-family") for e in root.iter(f"{SVG}text"))
    font = fonts.most_common(1)[0][0] if fonts else None
    for element in root.iter():
        for declaration in element.attrib.pop("style", "").split(";"):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if name in KEPT_STYLES:
                element.set(name, value)
        for name, value in list(element.attrib.items()):
            if name in ROUNDED and "scale" not in value:
                value = NUMBER.sub(lambda match: f"{round(float(match[0]), 1) + 0:g}", value)
            elif name == "id":
                value = ids[value]
            elif value.startswith("url(#"):
                value = f"url(#{ids.get(value[5:-1], '')})"
            elif name in ("fill", "stroke"):
                value = DEFAULTS.get(value.lower(), value.lower() if value.startswith("#") else value)
            element.set(name, value)
            if IDLE.get(name) == value or (name == "font-family" and value == font) or value == "translate(0,0)":
                del element.attrib[name]
    if font:
        root.set("font-family", font)
    root.attrib.pop("version", None)
    unwrap(root)


def unwrap(parent):
    """Replaces every group that says nothing by what it holds."""
    for child in list(parent):
        unwrap(child)
        if child.tag == f"{SVG}g" and not child.attrib:
            at = list(parent).index(child)
            parent[at : at + 1] = list(child)
