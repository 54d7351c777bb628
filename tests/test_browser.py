"""The page in a real browser, with the network off."""

import csv
import xml.etree.ElementTree as ET

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


@pytest.fixture(scope="module")
def switchable(tmp_path_factory):
    """A page with one chart of seven marks under the assumption j1 and one under none, and rows of each."""
    switches = {"assumptions": {"j1": "The gate opens."}, "titles": {"j1": "Seven arrows", "": "No arrow"}}
    output = samples.chart(cite="j1", switches=switches, words="=1+1", narrow=False)
    judged = samples.markup('<div class="evidence"><ol><li id="j1">The gate opens.</li></ol></div>')
    file = tmp_path_factory.mktemp("switch") / "a page.html"
    text, _ = PageExporter().from_notebook_node(samples.nbf.new_notebook(cells=[samples.code(output, judged)]))
    file.write_text(text, "utf-8")
    return file.as_uri()


def test_an_assumption_that_is_left_out_takes_its_marks_and_rows_and_the_title_along(opened, switchable):
    page = opened(switchable)
    marks = page.locator("svg.chart a")
    assert marks.first.is_visible()
    box = page.get_by_label("The gate opens.")
    box.uncheck()
    assert [mark.is_visible() for mark in marks.all()] == [False] * marks.count()
    assert page.locator(".switches [role=status]").inner_text() == "No arrow"
    assert page.locator("svg.chart").get_attribute("aria-label") == "No arrow"
    assert page.locator(".behind tbody tr.off").count() == 2
    box.check()
    assert marks.first.is_visible()
    assert page.locator("svg.chart").get_attribute("aria-label") == "Who offers and who demands."


def test_a_chart_is_saved_as_a_picture_of_its_own_and_as_rows_without_formulas(opened, switchable, tmp_path):
    page = opened(switchable, accept_downloads=True)
    saved = {}
    for kind in ("svg", "csv"):
        with page.expect_download() as download:
            page.locator(f"[data-save={kind}]").click()
        saved[kind] = (tmp_path / kind).resolve()
        download.value.save_as(saved[kind])
        assert download.value.suggested_filename == f"a-page-chart-lead.{kind}"
    assert page.said == []
    picture = ET.parse(saved["svg"]).getroot()
    assert picture.findtext("{http://www.w3.org/2000/svg}title") == "Who offers and who demands."
    assert "href" not in saved["svg"].read_text("utf-8")
    rows = list(csv.DictReader(saved["csv"].read_text("utf-8-sig").splitlines()))
    assert [row["Party"] for row in rows] == ["Harbour board", "Dockers' union", "'=1+1", "'@x", "-5"]
    assert rows[0]["Statements"] == "5"


def test_the_first_touch_tells_and_the_second_follows(opened, sample):
    page = opened(sample, has_touch=True)
    mark = page.locator("svg.chart a").first
    mark.tap()
    assert page.locator(".tip").inner_text() == mark.get_attribute("aria-label")
    assert page.evaluate("location.hash") == ""
    mark.tap()
    assert page.evaluate("location.hash") == "#s1"


def test_arrows_step_from_mark_to_mark_and_tab_leaves_the_chart(opened, sample):
    page = opened(sample)
    marks = page.locator("svg.wide").first.locator("[aria-label]")
    marks.first.focus()
    for key, at in (
        ("ArrowRight", 1),
        ("ArrowDown", 2),
        ("ArrowLeft", 1),
        ("End", -1),
        ("ArrowRight", -1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        assert marks.nth(at).evaluate("mark => mark === document.activeElement"), key
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save the picture (SVG)"
