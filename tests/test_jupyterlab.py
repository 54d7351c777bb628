"""The notebooks in a real JupyterLab: opened in Chromium with the outside network blocked, run, charts drawn."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

WHOLE = "config/lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
"""Where a user says that cells are drawn although they are not in sight."""


@pytest.fixture(scope="module")
def lab(root, tmp_path_factory):
    """The address of a JupyterLab whose folder is a copy of the notebooks, and its token."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(root / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (folder / WHOLE).parent.mkdir(parents=True)
    (folder / WHOLE).write_text('{"windowingMode": "none"}', encoding="utf-8")
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ServerApp.root_dir": folder / "notebooks",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.ip": "127.0.0.1",
        "IdentityProvider.token": token,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime", "HOME": "home"}
    environment = os.environ | {name: str(folder / place) for name, place in own.items()}
    log = folder / "lab.log"
    with open(log, "w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
            + [f"--{name}={value}" for name, value in options.items()],
            cwd=folder,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api/status?token={token}", server, log)
            yield address, token
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(address, server, log):
    """Returns once the server answers; fails with its log where it does not."""
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture
def screen(chromium, lab):
    """A browser page that reaches JupyterLab and nothing else; `.outside` lists what it asked for elsewhere."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    outside = []

    def guard(route):
        if route.request.url.startswith((lab[0], "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.outside = outside
    yield page
    context.close()


FINISHED = r"""() => document.querySelector("[data-mime-type='application/vnd.jupyter.error']")
    || [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].every(p => /\[\d+\]/.test(p.textContent))"""
"""Whether every cell has been run, or one has failed."""


@pytest.mark.parametrize(
    ("name", "least"), [("party", 1), ("overview", 5), ("issue", 0), ("sources", 3), ("changes", 0)]
)
def test_it_runs_in_jupyterlab_and_draws_its_charts(screen, lab, name, least):
    address, token = lab
    screen.goto(f"{address}/lab/workspaces/{name}/tree/{name}.ipynb?token={token}", timeout=90_000)
    screen.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=90_000)
    screen.get_by_text(re.compile(r"Python 3 .*\| Idle")).wait_for(timeout=90_000)
    screen.get_by_role("menuitem", name="Run", exact=True).click()
    screen.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
    screen.wait_for_function(FINISHED, timeout=120_000)
    for kind in ("error", "stderr"):
        assert screen.locator(f"[data-mime-type='application/vnd.jupyter.{kind}']").all_inner_texts() == []
    charts = screen.locator(".jp-RenderedVegaCommon5")
    assert charts.count() >= least
    for place in range(charts.count()):
        drawing = charts.nth(place).locator("svg.marks, canvas.marks")
        drawing.wait_for(timeout=60_000)
        box = drawing.bounding_box()
        assert (box["width"] > 200, box["height"] > 50) == (True, True), place
    assert screen.locator(".vega-embed .error").count() == 0
