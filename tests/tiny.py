"""A minimal dossier that passes: an invented strike, one to five rows a table, to break one thing in."""

import csv
import json
import shutil
from pathlib import Path

from parley import passages

SCHEMA = Path(__file__).resolve().parents[1] / "data" / "datapackage.json"
TEXT = (
    "Bakers would pause their strike\n\n"
    "The union would stop for 7 days. “We are tired,” its members said.\n"
    "The owner will not talk before the strike ends.\n\n"
    "Read more here.\n"
)
NOT_TOLD = {"date_precision": "not_told", "date_basis": "The text gives none."}


def rows():
    """Table to rows; a row holds only the cells that are not empty."""
    found = passages.split(TEXT, "a1").astype("str").to_dict("records")
    found[-1] |= {"part": "furniture", "nothing_to_code": "An invitation to read on."}
    said = {"issue": "strike", "kind": "actual", "rendering": "paraphrased", **NOT_TOLD}
    event = {"issue": "strike", "status": "proposed", "passages": "a1.p02.s1", **NOT_TOLD}
    return {
        "articles": [
            {
                "id": "a1",
                "title": "A strike of bakers",
                "published": "2024-03-05",
                "origin_basis": "The copy gives the day only.",
                "coded": "2024-03-09",
                "length": str(len(TEXT)),
                "sha256": passages.digest(TEXT),
            }
        ],
        "passages": found,
        "actors": [
            _row("union", "Bakers' union", kind="organisation", role="principal", passages="a1.p01.s1"),
            _row("owner", "Bakery owner", kind="organisation", role="principal", passages="a1.p02.s3"),
            _row("clerk", "Ana Roe", kind="person", role="speaker", parent="owner", passages="a1.p02.s3"),
            _row(
                "members",
                "Members",
                kind="unnamed_people",
                role="speaker",
                parent="union",
                passages="a1.p02.s2",
            ),
            _row("agency", "An agency", kind="outlet", role="mentioned_only", passages="a1.p01.s1"),
        ],
        "issues": [
            {
                "id": "strike",
                "label": "The strike",
                "question": "When does it end?",
                "measure": "days",
                "note": "Work.",
            },
            {"id": "pay", "label": "Pay", "question": "How much?", "measure": "percent", "note": "Money."},
        ],
        "events": [
            event
            | _row(
                "e_pause",
                "a pause",
                kind="pause",
                summary="The union pauses.",
                actors="union",
                targets="owner",
            ),
            event | _row("e_talks", "talks", kind="talks", summary="The two talk.", actors="owner union"),
            event | _row("e_end", "the end", kind="end", summary="The strike ends.", actors="union", follows="e_pause"),
        ],
        "statements": [
            said
            | {
                "id": "s1",
                "passages": "a1.p01.s1 a1.p02.s1",
                "party": "union",
                "event": "e_pause",
                "stance": "offers",
            }
            | {"summary": "a pause of the strike", "firmness": "2", "firmness_cue": "would", "claim": "pause"}
            | {"quantity": "7", "unit": "days", "hedge": "exact"},
            said
            | {
                "id": "s2",
                "passages": "a1.p02.s2",
                "party": "union",
                "stance": "characterises",
                "claim": "tired",
            }
            | {"summary": "they are tired"},
            said
            | {"id": "s3", "passages": "a1.p02.s3", "party": "owner", "event": "e_talks", "stance": "refuses"}
            | {"summary": "talks", "firmness": "4", "firmness_cue": "will not", "claim": "no_talks"},
            said
            | {"id": "s4", "passages": "a1.p02.s3", "party": "owner", "event": "e_end", "stance": "requires"}
            | {"summary": "the end of the strike", "firmness": "3", "claim": "end_first"},
        ],
        "attributions": [
            *_chain("s1", ("", "not_given"), ("union", "organisation")),
            *_chain("s2", ("members", "unnamed")),
            *_chain("s3", ("clerk", "named")),
            *_chain("s4", ("clerk", "named")),
        ],
        "conditions": [
            {"id": "c1", "statement": "s4", "refusal": "s3", "party": "owner", "withheld": "e_talks"}
            | {
                "required": "e_end",
                "operator": "before",
                "answer": "partly",
                "answered_by": "s1",
                "basis": "reported",
            }
        ],
        "offer_terms": [
            {
                "id": "o1",
                "offer": "e_pause",
                "giver": "union",
                "receiver": "owner",
                "issue": "strike",
                "item": "a pause",
            }
            | {"event": "e_pause", "quantity": "7", "unit": "days", "hedge": "exact", "statements": "s1"}
        ],
        "terms": [
            {
                "id": "t1",
                "expression": "greedy owner",
                "names": "owner",
                "user": "union",
                "voice": "attributed",
            }
            | {"loaded": "greedy", "plain": "the owner", "passages": "a1.p02.s2"}
        ],
        "judgements": [
            {
                "id": "j1",
                "about": "strike",
                "kind": "assumption",
                "text": "Talks come before any end.",
                "basis": "s3",
            }
            | {
                "confidence": "low",
                "alternative": "An end comes by itself.",
                "would_change": "A day for talks.",
            }
        ],
        "questions": [
            {"id": "q1", "about": "pay", "question": "How much more?", "why": "It decides.", "decides": "gap"}
            | {"passages": "a1.p02.s2"}
        ],
    }


def write(folder, tables=None):
    """Writes tables (default: the rows above) as a data folder and returns it."""
    folder.mkdir(exist_ok=True)
    shutil.copy(SCHEMA, folder)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for table in schema["resources"]:
        names = [field["name"] for field in table["schema"]["fields"]]
        with open(folder / table["path"], "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, names, lineterminator="\n")
            out.writeheader()
            out.writerows((tables or rows())[table["name"]])
    return folder


def changed(table, id, /, **cells):
    """The rows above with other cells in one row."""
    tables = rows()
    next(row for row in tables[table] if row["id"] == id).update(cells)
    return tables


def _row(id, label, **cells):
    return {"id": id, "label": label, **cells}


def _chain(statement, *levels):
    chain = [("", "article"), *levels]
    return [
        {
            "id": f"{statement}.{level}",
            "statement": statement,
            "level": str(level),
            "source": source,
            "form": form,
        }
        for level, (source, form) in enumerate(chain)
    ]
