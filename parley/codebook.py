"""The codebook: the schema as one page of Markdown that a second coder can work from."""


def page(schema):
    """Markdown of everything that the schema says of its rules, tables and vocabularies."""
    parts = [
        f"# Codebook: {schema['title']}",
        schema["description"],
        "## Rules",
        "\n".join(f"{place}. {rule}" for place, rule in enumerate(schema["rules"], 1)),
        "## Tables",
    ]
    for table in schema["resources"]:
        parts += _table(table)
    parts.append("## Vocabularies")
    for name, vocabulary in schema["vocabularies"].items():
        parts += _vocabulary(name, vocabulary)
    return "\n\n".join(parts) + "\n"


def _table(table):
    keys = {key["fields"]: [key["reference"]["resource"]] for key in table["schema"].get("foreignKeys", [])}
    rows = [
        (
            f"`{field['name']}`",
            field["type"],
            "yes" if field.get("constraints", {}).get("required") else "",
            " ".join([field["description"], *_holds(field, keys.get(field["name"], []), table["name"])]),
        )
        for field in table["schema"]["fields"]
    ]
    key = f"File: `{table['path']}`. Key: `{table['schema']['primaryKey']}`."
    return [
        f"### {table['name']}",
        table["description"],
        key,
        _rows(rows, "Column", "Type", "Required", "Holds"),
    ]


def _holds(field, keys, table):
    """Sentences on what a column may hold, beyond its description."""
    rule = field.get("constraints", {})
    targets = [target or table for target in keys or field.get("references", [])]
    links = " or ".join(f"[{target}](#{target})" for target in targets)
    if links:
        yield f"Ids of {links}, separated by spaces." if field.get("list") else f"Id of {links}."
    if "vocabulary" in field:
        yield f"A code of [{field['vocabulary']}](#{field['vocabulary']})."
    if "minimum" in rule or "maximum" in rule:
        bounds = [f"{name} {rule[bound]}" for bound, name in BOUNDS.items() if bound in rule]
        yield f"{' and '.join(bounds).capitalize()}."
    if field.get("quotation"):
        yield "Words of the article, six at most."
    if field.get("prose"):
        yield "The coder's own words."


BOUNDS = {"minimum": "at least", "maximum": "at most"}


def _vocabulary(name, vocabulary):
    codes = vocabulary["codes"]
    extra = ["plover"] if any("plover" in code for code in codes.values()) else []
    rows = [
        (f"`{code}`", *(entry.get(part, "") for part in ["definition", "include", "exclude", *extra]))
        for code, entry in codes.items()
    ]
    heads = ["Code", "Definition", "Include", "Leave out", *(part.upper() for part in extra)]
    return [f"### {name}", f"Origin: {vocabulary['origin']}", _rows(rows, *heads)]


def _rows(rows, *heads):
    lines = [heads, ["---"] * len(heads), *rows]
    escaped = [[cell.replace("|", r"\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)
