"""What the tests share: the project's folder, and a Chromium that never reaches the network."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from parley import publish, tables


@pytest.fixture(scope="session")
def root():
    """The project's own folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def chromium():
    """The machine's Chromium, started once. Skips where there is none; under CI that is a failure."""
    path = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if not path:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no Chromium on this machine: install the package chromium to run this test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A new, empty browser page with the network off."""
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(chromium):
    """A function that opens an address in a window of its own kind; closes what it opened."""
    contexts = []

    def open_(address, width=1280, **options):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, offline=True, **options))
        page = contexts[-1].new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The folder of a set built from the project's own tables: the index, the overview and each party's report."""
    out = tmp_path_factory.mktemp("reports")
    dossier = tables.load()
    names = ["overview", *(f"party-{party}" for party in tables.parties(dossier))]
    assert publish.build(out=out, reports=names) == 0
    return out / "latest"


@pytest.fixture(scope="session")
def chosen(reports):
    """The addresses of the index, of the overview and of the largest report on a party."""
    largest = max(reports.glob("party-*.html"), key=lambda file: file.stat().st_size)
    pages = {"index": reports / "index.html", "overview": reports / "overview.html", "party": largest}
    return {name: file.as_uri() for name, file in pages.items()}
