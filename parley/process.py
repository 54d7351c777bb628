"""Processes of a build: each in a process group of its own, and none outlives the process that started it."""

import ctypes
import multiprocessing
import os
import signal
from contextlib import suppress

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
        """Ends the process and all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.pipe.close()


def cores():
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def end_with(parent):
    """Lets this process end when its parent, of that id, does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before that
        os._exit(1)


def _child(parent, serve, pipe, *args):
    """What each process does first: it says nothing on the terminal, and ends without clean-up."""
    os.setsid()
    end_with(parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    serve(pipe, *args)
    os._exit(0)
