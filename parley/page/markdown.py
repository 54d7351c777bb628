"""Markdown cells as HTML; TeX in them as MathML, which browsers draw by themselves."""

import html
import re

import nh3
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from parley.page.clean import clean

ELEMENTS = """
    math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd mpadded mphantom menclose mstyle
"""
MATH = nh3.Cleaner(
    tags=set(ELEMENTS.split()),
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"mathvariant", "displaystyle", "scriptlevel"},
        "math": {"display"},
        "mo": {"stretchy", "fence", "form", "lspace", "rspace", "minsize", "maxsize", "movablelimits", "largeop"},
        "mfrac": {"linethickness"},
        "mspace": {"width"},
        "mtable": {"columnalign", "rowspacing", "columnspacing"},
    },
)
FORMULA = re.compile(r'<span data-formula="(\d+)"></span>')


def markdown(source, attachments=()):
    """The HTML of some Markdown, cut down to what may stand in a page."""
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=dict(attachments))
    markup = clean(MarkdownWithMath(renderer=renderer).render(source))
    return FORMULA.sub(lambda found: "".join(renderer.formulas[int(found[1]) :][:1]), markup)


class _Renderer(IPythonRenderer):
    """Leaves a mark where a formula stands, so that what is written around it is cleaned without it."""

    def __init__(self, **options):
        super().__init__(**options)
        self.formulas = []

    def inline_math(self, body):
        return self._formula(body, "inline", f"${body}$")

    def block_math(self, body):
        return self._formula(body, "block", f"$${body}$$")

    def latex_environment(self, name, body):
        whole = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._formula(whole, "block", whole)

    def _formula(self, tex, display, written):
        try:
            formula = MATH.clean(convert(tex, display=display))
        except Exception:  # the converter raises what it likes; TeX that it cannot read stays as it is written
            formula = html.escape(written)
        self.formulas.append(formula)
        return f'<span data-formula="{len(self.formulas) - 1}"></span>'
