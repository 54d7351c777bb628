"""An Executor of processes in which a call that dies, hangs or takes too much memory takes down only itself.

`ProcessPoolExecutor` fails every call where one process dies, and knows no limit of time.
"""

import signal
import time
from collections import deque
from concurrent.futures import Executor, Future
from multiprocessing.connection import wait as wait_for_pipes

from parley.process import Worker

_pipe = None


class DeadWorkerError(Exception):
    """The process of a call ended before the call did."""


class Workers(Executor):
    """Calls run side by side in processes, `most` at a time: the standard Executor, with a limit in seconds for each.

    With `fresh`, a new process is made for each call (`how`: "fork" or "spawn"), and ended after it; without, so many
    start at once, take call after call, and are replaced where they die. `begin` is called first in each process.
    A process that dies fails its call with DeadWorkerError, one that takes too long with TimeoutError; the `at` of
    either is what the call last told with `tell`.

    No thread watches the processes: a lock that another thread holds during a fork stays locked in the child for ever.
    So calls move on while the caller waits: in `wait` here (not `concurrent.futures.wait`), or in a Future's `result`.
    """

    def __init__(self, how, most, limit, begin, fresh=False):
        self._new = lambda: Worker(how, _serve, begin)
        self._most, self._limit, self._fresh, self._closed = most, limit, fresh, False
        self._queue, self._busy = deque(), {}
        self._idle = [] if fresh else [self._new() for _ in range(most)]

    def submit(self, fn, /, *args, **kwargs):
        if self._closed:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = Call(self)
        self._queue.append((future, (fn, args, kwargs)))
        self._start()
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._closed = True
        while cancel_futures and self._queue:
            self._queue.popleft()[0].cancel()
        while wait and self._busy:
            _hear([self], None)
        self._start()

    def kill_workers(self):
        """Ends every process at once, as `ProcessPoolExecutor.kill_workers` does from Python 3.14 on."""
        for worker in [*self._idle, *(worker for worker, *_ in self._busy.values())]:
            worker.kill()
        self._closed, self._idle = True, []
        for _, future, *_ in self._busy.values():
            future.set_exception(DeadWorkerError("it was stopped"))
        self._busy.clear()
        self.shutdown(wait=False, cancel_futures=True)

    def _start(self):
        """Begins as many calls as there is room for; ends the idle processes where none will come."""
        while self._queue and len(self._busy) < self._most:
            future, call = self._queue.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            worker = self._new() if self._fresh else self._idle.pop()
            self._busy[worker.pipe] = [worker, future, time.monotonic(), None]
            try:
                worker.pipe.send(call)
            except ConnectionError:
                pass  # a dead one is found when it is listened to
            except Exception as failure:  # what cannot be pickled: nothing of it was sent
                self._free(worker.pipe)
                future.set_exception(failure)
        while self._closed and self._idle and not self._queue:
            self._idle.pop().kill()

    def _heard(self, pipe):
        """Takes what a process said: where its call is, what came of it, or nothing, because it is dead."""
        worker, future, *_ = self._busy[pipe]
        try:
            what, said = pipe.recv()
        except (EOFError, ConnectionError):
            worker.process.join(1)
            self._break(pipe, DeadWorkerError(_end(worker.process.exitcode)))
            return
        except Exception as failure:  # an answer that cannot be unpickled
            what, said = "failed", failure
        if what == "at":
            self._busy[pipe][3] = said
            return
        self._free(pipe)
        (future.set_exception if what == "failed" else future.set_result)(said)

    def _break(self, pipe, failure):
        """Fails the call of a process that is dead or too late, and ends that."""
        _, future, _, failure.at = self._busy[pipe]
        self._free(pipe, broken=True)
        future.set_exception(failure)

    def _free(self, pipe, broken=False):
        worker, *_ = self._busy.pop(pipe)
        if self._fresh or broken or not worker.process.is_alive():
            worker.kill()
            worker = None if self._fresh else self._new()
        if worker:
            self._idle.append(worker)
        self._start()

    def _break_late(self):
        for pipe, (_, _, started, _) in list(self._busy.items()):
            if time.monotonic() - started > self._limit:
                self._break(pipe, TimeoutError(f"it took longer than {self._limit:g} s"))


class Call(Future):
    """A call's Future. Who asks for its result lets the calls of its Executor move on until it is there."""

    def __init__(self, executor):
        super().__init__()
        self.executor = executor

    def result(self, timeout=None):
        wait([self], timeout)
        return super().result(0)

    def exception(self, timeout=None):
        wait([self], timeout)
        return super().exception(0)


def wait(calls, timeout=None):
    """Those of the Calls that are done, as soon as one is; none where none is after so many seconds."""
    end = None if timeout is None else time.monotonic() + timeout
    while not (done := [call for call in calls if call.done()]):
        if end is not None and time.monotonic() > end:
            break
        _hear({call.executor for call in calls}, end)
    return done


def tell(at):
    """Tells the Executor how far the call that runs in this process is."""
    _pipe.send(("at", at))


def _hear(executors, end):
    """Waits until a process says something, the limit of one is over, or it is the time `end`."""
    owners = {pipe: executor for executor in executors for pipe in executor._busy}
    ends = [started + each._limit for each in executors for _, _, started, _ in each._busy.values()]
    ends += [] if end is None else [end]
    for pipe in wait_for_pipes(owners, timeout=max(0.0, min(ends) - time.monotonic())):
        owners[pipe]._heard(pipe)
    for executor in executors:
        executor._break_late()


def _end(code):
    if code is not None and code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return f"its process ended with exit code {code}"


def _serve(pipe, begin):
    """What a process does: call after call."""
    global _pipe
    _pipe = pipe
    begin()
    while True:
        call, args, kwargs = pipe.recv()
        try:
            pipe.send(("done", call(*args, **kwargs)))
        except Exception as failure:  # also a result that cannot be pickled: nothing of it was sent
            pipe.send(("failed", failure))
