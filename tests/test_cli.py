"""The command line: what it prints, and the exit code that a script can rely on."""

import csv
import io
import subprocess
import sys

import pytest
import tiny

from parley import cli, passages


@pytest.fixture
def folder(tmp_path):
    return tiny.write(tmp_path / "dossier")


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "copy.txt"
    path.write_text(tiny.TEXT, encoding="utf-8", newline="\r\n")
    return path


def run(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_check_says_that_tables_pass(folder, capsys):
    assert run("check", "--data", folder) == 0
    assert capsys.readouterr().out == "dossier: 12 tables with 34 rows pass.\n"


def test_check_prints_every_problem_and_returns_3(folder, capsys):
    (folder / "actors.csv").unlink()
    (folder / "issues.csv").unlink()
    assert run("check", "--data", folder) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(":")[0] for line in err.splitlines()] == ["dossier/actors.csv", "dossier/issues.csv"]


def test_check_does_not_import_the_libraries_of_the_notebooks(folder):
    code = (
        "import sys; from parley import cli; "
        f"assert cli.main(['check', '--data', {str(folder)!r}]) == 0; "
        "assert not {'altair', 'papermill', 'nbconvert', 'networkx', 'syntok'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_verify_finds_the_article_and_says_that_every_pointer_holds(folder, copy, capsys):
    assert run("verify", copy, "--data", folder) == 0
    assert capsys.readouterr().out == "a1: the same text; 5 hold, 0 moved, 0 gone.\n"


def test_verify_lists_what_moved_and_what_is_gone_and_returns_1(folder, copy, capsys):
    text = tiny.TEXT.replace("Read more here", "Read less here").replace("7 days", "7 long days")
    copy.write_text(text, encoding="utf-8")
    assert run("verify", copy, "--data", folder) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"a1: another text ({len(text)} characters, coded from {len(tiny.TEXT)}); 1 hold, 2 moved, 2 gone.",
        "a1.p02.s1: gone",
        "a1.p02.s2: moved to 71-104",
        "a1.p02.s3: moved to 105-152",
        "a1.p03.s1: gone",
    ]


def test_verify_refuses_an_unknown_article(folder, copy, capsys):
    assert run("verify", copy, "--data", folder, "--article", "a11") == 2
    assert capsys.readouterr().err == ("article 'a11' is not in this dossier. Did you mean 'a1'? Choose one of: a1.\n")


def test_verify_asks_which_article_a_changed_copy_is_of(tmp_path, copy, capsys):
    rows = tiny.rows()
    rows["articles"].append({**rows["articles"][0], "id": "a2", "sha256": "0" * 64})
    folder = tiny.write(tmp_path / "dossier", rows)
    copy.write_text("Other words\n")
    assert run("verify", copy, "--data", folder) == 2
    assert "Say which one it is, --article: a1, a2." in capsys.readouterr().err


def test_verify_refuses_a_file_that_is_not_there(folder, capsys):
    assert run("verify", folder / "nowhere.txt", "--data", folder) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_passages_prints_rows_that_can_be_appended(copy, capsys):
    assert run("passages", copy, "--article", "a7") == 0
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == ["a7.p01.s1", "a7.p02.s1", "a7.p02.s2", "a7.p02.s3", "a7.p03.s1"]
    assert rows[0] | {"nothing_to_code": ""} == rows[0]
    assert list(rows[0]) == list(tiny.rows()["passages"][0])
    assert err == f"a7: length {len(tiny.TEXT)}, sha256 {passages.digest(tiny.TEXT)}\n"


def test_passages_refuses_what_is_no_id(copy, capsys):
    assert run("passages", copy, "--article", "A 7") == 2
    assert "article 'A 7' is no id" in capsys.readouterr().err


def test_codebook_prints_a_page(folder, capsys):
    assert run("codebook", "--data", folder) == 0
    assert capsys.readouterr().out.startswith("# Codebook: ")


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "--dta", "x"], ["passages", "x"]])
def test_wrong_usage_returns_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert caught.value.code == 2
    assert "usage: parley" in capsys.readouterr().err
