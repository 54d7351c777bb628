"""The notebooks: stored clean, ordered alike, free of any one dossier, and run by plain papermill from any folder."""

import ast
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from dossiers import invented

from parley import tables
from parley.charts.theme import MIME
from parley.prose.words import names

NOTEBOOKS = ("changes", "issue", "overview", "party", "sources")
ANSWERS = {"finding", "table", "terms", "judgements", "questions", "evidence"}
"""What the first cell under a heading may show: sentences, a table, or cards of rows."""

ENGLISH = {"us", "aid", "talks", "war", "offensive", "media", "united", "states", "force", "wall", "street", "journal"}
"""Names and words of the first dossier that are English words too: they may stand in code and in comments."""

LINK, ANCHOR = re.compile(r'"#([a-z0-9][a-z0-9_.-]*)"'), re.compile(r'\bid="([^"]+)"')


def read(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def headings(notebook):
    """The cells that hold a heading, with the place of each."""
    return [
        (place, cell.source)
        for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown" and cell.source.startswith("#")
    ]


@pytest.fixture(scope="module", params=NOTEBOOKS)
def notebook(request, root):
    return read(root / "notebooks" / f"{request.param}.ipynb")


# As they are stored


def test_there_is_one_for_every_question(root):
    assert sorted(path.stem for path in (root / "notebooks").glob("*.ipynb")) == list(NOTEBOOKS)


def test_it_is_stored_clean(notebook):
    nbformat.validate(notebook)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(notebook))
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_it_has_few_and_small_cells(notebook):
    assert 14 <= len(notebook.cells) <= 40
    assert [cell.id for cell in notebook.cells if len(cell.source.splitlines()) > 6] == []


def test_it_opens_with_title_imports_parameters_and_load(notebook):
    title, imports, parameters, load, *_ = notebook.cells
    assert (title.cell_type, title.metadata.get("tags")) == ("markdown", ["lab"])
    assert {type(line) for line in ast.parse(imports.source).body} <= {ast.Import, ast.ImportFrom}
    assert parameters.metadata.get("tags") == ["parameters"]
    assert load.source.startswith("dossier = tables.load(data, as_of)\n")
    tagged = [cell.id for cell in notebook.cells if cell.metadata.get("tags")]
    assert tagged == [title.id, parameters.id]


def test_every_parameter_is_typed_and_explained(notebook):
    lines = notebook.cells[2].source.splitlines()
    names_ = [re.fullmatch(r'(\w+): str = ""  # .*\bempty: .+', line) for line in lines]
    assert all(names_), lines
    assert {"data", "as_of"} <= {line[1] for line in names_}


def test_it_defines_nothing_and_repeats_nothing(notebook):
    forbidden = (
        ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While | ast.comprehension
    )
    for cell in code(notebook):
        assert [type(part) for part in ast.walk(ast.parse(cell.source)) if isinstance(part, forbidden)] == [], cell.id


def test_its_prose_has_no_numbers(notebook):
    assert [cell.id for cell in notebook.cells if cell.cell_type == "markdown" and re.search(r"\d", cell.source)] == []


def test_headings_are_questions_and_are_answered_at_once(notebook):
    assert [text for _, text in headings(notebook) if not text.splitlines()[0].endswith("?")] == []
    for place, text in headings(notebook)[1:]:
        answer = notebook.cells[place + 1]
        assert answer.cell_type == "code", text
        last = ast.parse(answer.source).body[-1].value
        assert getattr(last.func, "attr", getattr(last.func, "id", "")) in ANSWERS, text


def test_it_ends_with_what_its_sentences_rest_on(notebook):
    assert notebook.cells[-1].source == "evidence(dossier, Out.values())"


def test_no_name_of_the_first_dossier_stands_in_code_or_notebooks(root):
    """Whole ids, labels and short names of actors, ids of articles and issues, and the proper names in the titles."""
    dossier = tables.load()
    actors = dossier.actors
    named = {*actors["id"], *actors["label"], *actors["short"], *dossier.articles["id"], *dossier.issues["id"]}
    titles = " ".join([dossier.title, *dossier.articles["title"], *actors["label"]])
    named |= set(re.findall(r"(?<=\w )[A-Z]\w{3,}", titles))
    named = {name.removeprefix("the ").lower() for name in named} - ENGLISH - {""}
    found = re.compile(rf"\b({'|'.join(sorted(map(re.escape, named), key=len, reverse=True))})\b")
    assert found.search(f"what {max(named, key=len)} said")
    assert not found.search("what they said")
    files = [path for path in (root / "parley").rglob("*") if path.suffix in (".py", ".j2", ".css", ".js")]
    hits = {
        (path.relative_to(root).as_posix(), hit)
        for path in [*files, *(root / "notebooks").glob("*.ipynb")]
        for hit in found.findall(path.read_text(encoding="utf-8").lower())
    }
    assert hits == set()


# As papermill runs them


def papermill(root, folder, name, report, **parameters):
    """Runs a notebook through papermill's own command, from another folder; the process and the executed notebook."""
    given = [word for key, value in parameters.items() for word in ("-p", key, str(value))]
    command = [sys.executable, "-m", "papermill", str(root / "notebooks" / f"{report}.ipynb"), f"{name}.ipynb", *given]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=180)
    return done, read(folder / f"{name}.ipynb")


@pytest.fixture(scope="session")
def runs(root, tmp_path_factory):
    """All runs that the tests look at, two at a time: one name to the process and the executed notebook."""
    folder = tmp_path_factory.mktemp("papermill")
    other = invented(folder / "another dossier")
    real, made_up = tables.load(), tables.load(other)
    wanted = {name: (name, {}) for name in NOTEBOOKS}
    wanted |= {
        "given": ("party", {"party": tables.parties(real)[-1]}),
        "other party": ("party", {"data": other, "party": tables.parties(made_up)[-1]}),
        "other overview": ("overview", {"data": other.name}),
        "wrong party": ("party", {"party": tables.parties(real)[0] + "x"}),
        "wrong issue": ("issue", {"issue": real.issues["id"].iloc[0] + "x"}),
        "wrong as_of": ("sources", {"as_of": "2024-02-31"}),
        "wrong data": ("changes", {"data": folder / "nowhere"}),
    }
    with ThreadPoolExecutor(2) as pool:
        started = {
            name: pool.submit(papermill, root, folder, name, report, **parameters)
            for name, (report, parameters) in wanted.items()
        }
    return {name: run.result() for name, run in started.items()}


def shown(notebook):
    """Every output of a notebook that is something to look at."""
    return [output.data for cell in code(notebook) for output in cell.outputs if "data" in output]


@pytest.mark.parametrize("name", [*NOTEBOOKS, "given", "other party", "other overview"])
def test_papermill_runs_it_from_another_folder(runs, name):
    done, executed = runs[name]
    assert done.returncode == 0, done.stderr
    assert [o for cell in code(executed) for o in cell.outputs if o.output_type in ("error", "stream")] == []
    assert '<header class="opening">' in shown(executed)[0]["text/html"]


@pytest.mark.parametrize("name", [*NOTEBOOKS, "given", "other party", "other overview"])
def test_everything_it_links_to_is_in_its_evidence(runs, name):
    *before, last = shown(runs[name][1])
    linked = set().union(*(LINK.findall(str(data.get("text/html", ""))) for data in before))
    linked |= {
        row["link"][1:]
        for data in before
        for rows in data.get(MIME, {}).get("datasets", {}).values()
        for row in rows
        if "link" in row
    }
    assert linked
    assert linked - set(ANCHOR.findall(last["text/html"])) == set()


@pytest.mark.parametrize(("name", "most"), [("overview", 5), ("sources", 3), ("party", 1), ("other overview", 5)])
def test_its_charts_are_specifications_with_alt_text(runs, name, most):
    charts = [data for data in shown(runs[name][1]) if MIME in data]
    assert len(charts) >= most
    for data in charts:
        assert data["text/plain"] == data[MIME]["description"] != ""
        assert data[MIME]["$schema"].endswith("/v5.json")


def test_without_a_party_it_is_the_first(runs):
    dossier = tables.load()
    parties, short = tables.parties(dossier), names(dossier, short=True)
    for name, party in (("party", parties[0]), ("given", parties[-1])):
        assert f"<h1>{short[party]}</h1>" in shown(runs[name][1])[0]["text/html"]


def test_another_folder_is_another_dossier(runs, tmp_path):
    dossier = tables.load(invented(tmp_path))
    party = names(dossier, short=True)[tables.parties(dossier)[-1]]
    assert f"<h1>{party}</h1>" in shown(runs["other party"][1])[0]["text/html"]


def refusal(run):
    """The one line with which a run stopped, the same in the notebook and on the terminal."""
    done, executed = run
    assert done.returncode != 0
    (error,) = [o for cell in code(executed) for o in cell.outputs if o.output_type == "error"]
    assert error.traceback == [error.evalue]
    assert len(error.evalue.splitlines()) == 1
    assert error.evalue in done.stderr
    assert "parley/" not in done.stderr.replace(os.getcwd(), "").split("PapermillExecutionError")[-1]
    return error.evalue


def test_a_wrong_party_is_refused_with_the_right_ones_and_the_nearest(runs):
    right = tables.parties(tables.load())
    line = refusal(runs["wrong party"])
    assert f"party '{right[0]}x' is not in this dossier. Did you mean '{right[0]}'?" in line
    assert line.endswith(f"Choose one of: {', '.join(right)}.")


def test_a_wrong_issue_is_refused_with_the_right_ones_and_the_nearest(runs):
    right = list(tables.load().issues["id"])
    line = refusal(runs["wrong issue"])
    assert f"issue '{right[0]}x' is not in this dossier. Did you mean '{right[0]}'?" in line
    assert line.endswith(f"Choose one of: {', '.join(right)}.")


def test_a_day_that_is_none_is_refused_with_the_form_of_one(runs):
    assert re.search(r"as_of '2024-02-31' is not a day\. Write it as \d{4}-\d\d-\d\d", refusal(runs["wrong as_of"]))


def test_a_folder_that_is_not_there_is_refused_with_what_it_should_hold(runs):
    line = refusal(runs["wrong data"])
    assert "nowhere" in line
    assert "folder that holds" in line
