"""The usual way, for comparison: nbconvert's default page with Altair's default renderer, of the same notebook."""

import re
from pathlib import Path

import altair as alt
import nbformat
from nbconvert.exporters import HTMLExporter

NPM = Path(__file__).parent / "node_modules"
LIBRARIES = {
    "vega-lite": "vega-lite/build/vega-lite.min.js",
    "vega-embed": "vega-embed/build/vega-embed.min.js",
    "vega": "vega/build/vega.min.js",
    "require": "requirejs/require.js",
}


def page(executed):
    """The HTML that nbconvert makes of an executed notebook when its charts are shown by Altair's default renderer."""
    nb = nbformat.read(executed, as_version=4)
    alt.renderers.enable("default")
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            for mime in [mime for mime in output.get("data", {}) if "vegalite" in mime]:
                spec = {key: value for key, value in output.data.pop(mime).items() if key != "usermeta"}
                spec["$schema"] = alt.SCHEMA_URL
                output.data["text/html"] = alt.renderers.get()(spec)["text/html"]
    return HTMLExporter().from_notebook_node(nb)[0]


def beside(page):
    """The same page with the libraries that it loads beside it: faster than from the networks where it looks for them.

    What else it would load from outside (MathJax) is left out, which makes it faster still.
    """
    page = re.sub(r"https://cdn[^\"']*?/(require\.js|vega[\w-]*)[/@][^\"']*", r"lib/\1", page)
    return re.sub(r"<script[^>]*src=\"https://[^>]*>\s*</script>", "", page)


def library(name):
    """The bytes of a library that `beside` made the page load."""
    return (NPM / LIBRARIES[name]).read_bytes()
