"""A build on one machine beside the same build on a Dask cluster: a scheduler and two workers, all on this machine."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent


def on_a_cluster(folder, sizes):
    """Prints, for each dossier `invented-SIZE` of a folder, the seconds of a full build either way, and their ratio."""
    with cluster(folder) as address:
        for size in sizes:
            data = folder / f"invented-{size}"
            local = seconds(data, folder / f"local-{size}")
            remote = seconds(data, folder / f"remote-{size}", "--executor", "dask", "--scheduler", address)
            print(f"{size:7} statements: local {local:.1f} s, cluster {remote:.1f} s, {remote / local:.2f}", flush=True)


def seconds(data, out, *where):
    started = time.perf_counter()
    command = [BIN / "parley", "build", "--data", data, "--out", out, *where]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


@contextmanager
def cluster(folder):
    """The address of a new scheduler with two workers of one thread."""
    file, log = folder / "scheduler.json", folder / "cluster.log"
    both = ("--no-dashboard", "--scheduler-file", file)
    here = ("--nworkers", "2", "--nthreads", "1", "--local-directory", folder)
    started = []
    with open(log, "w") as said:
        try:
            for words in (("scheduler", "--host", "127.0.0.1", "--port", "0", *both), ("worker", *here, *both)):
                started.append(subprocess.Popen([BIN / "dask", *words], stderr=said))
                while not file.exists() or not file.read_text():
                    time.sleep(0.1)
            while log.read_text().count("Register worker") < 2:
                time.sleep(0.1)
            yield json.loads(file.read_text())["address"]
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()
