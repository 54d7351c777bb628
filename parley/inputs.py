"""What a set of reports was built from, as hashes and versions."""

import hashlib
import importlib.metadata
import platform
import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def digest(path):
    """The SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def describe(dossier):
    """What the pages depend on: the last day, the hash of each table file, one hash of this package."""
    files = sorted(path for path in Path(dossier.folder).iterdir() if path.suffix in (".csv", ".json"))
    code = hashlib.sha256()
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".j2", ".css", ".js")):
        code.update(f"{path.relative_to(PACKAGE).as_posix()} {digest(path)}\n".encode())
    return {
        "as_of": dossier.as_of,
        "tables": {path.name: digest(path) for path in files},
        "package": code.hexdigest(),
    }


@cache
def versions():
    """The versions of Python, Parley and the libraries that it names as its own dependencies."""
    direct = [
        re.match(r"[\w.-]+", line)[0] for line in importlib.metadata.requires("parley") or [] if "extra ==" not in line
    ]
    found = {name: importlib.metadata.version(name) for name in sorted(["parley", *direct])}
    return {"python": platform.python_version(), **found}
