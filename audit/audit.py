"""The published pages against the bars of a page that can be sent to anyone, beside nbconvert's default of the same.

`make audit` builds the set and runs this. It prints one table and fails where a bar is missed. It needs Chromium, Java
and the packages that `npm ci` puts beside this file.
"""

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import papermill
import usual
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from parley import run, tables
from parley.page import PageExporter

HERE = Path(__file__).resolve().parent
LATEST = HERE.parent / "reports" / "latest"
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
PHONE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 75e4 / 8}
SIZES = [(1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")]
FIRST_CHART = """() => {
  const look = () => {
    const chart = [...document.querySelectorAll("svg.chart, .vega-embed canvas, .vega-embed svg")]
      .find(each => each.getClientRects().length && each.getBoundingClientRect().width > 50);
    if (chart) window.firstChart = performance.now(); else requestAnimationFrame(look);
  };
  look();
}"""
BARS = {  # name: (what it must be, whether a value reaches it)
    "requests outside the file, network off": ("0", lambda value: value == 0),
    "charts drawn, network off": ("all", lambda value: value[0] == value[1]),
    "charts drawn, JavaScript off": ("all", lambda value: value[0] == value[1]),
    "console errors, policy violations": ("0", lambda value: value == 0),
    "Lighthouse performance": ("≥ 99", lambda value: value >= 99),
    "Lighthouse accessibility": ("100", lambda value: value == 100),
    "Lighthouse best practices": ("100", lambda value: value == 100),
    "Lighthouse SEO": ("100", lambda value: value == 100),
    "layout shift": ("0", lambda value: value == 0),
    "axe violations": ("0", lambda value: value == 0),
    "vnu errors and warnings": ("0", lambda value: value == 0),
    "size, KB": ("≤ 450", lambda value: value <= 450),
    "size with gzip, KB": ("≤ 90", lambda value: value <= 90),
    "scrolls sideways at 320 px": ("no", lambda value: value == "no"),
    "first chart visible, s": ("≤ ¼ of the usual", None),
    "same bytes from the same notebook": ("yes", lambda value: value == "yes"),
}


def main():
    largest = max(LATEST.glob("party-*.html"), key=lambda file: file.stat().st_size)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        columns = {}
        for file in (LATEST / "overview.html", largest):
            executed = execute(file.stem, folder)
            columns[file.stem] = measured(browser, file.read_bytes(), executed, 3) | {
                "same bytes from the same notebook": "yes" if same(executed) else "no"
            }
            columns[f"{file.stem}, usual"] = measured(browser, usual.page(executed).encode(), executed, 1)
        browser.close()
    return report(columns)


def execute(name, folder):
    """The path of the executed notebook of the report of this name, run anew."""
    report = next(each for each in run.reports(tables.load()) if each.name == name)
    out = Path(folder) / f"{name}.ipynb"
    papermill.execute_notebook(report.notebook, out, report.parameters, kernel_name="python3", progress_bar=False)
    return out


def same(executed):
    return len({PageExporter().from_filename(str(executed))[0] for _ in range(2)}) == 1


def measured(browser, page, executed, times):
    """What each bar measures, of the bytes of one page; `times` Lighthouse runs, of which the median counts."""
    usual_page = b"vegaEmbed" in page
    served = usual.beside(page.decode()).encode() if usual_page else page
    file = executed.with_suffix(".html")
    file.write_bytes(page)
    with Server(served) as address:
        return (
            offline(browser, file)
            | {"charts drawn, JavaScript off": drawn(browser, file, java_script_enabled=False)}
            | lighthouse(address, times)
            | {"axe violations": axe(browser, address), "first chart visible, s": first_chart(browser, address)}
            | {"vnu errors and warnings": vnu(file)}
            | {"size, KB": round(len(page) / 1000), "size with gzip, KB": round(len(gzip.compress(page)) / 1000)}
        )


def offline(browser, file):
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_timeout(500)
    outside = [address for address in asked if not address.startswith(("file:", "data:"))]
    wide = page.evaluate("document.documentElement.scrollWidth") > 320
    context.close()
    return {
        "requests outside the file, network off": len(outside),
        "console errors, policy violations": len(said),
        "charts drawn, network off": drawn(browser, file),
        "scrolls sideways at 320 px": "yes" if wide else "no",
    }


def drawn(browser, file, **options):
    """(charts drawn, charts there are) with the network off."""
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_timeout(500)
    boxes = [
        chart.bounding_box() for chart in page.locator("svg.chart.wide, .vega-embed canvas, .vega-embed svg").all()
    ]
    context.close()
    # The usual page says how many there are only in its source: without a network it draws none.
    there = len(re.findall(r'<svg[^>]* class="chart wide"|<div id="altair-viz-', file.read_text("utf-8")))
    return sum(bool(box and box["width"] > 100) for box in boxes), there


def lighthouse(address, times):
    node = next(HERE.glob("node_modules/node-*/bin/node"))
    command = [node, HERE / "node_modules/lighthouse/cli/index.js", address, "--quiet", "--output=json"]
    flags = "--chrome-flags=--headless=new --no-sandbox"
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    results = [
        json.loads(subprocess.run([*command, flags], env=environment, check=True, capture_output=True).stdout)
        for _ in range(times)
    ]
    names = {"performance": "performance", "accessibility": "accessibility", "best-practices": "best practices"}
    found = {
        f"Lighthouse {name}": statistics.median(round(each["categories"][key]["score"] * 100) for each in results)
        for key, name in (names | {"seo": "SEO"}).items()
    }
    for each in results[:1]:
        for category in (*names, "seo"):
            for ref in each["categories"][category]["auditRefs"]:
                audit = each["audits"][ref["id"]]
                if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                    print(f"  Lighthouse: {ref['id']}: {audit['title']} {audit.get('displayValue', '')}")
    shift = statistics.median(each["audits"]["cumulative-layout-shift"]["numericValue"] for each in results)
    return found | {"layout shift": round(shift, 3)}


def axe(browser, address):
    """Violations over two widths and two schemes; of the pages with tooltips `make test` tries these too."""
    count = 0
    for width, scheme in SIZES:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.goto(address)
        count += len(Axe().run(page).response["violations"])
        context.close()
    return count


def first_chart(browser, address):
    """Seconds until a chart is seen through the network of a phone, its cache empty."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", PHONE)
    page.add_init_script(f"addEventListener('readystatechange', {FIRST_CHART}, {{once: true}}); ({FIRST_CHART})()")
    page.goto(address, wait_until="commit", timeout=60_000)
    while not (milliseconds := page.evaluate("window.firstChart")):  # a policy without eval allows no wait_for_function
        page.wait_for_timeout(100)
    context.close()
    return round(milliseconds / 1000, 2)


def vnu(file):
    jar = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
    done = subprocess.run(["java", "-jar", jar, "--format", "json", file], capture_output=True, text=True)
    messages = json.loads(done.stderr)["messages"]
    return sum(each["type"] == "error" or each.get("subType") == "warning" for each in messages)


class Server:
    """One page, and the libraries that the usual page loads, with gzip on localhost."""

    def __init__(self, page):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                kind, body = "text/html; charset=utf-8", page if self.path == "/" else None
                if self.path.startswith("/lib/"):
                    kind, body = "text/javascript", usual.library(self.path.removeprefix("/lib/").removesuffix(".js"))
                packed = gzip.compress(body or b"")
                self.send_response(404 if body is None else 200)
                for header, value in (
                    ("Content-Type", kind),
                    ("Content-Encoding", "gzip"),
                    ("Content-Length", len(packed)),
                ):
                    self.send_header(header, str(value))
                self.end_headers()
                self.wfile.write(packed)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a browser that is closed hangs up in the middle

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://localhost:{self.server.server_address[1]}/"

    def __exit__(self, *_):
        self.server.shutdown()


def report(columns):
    """Prints the table; 1 where a bar is missed, else 0."""
    names = list(columns)
    missed = 0
    print(f"\n{'':36}{'bar':>18}" + "".join(f"{name:>24}" for name in names))
    for bar, (must, reaches) in BARS.items():
        cells = []
        for name in names:
            value = columns[name].get(bar, "")
            usual_value = columns.get(f"{name}, usual", {}).get(bar)
            ours = not name.endswith("usual")
            good = reaches(value) if reaches else not ours or value * 4 <= usual_value
            missed += ours and not good
            shown = f"{value[0]} of {value[1]}" if isinstance(value, tuple) else str(value)
            cells.append(shown + (" MISSED" if ours and not good else ""))
        print(f"{bar:36}{must:>18}" + "".join(f"{cell:>24}" for cell in cells))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
