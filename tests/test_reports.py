"""The reports on the project's own tables, as a reader meets them: offline, by keyboard, on a phone, on paper."""

import csv
import io
import json
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from parley import publish, tables

PAGES = ("index", "overview", "party")
TOUCH = {"rules": {"target-size": {"enabled": True}}}  # what Lighthouse asks for too, and axe leaves out unless told
HOSTILE = (
    "<script>window.hacked=1</script><img src=x onerror=hacked=1>",
    "**bold** [link](javascript:hacked=1) `code` # head",
    r"$x^2$ \(y\) $$z$$ {{7*7}} {% raw %}",
    "'];window.hacked=1;//",
    "}*{display:none}</style><style>",
    "datum.x + signal('a') ${window.hacked=1} ' + datum",
    "مرحبا بالعالم \u202eabc\u202c",
    "👩‍👩‍👧‍👦🚢",
    "Unbreakable" * 30,
    "many words " * 181 + "and an end",
)


def of_charts(page, script):
    return page.evaluate(f"[...document.querySelectorAll('svg.chart')].filter(c => c.getClientRects().length).{script}")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_for_and_every_chart_is_drawn(opened, chosen, name, script):
    page = opened(chosen[name], java_script_enabled=script)
    assert page.asked == [chosen[name]]
    assert page.said == []
    charts = page.locator("svg.chart:not(.narrow)").all()
    assert len(charts) >= (1 if name == "party" else 3)
    for chart in charts:
        box = chart.bounding_box()
        assert box["width"] > 200
        assert box["height"] > 60
        assert chart.locator("path, text").count() > 3


def test_without_its_script_a_page_has_no_dead_controls_and_hides_nothing(opened, chosen):
    assert opened(chosen["overview"]).locator("button").first.is_visible()
    page = opened(chosen["overview"], java_script_enabled=False)
    assert [each for each in page.locator("button, input").all() if each.is_visible()] == []
    assert page.locator("svg.chart [aria-label] title").count() > 0


@pytest.mark.parametrize("width", [320, 375, 1280, 1920])
@pytest.mark.parametrize("name", PAGES)
def test_no_report_scrolls_sideways(opened, chosen, name, width):
    page = opened(chosen[name], width=width)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_with_and_without_a_tooltip(opened, chosen, name, width, scheme):
    page = opened(chosen[name], width=width, color_scheme=scheme)
    assert violations(page) == []
    if name != "index":
        of_charts(page, "at(0).querySelector('[aria-label]').focus()")
        assert page.locator(".tip").is_visible()
        assert violations(page, [".tip", "figure"]) == []


def violations(page, context=None):
    found = Axe().run(page, context=context, options=TOUCH).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("name", ["overview", "party"])
def test_the_keyboard_reaches_every_mark_and_each_says_its_words(opened, chosen, name):
    page = opened(chosen[name])
    stops = of_charts(page, "map(c => c.querySelectorAll('[tabindex=\"0\"]').length)")
    assert stops == [1] * len(stops)
    for at, count in enumerate(of_charts(page, "map(c => c.querySelectorAll('[tabindex]').length)")):
        of_charts(page, f"at({at}).querySelector('[tabindex=\"0\"]').focus()")
        said = []
        for _ in range(count):
            here = "document.activeElement"
            words = page.evaluate(f"{here}.getAttribute('aria-label') ?? {here}.textContent")
            if page.evaluate(f"{here}.hasAttribute('aria-label')"):
                assert page.locator(".tip").text_content() == words
            said.append(page.evaluate(f"[...document.querySelectorAll('[tabindex]')].indexOf({here})"))
            assert len(words) > 3
            page.keyboard.press("ArrowRight")
        assert len(set(said)) == count
        page.keyboard.press("Home")
        assert page.evaluate("[...document.querySelectorAll('[tabindex]')].indexOf(document.activeElement)") == said[0]


def test_a_chosen_party_stands_out_in_charts_and_tables(opened, chosen):
    page = opened(chosen["overview"])
    button = page.locator(".parties button").nth(1)
    button.click()
    name = button.inner_text()
    assert button.get_attribute("aria-pressed") == "true"
    assert name in page.locator(".parties [role=status]").inner_text()
    assert page.locator("svg.chart .named").count() > 0
    assert page.locator("tr.named").count() > 0
    cells = page.locator(f"tbody tr:has(:is(td, th):text-is('{name}'))")
    assert cells.count() > 5
    assert [row for row in cells.all() if "named" not in row.get_attribute("class")] == []
    faded = [mark.get_attribute("aria-label") for mark in page.locator("svg.chart .faded[aria-label]").all()]
    assert faded
    assert [text for text in faded if f" {name} " in f" {text} "] == []
    page.locator(".parties button").first.click()
    assert page.locator(".faded, .named").count() == 0


def test_the_index_opens_with_the_main_findings_and_shows_every_lead_chart(opened, chosen, reports):
    page = opened(chosen["index"])
    assert page.locator("main ul.findings li").count() == 5
    assert page.locator("svg.picture[aria-hidden=true]").count() == len(list(reports.glob("*.html"))) - 1
    assert (reports / "index.html").stat().st_size < 150_000
    page.locator("ul.findings a").first.click()
    assert "overview.html#" in page.url
    assert page.locator(":target").count() == 1


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_print_cuts_no_chart_and_parts_no_heading_from_what_follows(opened, chosen, paper):
    page = opened(chosen["overview"])
    count = page.evaluate(MARKED)
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format=paper))).pages]
    assert 8 < len(sheets) < 60
    for number in range(count):
        first, last = ([at for at, text in enumerate(sheets) if f"{mark}{number}Q" in text] for mark in ("QA", "QZ"))
        assert first == last != []
    text = " ".join("".join(sheets).split())
    assert "Save the picture" not in text
    assert "Independent origins" in text  # a heading of a table that is folded on the screen


MARKED = """() => {
  let count = 0;
  const mark = (text) => Object.assign(document.createElement("span"), { textContent: text });
  for (const figure of document.querySelectorAll("figure")) {
    figure.prepend(mark(`QA${count}Q`));
    figure.append(mark(`QZ${count++}Q`));
  }
  for (const heading of document.querySelectorAll("h2")) {
    if (!heading.nextElementSibling?.matches("p, ul")) continue;
    heading.append(mark(`QA${count}Q`));
    heading.nextElementSibling.prepend(mark(`QZ${count++}Q`));
  }
  return count;
}"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory, root):
    """The overview of a copy of the real tables with hostile words in every prose column and label."""
    folder, out = tmp_path_factory.mktemp("hostile") / "data", tmp_path_factory.mktemp("out")
    shutil.copytree(root / "data", folder)
    schema = json.loads((folder / "datapackage.json").read_text("utf-8"))
    written = iter(range(10**6))
    for table in schema["resources"]:
        columns = [
            field["name"] for field in table["schema"]["fields"] if field.get("prose") or field["name"] == "label"
        ]
        with (folder / table["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row |= {name: f"{row[name]} {HOSTILE[next(written) % len(HOSTILE)]}" for name in columns if row[name]}
        with (folder / table["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    schema["title"] += HOSTILE[0]
    (folder / "datapackage.json").write_text(json.dumps(schema), "utf-8")
    tables.load(folder)
    assert publish.build(data=folder, out=out, reports=["overview"]) == 0
    return (out / "latest" / "overview.html").as_uri()


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_tables_are_shown_as_they_are_and_do_nothing(opened, attacked, width):
    page = opened(attacked, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    shown = " ".join(page.locator("main").text_content().split())
    assert [words for words in HOSTILE if words not in shown] == []
    assert page.evaluate("window.hacked") is None
    assert page.asked == [attacked]
    assert page.said == []
    assert page.locator("main :is(img, em, strong, code, math, iframe, form, style, script)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert HOSTILE[0] in page.title() + page.locator("h1").inner_text()
