"""The templates of the pages, and what they share: style, script and the policy that allows only these."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from parley.palette import COLOURS

HERE = Path(__file__).parent
EARLY = 'document.documentElement.className="js"'
"""Run before anything is painted: controls that need the script show only where scripts run, and shift nothing."""


@cache
def environment():
    templates = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Stripped, because the Nu HTML checker strips what it hashes.
    style = (colours() + (HERE / "page.css").read_text("utf-8")).strip()
    script = (HERE / "page.js").read_text("utf-8").strip()
    # connect-src: Lighthouse reads robots.txt through the page. From disk it allows nothing.
    templates.globals.update(
        style=Markup(style),
        early=Markup(EARLY),
        script=Markup(script),
        policy=Markup(
            f"default-src 'none'; script-src '{_hash(EARLY)}' '{_hash(script)}'; style-src '{_hash(style)}'; "
            "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
        ),
    )
    return templates


def render(template, **values):
    """The text of one template; every value that is not Markup is escaped."""
    return environment().get_template(template).render(values)


def colours():
    """The palette as style: a variable for each colour, its dark twin, and the drawings bound to them."""
    light = "".join(f"--{name}:{value};" for name, (value, _) in COLOURS.items())
    dark = "".join(f"--{name}:{value};" for name, (_, value) in COLOURS.items())
    marks = "".join(
        f'.chart [{what}="{value}"]{{{what}:var(--{name})}}'
        for name, (value, _) in COLOURS.items()
        for what in ("fill", "stroke")
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{marks}\n"


def _hash(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
