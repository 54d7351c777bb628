"""What a build costs, against the usual ways and against the floor: `make bench`.

Every round runs each way once, in turn, so that a machine that slows down slows all of them; ratios are of one round.
"""

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cluster import on_a_cluster

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SIZES = (100, 1_000, 10_000, 100_000)
COSTS = "check {:.1f} s, {:.0f} MB; overview {:.1f} s, {:.0f} MB; its page {:.0f} kB"
GROWTH = "check {} in time, {} in memory; overview {}, {}; its page {}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of each measurement; 0 leaves out the other tools")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="statements of the invented dossiers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        by_size(Path(folder), options.sizes, max(options.rounds, 1))
        on_a_cluster(Path(folder), options.sizes)
        if options.rounds:
            against_the_others(Path(folder), options.rounds)


def against_the_others(folder, rounds):
    """Prints the times of each way over the same reports, and the ratios that the bars are set for."""
    ways = {
        "papermill + nbconvert --to html, a shell loop": shell_loop,
        "ploomber-engine + nbconvert --to html": lambda at: loop(at, "ploomber"),
        "nbconvert --execute --to html": lambda at: loop(at, "nbconvert"),
        "the floor: one process, plain code, pages": lambda at: command(sys.executable, ROOT / "bench/floor.py", at),
        "parley build, all reports": build,
        "parley build, one row changed": one_row,
        "parley build, nothing changed": build,
    }
    times = {name: [] for name in ways}
    for number in range(rounds):
        shutil.copytree(ROOT / "data", folder / f"{number}" / "data")
        for name, way in ways.items():
            at = (
                folder
                / f"{number}"
                / ("built" if way in (build, one_row) else f"other-{len(times[name])}-{hash(name)}")
            )
            at.mkdir(exist_ok=True)
            times[name].append(seconds(way, at))
            print(f"round {number + 1}: {times[name][-1]:8.2f} s  {name}", flush=True)
    usual, *_, floor, full, _, unchanged = times
    for over, under in ((usual, full), (usual, unchanged), (full, floor)):
        print(f"{told([a / b for a, b in zip(times[over], times[under], strict=True)])}  {over} / {under}")


def told(ratios):
    """The middle one of some ratios, and their spread."""
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def seconds(way, at):
    started = time.perf_counter()
    way(at)
    return time.perf_counter() - started


def command(*words, **options):
    subprocess.run(list(map(str, words)), check=True, capture_output=True, cwd=ROOT, **options)


def shell_loop(at):
    loop(at, "papermill")


def loop(at, tool):
    """One process after the other for each report, and one more for its page."""
    # Imported here: what is measured by size would start with the memory of this process.
    from parley import run, tables

    for report in run.reports(tables.load()):
        notebook = at / f"{report.name}.ipynb"
        parameters = [word for name, value in report.parameters.items() if value for word in ("-p", name, value)]
        if tool == "papermill":
            command(BIN / "papermill", "--no-progress-bar", report.notebook, notebook, *parameters)
        elif tool == "ploomber":
            code = "import sys; from ploomber_engine import execute_notebook as run; "
            code += f"run({str(report.notebook)!r}, {str(notebook)!r}, parameters={report.parameters!r})"
            command(sys.executable, "-c", code)
        else:  # it takes no parameters: every report is the default one
            command(BIN / "jupyter", "nbconvert", "--execute", "--to", "html", "--output-dir", at, report.notebook)
            continue
        command(BIN / "jupyter", "nbconvert", "--to", "html", notebook)


def build(at):
    command(BIN / "parley", "build", "--data", at.parent / "data", "--out", at)


def one_row(at):
    """Other words in one question, and a build; says how many reports that built."""
    path = at.parent / "data" / "questions.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[-1]["why"] += " It matters."
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    build(at)
    entries = json.loads((at / "latest" / "manifest.json").read_text("utf-8"))["reports"]
    count = sum(entry["status"] == "built" for entry in entries)
    print(f"         {count} of {len(entries)} reports built, the rest kept")


def by_size(folder, sizes, rounds):
    """Prints, for invented dossiers, what the check, one report and its page cost, and how that grows with the size.

    Every round measures every size in turn; ratios are to the smallest size in the same round.
    """
    found = {size: [] for size in sizes}
    for size in sizes:
        command(sys.executable, ROOT / "bench/invent.py", folder / f"invented-{size}", size)
    for number in range(rounds):
        for size in sizes:
            data, out = folder / f"invented-{size}", folder / f"report-{size}-{number}"
            check = measured("check", "--data", data)
            report = measured("build", "--data", data, "--out", out, "overview")
            page = (out / "latest" / "overview.html").stat().st_size / 1000
            found[size].append((*check, *report, page))
            print(f"round {number + 1}: {size:7} statements: {COSTS.format(*found[size][-1])}", flush=True)
    for size in sizes[1:]:
        ratios = [
            [a / b for a, b in zip(*pair, strict=True)] for pair in zip(found[size], found[sizes[0]], strict=True)
        ]
        print(f"{size:7} / {sizes[0]}: {GROWTH.format(*map(told, zip(*ratios, strict=True)))}")


def measured(*words):
    """Seconds of a command of Parley, and the most memory that one of its processes held, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([BIN / "parley", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"parley {' '.join(map(str, words))} ended with status {status}")
    return time.perf_counter() - started, usage.ru_maxrss / 1000


if __name__ == "__main__":
    main()
