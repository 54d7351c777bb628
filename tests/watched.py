"""Waiting for what other processes do, and finding those that a test has started."""

import time
from pathlib import Path


def wait_for(condition, seconds=90):
    """Waits until a condition holds; the test fails where it does not within so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def stops(process, number, code):
    """Sends a signal to a build: it ends with this code, and says that nothing was published, without a traceback."""
    process.send_signal(number)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == code
    assert "Stopped. Nothing was published." in said
    assert "Traceback" not in said


def alive(name, value):
    """The ids of the processes that were started with this variable in their environment, and still run."""
    mark, found = f"{name}={value}\0".encode(), []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            running = b") Z " not in (path / "stat").read_bytes()
            found += [path.name] * (running and mark in (path / "environ").read_bytes())
        except OSError:
            continue
    return found
