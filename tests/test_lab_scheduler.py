"""A job of the JupyterLab scheduler, made through its REST API from a notebook with a parameter."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from parley import tables

TOKEN = "for-this-test"


@pytest.fixture(scope="module")
def server(tmp_path_factory, root):
    """A Jupyter server with the scheduler, whose folder holds the notebooks; its address and that folder."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {name: str(folder / name) for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")}
    words = ["--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    words += [f"--ServerApp.root_dir={folder}", "--ServerApp.jpserver_extensions={'jupyter_scheduler': True}"]
    words += [f"--SchedulerApp.db_url=sqlite:///{folder / 'jobs.sqlite'}"]
    with open(folder / "log", "w") as log:
        line = [sys.executable, "-m", "jupyter_server", *words]
        process = subprocess.Popen(line, env=os.environ | homes, cwd=folder, stdout=log, stderr=log)
    yield f"http://127.0.0.1:{port}/scheduler", folder
    process.terminate()
    process.wait()


def ask(address, body=None):
    request = urllib.request.Request(address, body and json.dumps(body).encode(), {"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def until(question, good, seconds=120):
    end = time.monotonic() + seconds
    while True:
        try:
            if good(answer := question()):
                return answer
        except OSError:
            answer = "no answer"
        assert time.monotonic() < end, answer
        time.sleep(0.5)


def test_a_job_of_the_lab_scheduler_runs_a_notebook_with_its_parameter(server):
    address, folder = server
    environments = until(lambda: ask(f"{address}/runtime_environments"), bool)
    party = tables.parties(tables.load())[-1]
    job = {
        "name": "each morning",
        "input_uri": "notebooks/party.ipynb",
        "runtime_environment_name": environments[0]["name"],
        "output_formats": ["ipynb"],
        "parameters": {"party": json.dumps(party)},  # it takes Python's text of a value
    }
    made = ask(f"{address}/jobs", job)["job_id"]
    done = until(lambda: ask(f"{address}/jobs/{made}"), lambda job: job["status"] in ("COMPLETED", "FAILED"))
    assert done["status"] == "COMPLETED", (done, (folder / "log").read_text())
    written = [path for path in folder.rglob("*.ipynb") if "each" in path.name or made in str(path)]
    texts = [path.read_text("utf-8") for path in written]
    assert any(f'party = \\"{party}\\"' in text and '<section class=\\"evidence\\">' in text for text in texts), written
