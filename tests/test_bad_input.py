"""Every kind of bad input: told once, at its file, line and column, with what was expected."""

import json

import pytest
import tiny

from parley import tables
from parley.errors import TablesError


@pytest.fixture
def folder(tmp_path):
    return tiny.write(tmp_path / "dossier")


def edit(folder, table, old, new):
    """Replaces bytes of one table, once."""
    path = folder / f"{table}.csv"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def problem(folder):
    """The only problem of a folder."""
    (line,) = tables.check(folder)
    return line


def test_a_missing_file_is_told_without_an_echo_from_the_tables_that_point_to_it(folder):
    (folder / "statements.csv").unlink()
    assert problem(folder).startswith("dossier/statements.csv: cannot be read (No such file or directory). Expected")


def test_an_empty_file_is_told(folder):
    (folder / "actors.csv").write_text("\n\n")
    assert problem(folder).startswith("dossier/actors.csv: is empty. Expected a header: id,label,")


def test_a_header_without_rows_is_an_empty_table(folder):
    header = (folder / "questions.csv").read_text().splitlines()[0]
    (folder / "questions.csv").write_text(header)
    assert tables.check(folder) == []


def test_a_whole_dossier_without_rows_has_no_row_to_blame(tmp_path):
    assert tables.check(tiny.write(tmp_path, {table: [] for table in tiny.rows()})) == []


def test_an_unknown_column_is_told_with_the_nearest(folder):
    edit(folder, "statements", b"firmness_cue", b"firmnes_cue")
    unknown, missing = tables.check(folder)
    assert missing == "dossier/statements.csv, line 1, column `firmness_cue`: is missing in the header."
    assert (
        unknown
        == (
            "dossier/statements.csv, line 1, column `firmnes_cue`: is no column of this table. "
            "Did you mean 'firmness_cue'?"
        )
        or unknown == missing
    )


def test_a_column_that_stands_twice_is_told(folder):
    edit(folder, "actors", b",note", b",office")
    assert "dossier/actors.csv, line 1, column `office`: stands twice in the header." in tables.check(folder)


def test_wrong_types_are_told(folder):
    edit(folder, "passages", b"a1.p01.s1,a1,1,", b"a1.p01.s1,a1,one,")
    edit(folder, "articles", b"2024-03-09", b"9.3.2024")
    edit(folder, "offer_terms", b",7,", b",seven,")
    assert tables.check(folder) == [
        "dossier/articles.csv, line 2, column `coded`: '9.3.2024' is not a day, such as 2024-01-31.",
        "dossier/passages.csv, line 2, column `paragraph`: 'one' is not a whole number, such as 7.",
        "dossier/offer_terms.csv, line 2, column `quantity`: 'seven' is not a number, such as 7.5.",
    ]


def test_a_day_that_no_calendar_has_is_told(folder):
    edit(folder, "articles", b"2024-03-09", b"2024-02-30")
    assert "'2024-02-30' is not a day" in problem(folder)


def test_an_unknown_code_is_told_with_the_nearest(folder):
    edit(folder, "statements", b",refuses,", b",refuse,")
    line = problem(folder)
    assert line.startswith(
        "dossier/statements.csv, line 4, column `stance`: 'refuse' is not a code. Did you mean 'refuses'?"
    )
    assert "Expected one of: offers, demands, refuses," in line


def test_a_dangling_id_is_told_with_the_nearest(folder):
    edit(folder, "statements", b",owner,", b",ownr,")
    assert tables.check(folder)[0] == (
        "dossier/statements.csv, line 4, column `party`: 'ownr' is not in actors. Did you mean 'owner'?"
    )


def test_a_dangling_id_in_a_list_is_told(folder):
    edit(folder, "events", b"owner union", b"owner unoin")
    assert problem(folder) == (
        "dossier/events.csv, line 3, column `actors`: 'unoin' is not in actors. Did you mean 'union'?"
    )


def test_a_reference_to_one_of_several_tables_is_told(folder):
    edit(folder, "questions", b"pay", b"payy")
    assert problem(folder) == (
        "dossier/questions.csv, line 2, column `about`: 'payy' is not in actors or issues. Did you mean 'pay'?"
    )


def test_a_duplicate_id_is_told(folder):
    edit(folder, "events", b"e_end,", b"e_talks,")
    assert "dossier/events.csv, line 4, column `id`: 'e_talks' stands in an earlier row too." in tables.check(folder)[0]


def test_bytes_that_are_not_utf8_are_told_at_their_place(folder):
    edit(folder, "issues", b"Money.", b"M\xf6ney.")
    line = problem(folder)
    assert line == ("dossier/issues.csv, line 3: byte 0xf6 at character 28 is not UTF-8. Save the file as UTF-8.")


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"they are tired", b'"they are tired'), (b"they are tired", b'"they are "tired"')],
    ids=["to_the_end_of_the_file", "closed_too_early"],
)
def test_an_unclosed_quote_is_told_where_it_opened(folder, old, new):
    edit(folder, "statements", old, new)
    assert problem(folder).startswith(
        "dossier/statements.csv, line 3, column `summary`: a quote opens here and is not closed. Expected"
    )


def test_an_unclosed_quote_is_told_where_it_opened_although_a_later_row_has_quotes(folder):
    edit(folder, "statements", b"a pause of the strike", b'"a pause of the strike')
    edit(folder, "statements", b"they are tired", b'"they, are tired"')
    assert problem(folder).startswith("dossier/statements.csv, line 2, column `summary`: a quote opens here")


def test_a_cell_that_is_too_large_is_told(folder):
    edit(folder, "issues", b"Money.", b"M" * 200_000)
    assert problem(folder).startswith("dossier/issues.csv, line 3: cannot be read as CSV (field larger than")


def test_a_blank_line_in_the_middle_is_told(folder):
    edit(folder, "events", b"\ne_end", b"\n\ne_end")
    assert problem(folder) == "dossier/events.csv, line 4: is blank. Expected a row; take the line out."


def test_rows_of_another_width_are_told(folder):
    edit(folder, "issues", b"\npay,Pay,", b"\npay,Pay,and more,")
    edit(folder, "questions", b",gap,", b",gap ")
    long, short = tables.check(folder)
    assert long == ("dossier/issues.csv, line 3: has 6 cells, expected 5. Put quotes round a cell that holds a comma.")
    assert short.startswith("dossier/questions.csv, line 2: has 5 cells, expected 6.")


def test_an_empty_required_cell_is_told(folder):
    edit(folder, "issues", b",Money.", b",")
    assert problem(folder) == "dossier/issues.csv, line 3, column `note`: is empty. Expected a value in every row."


def test_white_space_round_a_value_is_told(folder):
    edit(folder, "issues", b"Money.", b"Money.\xc2\xa0")
    assert "line 3, column `note`: 'Money.\\xa0' has white space around it." in problem(folder)


def test_a_value_of_the_wrong_form_is_told(folder):
    edit(folder, "statements", b",pause,", b",The Pause,")
    assert "column `claim`: 'The Pause' is not of the form ^[a-z0-9]" in problem(folder)


def test_numbers_have_limits(folder):
    edit(folder, "statements", b",4,will not", b",6,will not")
    assert problem(folder) == ("dossier/statements.csv, line 4, column `firmness`: 6 is too large. Expected 5 or less.")


def test_an_id_twice_in_one_list_is_told(folder):
    edit(folder, "events", b"owner union", b"owner owner")
    assert "column `actors`: 'owner owner' names an id twice." in problem(folder)


def test_lines_are_those_of_the_file_although_a_cell_holds_line_breaks(folder):
    edit(folder, "issues", b"Work.", b'"Work,\nand\nwork."')
    edit(folder, "issues", b",percent,", b",percentage,")
    assert problem(folder).startswith("dossier/issues.csv, line 5, column `measure`: 'percentage'")


def test_everything_is_told_at_once_in_the_order_of_the_files(folder):
    edit(folder, "terms", b",attributed,", b",atributed,")
    edit(folder, "actors", b",person,", b",persn,")
    edit(folder, "actors", b",outlet,", b",outlt,")
    places = [line.split(":")[0] for line in tables.check(folder)]
    assert places == [
        "dossier/actors.csv, line 4, column `kind`",
        "dossier/actors.csv, line 6, column `kind`",
        "dossier/terms.csv, line 2, column `voice`",
    ]


def test_a_byte_order_mark_other_line_ends_and_blank_lines_at_the_end_are_accepted(folder):
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n  \r\n")
    assert tables.check(folder) == []


def test_nothing_is_loaded_from_tables_that_fail(folder):
    edit(folder, "actors", b",person,", b",persn,")
    with pytest.raises(TablesError, match="persn") as caught:
        tables.load(folder)
    assert caught.value._render_traceback_() == ["\n".join(caught.value.problems)]


def test_a_wrong_cell_has_no_echo_in_the_rows_that_point_to_its_row(folder):
    edit(folder, "actors", b",person,", b",persn,")
    assert problem(folder).startswith("dossier/actors.csv, line 4, column `kind`: 'persn' is not a code.")


def test_a_missing_schema_is_told(folder):
    (folder / "datapackage.json").unlink()
    assert problem(folder).startswith("dossier/datapackage.json: cannot be read (No such file or directory). Give")


def test_a_schema_that_is_not_json_is_told_with_its_line(folder):
    (folder / "datapackage.json").write_text('{\n "title": }')
    assert problem(folder).startswith("dossier/datapackage.json, line 2, character 11: is not JSON")


def test_a_schema_without_its_parts_is_told(folder):
    (folder / "datapackage.json").write_text('{"resources": 3}')
    assert problem(folder).startswith("dossier/datapackage.json: has not the form of a schema")


def test_a_schema_that_contradicts_itself_is_told(folder):
    path = folder / "datapackage.json"
    schema = json.loads(path.read_text())
    fields = {table["name"]: table["schema"]["fields"] for table in schema["resources"]}
    by_name = {field["name"]: field for field in fields["statements"]}
    by_name["stance"]["constraints"]["enum"].pop()
    by_name["unit"]["vocabulary"] = "units"
    by_name["passages"]["references"] = ["passage"]
    by_name["quantity"]["type"] = "decimal"
    path.write_text(json.dumps(schema))
    here = "dossier/datapackage.json: table statements, column"
    assert tables.check(folder) == [
        f"{here} `passages`: refers to 'passage', which is no table. Did you mean 'passages'?",
        f"{here} `stance`: `enum` must list the codes of 'stance', in the same order.",
        f"{here} `quantity`: type 'decimal' is not one of string, integer, number, date.",
        f"{here} `unit`: 'units' is not in `vocabularies`. Did you mean 'unit'?",
    ]


def test_a_schema_without_a_column_that_parley_needs_is_told(folder):
    path = folder / "datapackage.json"
    schema = json.loads(path.read_text())
    schema["resources"] = [table for table in schema["resources"] if table["name"] != "questions"]
    schema["resources"][0]["schema"]["fields"].pop()
    path.write_text(json.dumps(schema))
    assert tables.check(folder) == [
        "dossier/datapackage.json: table articles: has no column `sha256`, which Parley needs.",
        "dossier/datapackage.json: has no table 'questions', which Parley needs.",
    ]
