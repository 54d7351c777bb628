"""An executed notebook to one HTML file that holds all it needs: text, tables, drawings, style, script."""

from nbconvert.exporters import Exporter
from traitlets import Bool

from parley.page.document import document

__all__ = ["PageExporter"]


class PageExporter(Exporter):
    """nbconvert's way in: `jupyter nbconvert --to page executed.ipynb` works on any executed notebook.

    `resources["parley"]`, where given, is the set that the page stands in: see `document`.
    """

    export_from_notebook = "One self-contained page (Parley)"
    file_extension = ".html"
    output_mimetype = "text/html"
    show_code = Bool(False, help="Show the code of each cell, folded: --PageExporter.show_code=True").tag(config=True)

    def from_notebook_node(self, nb, resources=None, **kw):
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "Notebook")
        return document(nb, name, resources.get("parley"), self.show_code), resources
