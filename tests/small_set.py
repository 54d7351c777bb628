"""Small notebooks that a build runs in a moment."""

import nbformat
import nbformat.v4 as nbf

from parley import publish

KINDS = ["overview", "party", "issue", "sources", "changes"]
SHOW = """
from IPython.display import HTML, display
display(HTML(f'<header class="opening"><h1>About {about or "all"}</h1></header>'))
display(HTML('<p class="finding" id="f1">One finding.</p>'))
"""


def write(folder, kind, source=SHOW):
    """A notebook that takes the parameters of its kind and then runs `source`."""
    parameters = "data = ''\nas_of = ''\n" + (f"{kind} = ''" if kind in ("party", "issue") else "")
    about = f"about = {kind}" if kind in ("party", "issue") else "about = ''"
    cells = [
        nbf.new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="one"),
        nbf.new_code_cell(about, id="two"),
        nbf.new_code_cell(source, id="three"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbf.new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / f"{kind}.ipynb")


def write_all(folder):
    """One notebook of each kind, all alike; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        write(folder, kind)
    return folder


def build(place, **options):
    """Builds what is in the folders `data` and `notebooks` of `place` into its folder `out`; the exit code."""
    return publish.build(**{"data": place / "data", "out": place / "out", "notebooks": place / "notebooks"} | options)
