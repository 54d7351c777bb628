"""The files and lines that run a build on a schedule, tried with the tools that read them."""

import os
import re
import shutil
import subprocess
import time

import pytest
from dossiers import invented

from parley import cli


def tool(name, package):
    """The path of a program. Skips where it is missing; under CI that is a failure."""
    path = shutil.which(name)
    if not path:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"no {name} on this machine: install the package {package} to run this test")
    return path


def test_the_units_are_sound(root):
    files = [root / "deploy" / "parley.service", root / "deploy" / "parley.timer"]
    line = [tool("systemd-analyze", "systemd"), "verify", *files]
    checked = subprocess.run(line, capture_output=True, text=True)
    assert [text for text in checked.stderr.splitlines() if "parley" in text] == []


def test_the_workflow_is_sound(root):
    program = root / ".venv" / "bin" / "actionlint"
    line = [program if program.exists() else tool("actionlint", "actionlint"), root / ".github/workflows/reports.yml"]
    checked = subprocess.run(line, capture_output=True, text=True)
    assert checked.stdout + checked.stderr == ""
    assert checked.returncode == 0


def test_the_line_of_the_readme_runs_under_a_real_cron(root, tmp_path):
    cron = tool("cron", "cron")
    if os.geteuid():
        pytest.skip("only root may give the cron daemon a line for this test")
    line = re.search(r"^15 6 \* \* \*  (.*)$", (root / "README.md").read_text("utf-8"), re.M)[1]
    project = tmp_path / "parley"
    (project / "reports").mkdir(parents=True)
    (project / ".venv").symlink_to(root / ".venv")
    data = invented(tmp_path / "data")
    line = line.replace("/path/to/parley", str(project)).replace("build >>", f"build --data {data} --out reports >>")
    table = f"PATH=/usr/bin:/bin\n* * * * *  root  {line}\n"
    entry = f"/etc/cron.d/parley-test-{os.getpid()}"
    with open(entry, "w") as file:
        file.write(table)
    daemon = subprocess.Popen([cron, "-f"])  # ends at once where one is at work already, and that one does it
    try:
        end = time.monotonic() + 150
        while not (project / "reports" / "latest" / "index.html").exists() and time.monotonic() < end:
            time.sleep(0.5)
    finally:
        os.unlink(entry)
        daemon.terminate()
        daemon.wait()
    log = (project / "reports" / "build.log").read_text("utf-8")
    assert "Published " in log
    assert (project / "reports" / "latest" / "index.html").exists()


def test_an_address_is_refused_with_the_line_that_syncs_a_finished_set(capsys):
    assert cli.main(["build", "--out", "s3://bucket/reports"]) == 2
    said = capsys.readouterr().err
    assert "rclone sync --copy-links reports/latest" in said
    assert "aws s3 sync reports/latest s3://bucket/reports" in said
