"""The codebook: a page of what the schema says, and nothing else."""

import json

from parley import codebook, tables


def test_the_committed_codebook_is_the_schemas(root):
    committed = (root / "data" / "CODEBOOK.md").read_text(encoding="utf-8")
    assert committed == codebook.page(tables.load_schema()), "Run: parley codebook > data/CODEBOOK.md"


def test_everything_that_the_schema_says_is_on_the_page():
    schema = tables.load_schema()
    page = codebook.page(schema)
    for table in schema["resources"]:
        assert table["description"] in page
        for field in table["schema"]["fields"]:
            assert f"| `{field['name']}` | {field['type']} |" in page
            assert field["description"].replace("|", r"\|") in page
    for vocabulary in schema["vocabularies"].values():
        for code, entry in vocabulary["codes"].items():
            assert f"| `{code}` | {entry['definition']} |" in page


def test_every_link_leads_to_a_heading():
    page = codebook.page(tables.load_schema())
    headings = {line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")}
    links = {part.split(")")[0] for part in page.split("](#")[1:]}
    assert links <= headings


def test_a_pipe_does_not_break_a_row():
    schema = json.loads(json.dumps(tables.load_schema()))
    schema["vocabularies"]["voice"]["codes"]["article"]["definition"] = "a | b"
    assert r"| `article` | a \| b |" in codebook.page(schema)


def test_required_columns_and_references_are_told():
    page = codebook.page(tables.load_schema())
    statements = page.split("### statements")[1].split("### attributions")[0]
    assert "| `issue` | string | yes | The issue. Id of [issues](#issues). |" in statements
    assert "Ids of [passages](#passages), separated by spaces." in statements
    assert "Id of [statements](#statements)." in statements
    assert "A code of [stance](#stance)." in statements
    assert "At least 1 and at most 5." in statements
