"""Dossiers for the tests: folders of tables that `tables.load` can read."""

import json
import shutil
from pathlib import Path

TESTS = Path(__file__).resolve().parent
INVENTED = TESTS / "dossier"
ARTICLES = INVENTED / "articles"


def invented(folder):
    """The invented dossier, copied into `folder` with the project's own codebook; its path.

    A dispute over pay, night work and shut gates at a port that does not exist.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for table in sorted(INVENTED.glob("*.csv")):
        shutil.copy(table, folder)
    schema = json.loads((TESTS.parent / "data" / "datapackage.json").read_text(encoding="utf-8"))
    schema["title"] = (INVENTED / "title.txt").read_text(encoding="utf-8").strip()
    text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder
