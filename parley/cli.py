"""The command line: `parley check`, `verify`, `passages`, `codebook` and `build`.

Exit codes: 0 done; 1 a report failed, or a pointer does not hold; 2 wrong usage or parameter; 3 the tables do
not pass; 4 could not publish, or found no cluster; 10 the talks changed, where that is asked for.

Each command imports what it needs by itself: a build without a change needs none of it, and is done before pandas
would be imported.
"""

import argparse
import re
import sys

from parley.errors import ParameterError, ParleyError, refused


def main(argv=None):
    """Runs one command and returns its exit code."""
    options = vars(_parser().parse_args(argv))
    run = options.pop("run")
    try:
        return run(**options)
    except ParleyError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def check(data):
    """Says what is wrong with the tables of a folder, or how many rows passed."""
    from parley import tables

    dossier = tables.load(data)
    rows = sum(len(getattr(dossier, table)) for table in tables.TABLES)
    print(f"{dossier.folder.name}: {len(tables.TABLES)} tables with {rows} rows pass.")
    return 0


def verify(article_file, article, data):
    """Compares every passage of an article with the reader's own copy of it."""
    from parley import passages, tables

    text, dossier = passages.text(article_file), tables.load(data)
    coded = _article(dossier, article, passages.digest(text))
    mine = dossier.passages[dossier.passages["article"] == coded["id"]]
    found = passages.verify(mine, text)
    count = found["status"].value_counts().reindex(["holds", "moved", "gone"], fill_value=0)
    same = passages.digest(text) == coded["sha256"]
    copy = "the same text" if same else f"another text ({len(text)} characters, coded from {coded['length']})"
    print(f"{coded['id']}: {copy}; {count['holds']} hold, {count['moved']} moved, {count['gone']} gone.")
    for row in found[found["status"] != "holds"].itertuples():
        print(f"{row.id}: {row.status}" + (f" to {row.start}-{row.end}" if row.status == "moved" else ""))
    return int(count["holds"] < len(found))


def new_passages(article_file, article):
    """Prints the rows of the table of passages for a new article."""
    from parley import passages

    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,29}", article):
        raise ParameterError(f"article {article!r} is no id. Use small letters, digits, - and _: for example a2.")
    text = passages.text(article_file)
    passages.split(text, article).to_csv(sys.stdout, index=False, lineterminator="\n")
    print(f"{article}: length {len(text)}, sha256 {passages.digest(text)}", file=sys.stderr)
    return 0


def print_codebook(data):
    """Prints the schema of a folder as a page of Markdown."""
    from parley import codebook, tables

    print(codebook.page(tables.load_schema(data)), end="")
    return 0


def build(out, executor, scheduler, **options):
    """Builds the reports that changed, and publishes the set."""
    from parley import publish

    if executor == "dask" and not scheduler:
        raise ParameterError("--executor dask: which cluster? Add its address: --scheduler tcp://HOST:8786")
    if scheduler and executor != "dask":
        raise ParameterError(f"--scheduler {scheduler}: only Dask has one. Add --executor dask.")
    if re.match(r"[a-z][a-z0-9+.-]+://", out):
        raise ParameterError(
            f"--out {out}: a set is switched by a rename, which only a folder can do. Build into one, then copy the "
            f"finished set: rclone sync --copy-links reports/latest REMOTE:PATH, or aws s3 sync reports/latest {out}"
        )
    return publish.build(out=out, scheduler=scheduler, **options)


def _article(dossier, id, sha256):
    """The row of the article with this id; without one, that with this hash, else the only one."""
    articles = dossier.articles
    choices = articles["id"].tolist()
    if id and id not in choices:
        raise refused("article", id, choices)
    if id:
        chosen = articles[articles["id"] == id]
    elif (same := articles["sha256"] == sha256).any():
        chosen = articles[same]
    elif len(articles) == 1:
        chosen = articles
    else:
        raise ParameterError(f"No article has this text. Say which one it is, --article: {', '.join(choices)}.")
    return chosen.iloc[0]


def _parser():
    parser = argparse.ArgumentParser(prog="parley", description="Sourced reports on a negotiation.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    _verb(verbs, "check", check, "check the tables", data=True)
    it = _verb(verbs, "verify", verify, "compare the passages with your own copy of an article", data=True)
    it.add_argument("article_file", metavar="ARTICLE_FILE")
    it.add_argument("--article", metavar="ID", default="", help="its id (default: the one with this text)")
    it = _verb(verbs, "passages", new_passages, "print the rows of passages for a new article")
    it.add_argument("article_file", metavar="ARTICLE_FILE")
    it.add_argument("--article", metavar="ID", required=True, help="the id that it gets")
    _verb(verbs, "codebook", print_codebook, "print the codebook as Markdown", data=True)
    _build_parser(verbs)
    return parser


def _build_parser(verbs):
    it = _verb(verbs, "build", build, "build the reports that changed, and publish them", data=True)
    it.add_argument("--out", metavar="DIR", default="", help="where to publish (default: reports)")
    it.add_argument("--as-of", metavar="DATE", default="", help="leave out what was not yet said on that day")
    it.add_argument("--show-code", action="store_true", help="keep the code of the notebooks in the pages, folded")
    it.add_argument("--force", action="store_true", help="build all, changed or not")
    it.add_argument("--dry-run", action="store_true", help="only say what would run, and why")
    it.add_argument("--keep-going", action="store_true", help="where one report fails, try the others all the same")
    it.add_argument("--limit", metavar="SECONDS", type=float, default=300, help="for one report (default: 300)")
    it.add_argument("--executor", choices=["local", "dask"], default="local", help="where the reports run")
    it.add_argument("--scheduler", metavar="ADDRESS", default="", help="of a Dask cluster: tcp://HOST:8786")
    it.add_argument("--exit-code", action="store_true", help="end with 10 where the talks changed")
    it.add_argument("--log", choices=["text", "json"], default="text", help="json: one object a line, for machines")
    it.add_argument("reports", metavar="REPORT", nargs="*", help="reports to build (default: all)")


def _verb(verbs, name, run, help, data=False):
    parser = verbs.add_parser(name, help=help, description=run.__doc__)
    parser.set_defaults(run=run)
    if data:
        parser.add_argument("--data", metavar="DIR", default="", help="folder of the tables (default: Parley's own)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
