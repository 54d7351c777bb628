"""What may stand in a page: HTML from a notebook's outputs, cut down to tags that only say and link."""

import html
import re

import nh3

TAGS = """
    a abbr article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q s samp section small
    span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
"""
ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir", "role", "hidden"},
    "a": {"href"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "abbr", "headers"},
    "time": {"datetime"},
}
LINK = re.compile(r"#[^\s\"'<>]*|https?://[^\s\"'<>]+|[a-z0-9][a-z0-9_.-]*\.html(#[^\s\"'<>]*)?", re.ASCII)
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]")


def safe_link(address):
    """The address if it leads inside the page, to a page beside it, or to an http(s) site; "" otherwise."""
    return address if address and LINK.fullmatch(address) else ""


def _attribute(tag, name, value):
    if name == "href":
        return safe_link(value) or None
    if name == "src":
        return value if PICTURE.match(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=set(TAGS.split()),
    clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    generic_attribute_prefixes={"data-", "aria-"},
    url_schemes={"http", "https", "data"},
    link_rel=None,
)


def clean(markup):
    """The markup without scripts, styles, event handlers, forms, frames, and links that lead elsewhere."""
    return CLEANER.clean(markup)


def words(markup):
    """The text of some markup, on one line, without its tags and the citations in it."""
    markup = re.sub(r'<a class="cite"[^>]*>.*?</a>', "", markup, flags=re.DOTALL)
    text = html.unescape(nh3.clean(markup, tags=set()))
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))
