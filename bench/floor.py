"""The floor that a build is measured against: one process, one import, cells run as plain code, pages exported.

No parameters cell, no kernel, no isolation, no checks, no index. Prints nothing; the pages go into the folder named.
"""

import ast
import json
import sys
from pathlib import Path

import nbformat.v4 as nbf
from IPython.core.formatters import DisplayFormatter

import parley.charts  # noqa: F401 (the renderer of charts)
from parley import run, tables
from parley.page import PageExporter


def executed(report, display):
    """The report's notebook with the outputs of its cells."""
    notebook = nbf.reads(report.notebook.read_text("utf-8"))
    space = {"Out": {}}
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            body = ast.parse(cell.source).body
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), "cell", "exec"), space)
            if "parameters" in cell.metadata.get("tags", []):
                space |= report.parameters
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), space) if last else None
            if value is not None:
                space["Out"][number] = value
                data, metadata = display(value)
                data = json.loads(json.dumps(data))
                cell.outputs = [nbf.new_output("execute_result", data, metadata=metadata, execution_count=number)]
    return notebook


def main(folder):
    exporter, display = PageExporter(), DisplayFormatter().format
    for report in run.reports(tables.load()):
        page, _ = exporter.from_notebook_node(executed(report, display))
        (Path(folder) / report.file).write_text(page, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
