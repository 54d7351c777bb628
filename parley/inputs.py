"""What a set of reports is built from, as hashes and versions. Imports no library, so that asking costs little."""

import hashlib
import importlib.metadata
import json
import platform
import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA = PACKAGE.parent / "data"
NOTEBOOKS = PACKAGE.parent / "notebooks"


def digest(path):
    """The SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def hashed(value):
    """The SHA-256 of a value that JSON can hold, as hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def table_files(folder):
    """The files of a folder of tables by name: the tables and their schema."""
    return {path.name: path for path in sorted(Path(folder).iterdir()) if path.suffix in (".csv", ".json")}


def describe(folder, as_of, notebooks, show_code=False):
    """What the pages of a set depend on: the last day, whether code is shown, a hash of each file that makes them."""
    return {
        "as_of": as_of,
        "show_code": show_code,
        "tables": {name: digest(path) for name, path in table_files(folder).items()},
        "notebooks": {path.name: digest(path) for path in sorted(Path(notebooks).glob("*.ipynb"))},
        **makers(),
    }


def makers():
    """What makes a page of tables and a notebook: Parley's code, the look of the pages, the versions of libraries."""
    code = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    look = {path.name: path for path in (PACKAGE / "page").iterdir() if path.suffix in (".j2", ".css", ".js")}
    return {
        "package": hashed({name: digest(path) for name, path in code.items()}),
        "templates": hashed({name: digest(path) for name, path in look.items()}),
        "versions": versions(),
    }


@cache
def versions():
    """The versions of Python, Parley and the libraries that it names as its own dependencies."""
    direct = [
        re.match(r"[\w.-]+", line)[0] for line in importlib.metadata.requires("parley") or [] if "extra ==" not in line
    ]
    found = {name: importlib.metadata.version(name) for name in sorted(["parley", *direct])}
    return {"python": platform.python_version(), **found}
