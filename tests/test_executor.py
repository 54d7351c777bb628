"""Workers is a standard Executor, whose calls fail alone and on time."""

import multiprocessing
import os
import threading
import time
from concurrent.futures import CancelledError

import pytest

from parley.workers import DeadWorkerError, Workers, tell, wait


def nothing():
    """What a process begins with."""


def dies(last):
    tell(last)
    os.kill(os.getpid(), 9)


class Odd:
    """It can be pickled, but not unpickled."""

    def __reduce__(self):
        return divmod, (1, 0)


@pytest.fixture(params=["fresh", "living"])
def executor(request):
    fresh = request.param == "fresh"
    workers = Workers("fork" if fresh else "spawn", 2, 20, nothing, fresh)
    yield workers
    workers.kill_workers()
    assert multiprocessing.active_children() == []


def test_a_call_gives_its_result_or_its_exception(executor):
    good, bad = executor.submit(divmod, 7, 2), executor.submit(divmod, 7, 0)
    assert good.result() == (3, 1)
    assert isinstance(bad.exception(), ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        bad.result()


def test_map_and_with_work_as_for_any_executor(executor):
    with executor:
        assert list(executor.map(pow, [2, 3, 4, 5], [2, 2, 2, 2])) == [4, 9, 16, 25]
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(pow, 2, 2)


def test_shutdown_ends_what_has_begun_and_cancels_the_rest_where_asked(executor):
    begun = [executor.submit(time.sleep, 0.3) for _ in range(2)]
    waiting = [executor.submit(pow, 2, 2) for _ in range(2)]
    executor.shutdown(cancel_futures=True)
    assert [call.result() for call in begun] == [None, None]
    for call in waiting:
        assert call.cancelled()
        with pytest.raises(CancelledError):
            call.result()


def test_shutdown_without_cancelling_ends_every_call(executor):
    calls = [executor.submit(pow, 2, n) for n in range(5)]
    executor.shutdown()
    assert [call.done() for call in calls] == [True] * 5
    assert multiprocessing.active_children() == []


def test_a_call_that_waits_can_be_cancelled_and_never_runs(executor, tmp_path):
    calls = [executor.submit(time.sleep, 0.2), executor.submit(time.sleep, 0.2)]
    calls.append(executor.submit(os.mkdir, tmp_path / "made"))
    assert calls[2].cancel()
    assert not calls[0].cancel()
    executor.shutdown()
    assert not (tmp_path / "made").exists()


def test_as_many_calls_run_at_a_time_as_asked_for(executor):
    executor.submit(pow, 2, 2).result()  # both processes are there
    started = time.monotonic()
    calls = [executor.submit(time.sleep, 0.5) for _ in range(4)]
    assert len(wait(calls)) in (1, 2)
    executor.shutdown()
    assert 1 <= time.monotonic() - started < 1.9


def test_a_call_whose_process_dies_fails_alone_and_says_how_far_it_was(executor):
    dead = [executor.submit(dies, 5) for _ in range(2)]
    others = [executor.submit(pow, 2, n) for n in range(4)]
    for call in dead:
        with pytest.raises(DeadWorkerError, match="its process was ended by SIGKILL") as failure:
            call.result()
        assert failure.value.at == 5
    assert [call.result() for call in others] == [1, 2, 4, 8]


def test_a_call_that_takes_too_long_fails_alone(executor):
    executor._limit, started = 1, time.monotonic()
    late, *others = [executor.submit(time.sleep, 60), *(executor.submit(pow, 2, n) for n in range(4))]
    with pytest.raises(TimeoutError, match="it took longer than 1 s"):
        late.result()
    assert time.monotonic() - started < 3
    assert [call.result() for call in others] == [1, 2, 4, 8]


def test_a_call_or_an_answer_that_cannot_travel_fails_its_call(executor):
    assert "pickle" in str(executor.submit(pow, threading.Lock()).exception())
    assert "pickle" in str(executor.submit(threading.Lock).exception())
    assert isinstance(executor.submit(Odd).exception(), ZeroDivisionError)
    assert executor.submit(pow, 2, 2).result() == 4


def test_who_asks_for_a_result_may_ask_for_a_limited_time(executor):
    call = executor.submit(time.sleep, 1)
    with pytest.raises(TimeoutError):
        call.result(timeout=0.1)
    assert wait([call], timeout=0.1) == []
    assert call.result(timeout=20) is None


def test_no_thread_waits_for_the_processes(executor):
    before = threading.active_count()
    calls = [executor.submit(time.sleep, 0.1) for _ in range(3)]
    assert threading.active_count() == before
    wait(calls)
    assert threading.active_count() == before
