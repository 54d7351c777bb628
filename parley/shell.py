"""papermill's engine for a forked worker: the cells run in this process, and no kernel is started.

What a cell shows goes through ipykernel's own shell and nbclient's own reading of its messages, so that the
outputs are those of plain papermill. A process runs one notebook and ends.
"""

import io
import sys
import tempfile
from contextlib import suppress

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from papermill.engines import Engine, papermill_engines

NAME = "parley"


class Recorder(Session):
    """Takes down the messages that a kernel would send."""

    def send(self, stream, msg_or_type, content=None, *args, **kw):
        if isinstance(msg_or_type, str):
            msg_or_type = self.msg(msg_or_type, content)
        self.sent.append(msg_or_type)


class Stream(io.TextIOBase):
    """Standard output or standard error of the cells: a message each time it is flushed."""

    encoding = "utf-8"

    def __init__(self, name, session):
        self.name, self.session, self.held = name, session, []

    def write(self, text):
        self.held.append(text)
        return len(text)

    def flush(self):
        text, self.held = "".join(self.held), []
        if text:
            self.session.send(None, "stream", {"name": self.name, "text": text})


class InProcess(Engine):
    """Runs a notebook's cells as `NBClientEngine` does; `at_cell` is told the number of each before it runs."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, at_cell, **kw):
        client = NotebookClient(nb_man.nb, record_timing=False)
        client.reset_execution_trackers()
        with tempfile.TemporaryDirectory() as home:
            shell = _shell(home)
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                passed = _run(shell, client, cell, index, at_cell)
                if not passed:
                    nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, cell_index=index)
                if not passed:
                    break
        nb_man.nb.metadata["language_info"] = IPythonKernel.language_info
        client.set_widgets_metadata()


def _shell(home):
    """An ipykernel shell in place of this process's `__main__`; it keeps no history and reads no start-up files."""
    session = Recorder()
    session.sent = []
    session.config.HistoryManager.enabled = False
    shell = ZMQInteractiveShell.instance(config=session.config, ipython_dir=home, compiler_class=XCachingCompiler)
    shell.displayhook.session = shell.display_pub.session = session
    shell.displayhook.topic = shell.display_pub.topic = b""
    sys.stdout, sys.stderr = Stream("stdout", session), Stream("stderr", session)
    if "" not in sys.path:
        sys.path.insert(0, "")  # as a kernel does: modules beside the notebook
    return shell


def _run(shell, client, cell, index, at_cell):
    """Runs one cell and puts down its outputs. False where it failed and its tags do not allow that."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or not cell.source.strip() or client.skip_cells_with_tag in tags:
        return True
    cell.outputs, sent = [], shell.display_pub.session.sent
    cell.execution_count = shell.execution_count
    client.clear_before_next_output = False
    at_cell(cell.execution_count)
    shell._last_traceback_during_displayhook = False
    result = shell.run_cell(cell.source, store_history=True)
    sys.stdout.flush()
    sys.stderr.flush()
    for message in sent:
        with suppress(CellExecutionComplete):
            client.process_message(message, cell, index)
    sent.clear()
    shell.payload_manager.clear_payload()
    return (result.success and not shell._last_traceback_during_displayhook) or "raises-exception" in tags


papermill_engines.register(NAME, InProcess)
