"""The page in a real browser, with the network off."""

import page_samples as samples
import pytest

from parley.page import PageExporter

PAGES = {"title": "Harbour talks", "as_of": "2031-03-04", "files": set(), "before": None, "after": None}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "sample.html"
    text, _ = PageExporter().from_notebook_node(samples.notebook(samples.HOSTILE), {"parley": PAGES})
    file.write_text(text, "utf-8")
    return file.as_uri()


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


@pytest.mark.parametrize("script", [True, False])
def test_the_page_asks_for_nothing_says_nothing_and_draws_every_chart(opened, sample, script):
    page = opened(sample, java_script_enabled=script)
    assert page.asked == [sample]
    assert page.said == []
    assert page.locator("svg.chart.wide").count() == 2
    for chart in page.locator("svg.chart.wide").all():
        box = chart.bounding_box()
        assert box["width"] > 400
        assert box["height"] > 100
    assert page.locator("h1").bounding_box()["height"] > 20


@pytest.mark.parametrize("width", [320, 375, 1280, 1920])
def test_no_page_scrolls_sideways(opened, sample, width):
    page = opened(sample, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_phone_gets_the_narrow_drawing_and_a_desk_the_wide_one(opened, sample):
    assert opened(sample, width=375).locator("svg.narrow").is_visible()
    assert not opened(sample, width=375).locator(".both svg.wide").is_visible()
    assert not opened(sample).locator("svg.narrow").is_visible()


def test_charts_and_paper_follow_the_reader_into_the_dark(opened, sample):
    mark = "getComputedStyle(document.querySelector('svg.chart a path')).fill"
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened(sample, color_scheme="light"), opened(sample, color_scheme="dark")
    assert light.evaluate(paper) == "rgb(255, 255, 255)"
    assert dark.evaluate(paper) == "rgb(20, 23, 27)"
    assert light.evaluate(mark) != dark.evaluate(mark)


def test_a_mark_speaks_on_focus_and_leads_to_its_evidence(opened, sample):
    page = opened(sample)
    mark = page.locator("svg.chart a").first
    mark.focus()
    assert page.locator(".tip").inner_text() == mark.get_attribute("aria-label")
    page.keyboard.press("Escape")
    assert not page.locator(".tip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#s1"
    assert page.locator("#s1:target").count() == 1


def test_contents_stand_beside_the_text_and_fold_away_on_a_phone(opened, sample):
    assert opened(sample).get_by_role("link", name="How far apart are they?").is_visible()
    phone = opened(sample, width=375)
    assert not phone.get_by_role("link", name="How far apart are they?").is_visible()
    phone.get_by_text("Contents", exact=True).click()
    phone.get_by_role("link", name="What do we read into it?").click()
    assert phone.evaluate("location.hash") == "#what-do-we-read-into-it"


def test_hostile_words_are_seen_as_they_are(opened, sample):
    page = opened(sample)
    assert samples.HOSTILE in page.locator(".question").inner_text()
    assert samples.HOSTILE in page.locator("figcaption").first.inner_text()
    assert samples.HOSTILE in page.locator("svg.chart a").first.get_attribute("aria-label")


def test_rows_are_open_in_print(opened, sample):
    page = opened(sample)
    assert not page.locator(".behind table").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".behind table").first.is_visible()
