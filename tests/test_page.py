"""The page as text: what stands in it, what does not, and that it is always the same."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import altair as alt
import nbformat
import nbformat.v4 as nbf
import page_samples as samples
import pytest

from parley import palette
from parley.links import broken
from parley.page import PageExporter
from parley.page.clean import clean, safe_link, words
from parley.page.document import description
from parley.page.index import main_findings, picture
from parley.page.svg import draw

PAGES = {
    "title": "Harbour talks",
    "as_of": "2031-03-04",
    "files": {"index.html"},
    "before": None,
    "after": None,
}


def export(*cells, pages=None):
    nb = cells[0] if len(cells) == 1 and "cells" in cells[0] else nbf.new_notebook(cells=list(cells))
    return PageExporter().from_notebook_node(nb, {"metadata": {"name": "a name"}, "parley": pages})[0]


@pytest.fixture(scope="module")
def sample():
    return export(samples.notebook(), pages=PAGES)


@pytest.fixture(scope="module")
def hostile():
    return export(samples.notebook(samples.HOSTILE), pages=PAGES)


def tags(page):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(page)
    return found


def test_code_and_prints_and_cells_for_the_lab_are_not_in_the_page(sample):
    assert "secret_code" not in sample
    assert "printed" not in sample
    assert "only in the lab" not in sample


def test_the_page_has_one_h1_from_the_opening_and_its_landmarks_once(sample):
    names = [tag for tag, _ in tags(sample)]
    assert (names.count("h1"), names.count("main"), names.count("footer")) == (1, 1, 1)
    assert "<h1>Where do the harbour talks stand?</h1>" in sample
    assert "The title that JupyterLab shows" not in sample
    assert "<title>Where do the harbour talks stand? · Harbour talks</title>" in sample


def test_a_page_without_an_opening_takes_its_title_from_markdown_or_from_its_name():
    page = export(nbf.new_markdown_cell("# One\n\ntext"), nbf.new_markdown_cell("# Two"))
    assert "<h1>One</h1>" in page
    assert '<h2 id="two">Two</h2>' in page
    assert "<h1>a name</h1>" in export(nbf.new_markdown_cell("text"))


def test_code_stands_folded_before_its_outputs_where_it_is_asked_for():
    page, _ = PageExporter(show_code=True).from_notebook_node(samples.notebook())
    assert '<details class="code"><summary>Code</summary><pre tabindex="0">secret_code = 1</pre></details>' in page
    assert "printed" not in page
    assert page.count("<h1>") == 1


def test_tex_in_markdown_is_mathml_and_what_is_not_tex_stays_as_it_is_written():
    page = export(nbf.new_markdown_cell("# T\n\n$\\frac{a}{b}$ and $$x^2$$ and $\\frac{$"))
    assert '<math display="inline"><mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>' in page
    assert '<math display="block"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>' in page
    assert r"$\frac{$" in page


@pytest.mark.parametrize("tex", [r"\text{<script>a()</script><img src=x onerror=a()>}", r"\href{javascript:a()}{x}"])
def test_a_formula_can_do_nothing(tex):
    page = export(nbf.new_markdown_cell(f"# T\n\n${tex}$"))
    formula = re.search("<math.*?</math>", page)[0]
    assert not re.search("script|<img|href|onerror", formula)


def test_contents_lead_to_every_h2_and_equal_headings_get_ids_of_their_own():
    page = export(*[nbf.new_markdown_cell(f"## {text}") for text in ("Why?", "Why?", "Who & how")])
    ids = [attributes["id"] for tag, attributes in tags(page) if tag == "h2"]
    assert ids == ["why", "why-2", "who-how"]
    assert [f'href="#{anchor}"' in page for anchor in ids] == [True] * 3


def test_every_link_inside_the_page_leads_somewhere(tmp_path, sample):
    (tmp_path / "sample.html").write_text(sample.replace('href="index.html"', 'href="sample.html"'))
    assert broken(tmp_path) == []
    (tmp_path / "sample.html").write_text(sample.replace('id="s2"', 'id="t2"'))
    assert len(broken(tmp_path)) == 2  # the citation, and the page that is not in the folder


def test_nothing_comes_from_outside_and_nothing_is_styled_in_place(sample):
    assert not [a for _, a in tags(sample) if "style" in a or "src" in a or any(n.startswith("on") for n in a)]
    assert not [tag for tag, _ in tags(sample) if tag in ("link", "iframe", "object", "image")]
    assert "unsafe" not in sample


def test_a_chart_is_a_named_drawing_with_its_rows_and_a_narrow_twin(sample):
    drawings = [attributes for tag, attributes in tags(sample) if tag == "svg"]
    assert [drawing["class"] for drawing in drawings] == ["chart wide", "chart narrow", "chart wide"]
    assert {drawing["aria-label"] for drawing in drawings} == {"Who offers and who demands."}
    assert sample.count("<summary>The rows behind this chart</summary>") == 2
    assert '<th scope="row">Harbour board</th>' in sample
    assert '<td><a class="cite" href="#s1">s1</a></td>' in sample
    assert "nan" not in sample


def test_ids_are_unique_and_every_reference_to_a_clip_finds_it(sample):
    ids = [attributes["id"] for _, attributes in tags(sample) if "id" in attributes]
    assert len(ids) == len(set(ids))
    clips = re.findall(r"url\(#(.*?)\)", sample)
    assert clips
    assert set(clips) <= set(ids)


def test_a_chart_may_stand_on_a_page_twice():
    page = export(samples.code(samples.chart("same", narrow=False)), samples.code(samples.chart("same")))
    assert page.count('id="chart-same"') == page.count('id="chart-same-2"') == 1
    assert len(set(re.findall(r'<clipPath id="(.*?)"', page))) == 3


def test_marks_keep_their_words_and_only_safe_links():
    drawing = draw(samples.bars(words="<b>"), "alt", "c1")
    assert drawing.count('<a href="#s1"') == 7
    assert "javascript" not in drawing
    assert "vega" not in drawing
    assert 'aria-label="Statement 7 &lt;b&gt;"' in drawing


def test_numbers_in_a_drawing_have_one_decimal_and_the_palette_its_dark_twin(sample):
    drawing = draw(samples.bars(width=333), "alt", "c1")
    assert not re.findall(r'(?:d|transform|x2?|y2?)="[^"]*\d\.\d\d', drawing)
    for name, (light, _) in palette.COLOURS.items():
        assert f'.chart [fill="{light}"]{{fill:var(--{name})}}' in sample
    assert f'fill="{palette.PARTIES[0]}"' in drawing


def test_round_bars_keep_the_shape_that_cuts_them_and_empty_words_lead_nowhere():
    bars = alt.Chart({"values": [{"n": 1, "word": "", "href": "#s1"}]}).encode(x="n:Q", href="href:N")
    drawing = draw((bars.mark_bar(cornerRadiusEnd=3) + bars.mark_text().encode(text="word:N")).to_dict(), "alt", "c1")
    assert re.search(r'<clipPath id="c1-1"><path d="M', drawing)
    assert drawing.count("<a ") == 1


def test_words_on_a_shape_are_not_a_second_link_to_the_same_place():
    bars = alt.Chart({"values": [{"n": 1, "word": "one", "href": "#s1"}]}).encode(x="n:Q", href="href:N")
    drawing = draw((bars.mark_bar() + bars.mark_text().encode(text="word:N")).to_dict(), "alt", "c1")
    assert drawing.count("<a ") == 1
    assert re.search(r'<g aria-hidden="true"><text [^>]*>one</text>', drawing)


def test_words_that_are_a_link_are_its_name():
    frame = {"values": [{"word": "to the statement", "href": "#s1"}]}
    drawing = draw(alt.Chart(frame).mark_text().encode(text="word:N", href="href:N").to_dict(), "alt", "c1")
    assert re.search(r'<a href="#s1"><text [^>]*>to the statement</text></a>', drawing)


def test_hostile_words_stay_words(hostile):
    scripts = [attributes for tag, attributes in tags(hostile) if tag == "script"]
    assert len(scripts) == 2  # ours: one line before anything is painted, and the rest
    assert "<script>alert" not in hostile
    assert "{{7*7}}" in hostile
    assert "$x^2$" in hostile
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{7*7}}" in hostile


def test_the_markup_of_strangers_loses_what_acts_and_keeps_what_says():
    kept = (
        '<table class="rows"><tbody><tr><th scope="row">a</th></tr></tbody></table>'
        '<details open=""><summary>b</summary></details><p id="s1" data-x="1" aria-label="c">'
        '<a href="#s1">d</a><a href="party-x.html#s1">e</a><a href="https://example.org/?q=1&amp;r">f</a></p>'
    )
    assert clean(kept) == kept
    acting = (
        "<script>a()</script><style>p{}</style><p onclick='a()' style='color:red'>b</p>"
        "<iframe src='x'>c</iframe><a href='javascript:a()'>d</a><a href='//x.org'>e</a>"
        "<a href='../x.html'>f</a><form action=x>g</form>"
    )
    assert clean(acting) == "<p>b</p><a>d</a><a>e</a><a>f</a>g"


@pytest.mark.parametrize("address", ["data:text/html,x", "JAVASCRIPT:x", "file:///x", "x.html?a", "/x.html", " #a"])
def test_a_link_leads_inside_the_set_or_to_the_web_or_nowhere(address):
    assert safe_link(address) == ""
    assert safe_link("#s1") == "#s1"


def test_links_to_pages_that_are_not_in_the_set_become_words():
    cell = samples.code(samples.markup('<p><a class="x" href="party-x.html#s1">X</a> <a href="index.html">I</a></p>'))
    page = export(cell, pages=PAGES)
    assert '<p><a class="x">X</a> <a href="index.html">I</a></p>' in page
    assert 'href="party-x.html#s1"' in export(cell)


def test_a_table_scrolls_by_itself_and_a_picture_travels_inside():
    png = "iVBORw0KGgo="
    page = export(
        samples.code(samples.markup("<table><tr><th></th><th>a</th></tr></table>")),
        samples.code(samples.shown({"image/png": png, "text/plain": "<Figure>"})),
    )
    assert 'tabindex="0" role="group" aria-label="Table 1"><table>' in page
    assert "<th></th>" not in page
    assert f'<img src="data:image/png;base64,{png}" alt="&lt;Figure&gt;">' in page


def test_a_chart_of_stock_altair_is_drawn_too():
    output = samples.shown({"application/vnd.vegalite.v6+json": samples.bars(), "text/plain": "alt.Chart(...)"})
    assert 'class="chart wide"' in export(samples.code(output))


def test_an_error_stands_in_the_page_without_its_traceback():
    failed = nbf.new_output("error", ename="ValueError", evalue="\x1b[31m<bad>\x1b[0m", traceback=["File /x"])
    page = export(samples.code(failed))
    assert '<pre class="error">ValueError: &lt;bad&gt;</pre>' in page
    assert "File /x" not in page


def test_the_words_of_a_chart_are_read_as_they_stand():
    texts = alt.Chart({"values": [{"word": "one", "x": 3}]}).mark_text().encode(text="word:N", x="x:Q")
    assert "aria-label" not in re.search("<text[^>]*>one", draw(texts.to_dict(), "alt", "c1"))[0]


def test_shapes_that_say_and_do_the_same_are_one_link():
    base = alt.Chart(
        {"values": [{"n": 1, "w": "from a to b", "href": "#s1"}, {"n": 2, "w": "c", "href": "#s1"}]}
    ).encode(x="n:Q", href="href:N", description="w:N")
    drawing = draw((base.mark_tick() + base.mark_point()).to_dict(), "alt", "c1")
    assert re.findall('aria-label="(from a to b|c)"', drawing) == ["from a to b", "c"]


def test_the_picture_of_a_report_is_its_first_drawing_without_words_and_links(sample):
    small = picture(sample)
    assert 'aria-hidden="true"' in small
    assert not re.findall("<text|<a |aria-label|id=|href", small)
    assert small.count("<path") >= 7
    assert picture("<p>nothing is drawn</p>") == ""


def test_the_main_findings_lead_into_the_page_that_they_are_from():
    page = '<ul class="findings">' + '<li>One. <a class="cite" href="#s1">s1</a></li>' * 7 + "</ul>"
    assert main_findings(page, "talks.html") == '<li>One. <a class="cite" href="talks.html#s1">s1</a></li>' * 5
    assert main_findings("<p>none</p>", "talks.html") == ""


def test_the_description_is_the_first_finding_without_its_citations(sample, hostile):
    assert description(sample).startswith("The Harbour board offers higher pay in 3 statements, and")
    assert "shorter shifts. No party" in description(sample)
    assert "s1" not in description(sample)
    listed = export(
        samples.code(samples.markup('<ul class="findings"><li>One. <a class="cite" href="#a">a</a></li></ul>'))
    )
    assert description(listed) == "One."
    assert words("a <b>b</b> &lt;i&gt; <a class='x'>c</a>") == "a b <i> c"


def test_the_same_notebook_gives_the_same_bytes(sample):
    assert export(samples.notebook(), pages=PAGES) == sample


def test_nbconvert_knows_the_page_by_name(tmp_path):
    nbformat.write(samples.notebook(), tmp_path / "talks.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "page", "talks.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert "<h1>Where do the harbour talks stand?</h1>" in (tmp_path / "talks.html").read_text("utf-8")


def test_every_colour_that_carries_words_is_read_on_both_papers():
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for scheme in (0, 1):
        paper = luminance(palette.COLOURS["paper"][scheme])
        for name, values in palette.COLOURS.items():
            if name not in ("paper", "rule", "soft", "silence"):
                dark, light = sorted((paper, luminance(values[scheme])))
                assert (light + 0.05) / (dark + 0.05) >= 4.5, name
