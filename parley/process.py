"""Processes of a build: each in a process group of its own, and none outlives the process that started it."""

import ctypes
import multiprocessing
import os
import signal
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


class Worker:
    """A process and the pipe to it. `how` is "fork", to start with all that this one has, or "spawn"."""

    def __init__(self, how, serve, *args):
        context = multiprocessing.get_context(how)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_child, args=(os.getpid(), serve, theirs, *args))
        self.process.start()
        theirs.close()

    def kill(self):
        """Ends the process and all that it started. Returns how it had ended by itself, None if it had not."""
        ended = self.process.exitcode
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return ended


def start_pages():
    """The processes that make pages: half as many as there are cores. They start while this one imports."""
    return [Worker("spawn", make_pages) for _ in range(max(1, cores() // 2))]


def cores():
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def _child(parent, serve, pipe, *args):
    """What each process does first: it says nothing on the terminal, and ends without clean-up."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before that
        os._exit(1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    serve(pipe, *args)
    os._exit(0)


def make_pages(pipe):
    """Makes a page for each executed notebook that is sent, and says how that went.

    Such a process lives as long as the build: the engine that draws the charts does not survive a fork, and takes
    longer to start than to draw a page.
    """
    from parley import preload

    preload.pages()
    from parley.page import PageExporter

    exporter = PageExporter()
    while True:
        executed, surroundings, path = pipe.recv()
        try:
            page, _ = exporter.from_filename(str(executed), {"parley": surroundings})
            error = None
        except Exception as failure:  # a chart that cannot be drawn fails its report, not the build
            error = {"cell": None, "ename": type(failure).__name__, "evalue": str(failure)}
        try:
            if not error:
                Path(path).write_text(page, "utf-8")
            pipe.send({"error": error, "page": not error})
        except OSError as failure:
            pipe.send(failure)
