"""What every report needs, imported once, before the workers are forked from this process."""

import gc
import sys
from types import SimpleNamespace

# Two parts of libraries take three of the four seconds of these imports, and no report uses them: jsonschema's check
# that a text is an IRI, and inflect's check of the types of its arguments.
UNUSED = {"rfc3987_syntax": None, "typeguard": SimpleNamespace(typechecked=lambda function: function)}


def notebooks():
    """Imports what the notebooks and papermill need."""
    _lightly(
        "parley.shell", "parley.charts", "parley.evidence", "parley.prose.overview", "parley.prose.party",
        "parley.prose.issue", "parley.prose.sources", "parley.prose.changes",
    )  # fmt: skip
    gc.collect()
    gc.freeze()  # a worker's garbage collection would copy the pages that it shares with this process


def pages():
    """Imports what a page is made with, and starts its drawing, which takes as long as ten charts."""
    _lightly("parley.page")
    from parley.page.svg import draw

    draw({"data": {"values": []}, "mark": "point"}, "", "")


def _lightly(*modules):
    stand_ins = {name: module for name, module in UNUSED.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        for module in modules:
            __import__(module)
    finally:
        for name in stand_ins:
            del sys.modules[name]
