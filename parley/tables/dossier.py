"""One dossier: every table as a checked frame, as a whole or as far as was said by a day."""

import re
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from parley.errors import ParameterError, TablesError, refused
from parley.tables import reading, schema
from parley.tables.rules.said import FIRM

DATA = Path(__file__).resolve().parents[2] / "data"

HELD = {}

# Columns in which an empty cell says something ("the article itself", "the talks as a whole"), so that a row
# goes with what they point to, although they may be empty.
EMPTY_SAYS_SOMETHING = {
    ("statements", "party"),
    ("attributions", "source"),
    ("conditions", "statement"),
    ("conditions", "party"),
    ("conditions", "assumption"),
    ("terms", "user"),
    ("judgements", "about"),
    ("questions", "about"),
}


@dataclass(frozen=True, eq=False)
class Dossier:
    """The tables of one negotiation; the schema says what a row and a column of each is.

    Missing text is "", a missing number <NA>, a missing date NaT; lists of ids are tuples. Rows stand in the
    order of the file. `as_of` is the day by which everything in it was said ("" for all).
    """

    title: str
    folder: Path
    schema: dict
    as_of: str
    articles: pd.DataFrame
    passages: pd.DataFrame
    actors: pd.DataFrame
    issues: pd.DataFrame
    events: pd.DataFrame
    statements: pd.DataFrame
    attributions: pd.DataFrame
    conditions: pd.DataFrame
    offer_terms: pd.DataFrame
    terms: pd.DataFrame
    judgements: pd.DataFrame
    questions: pd.DataFrame


TABLES = [field.name for field in fields(Dossier) if field.type is pd.DataFrame]


def load(data="", as_of=""):
    """The dossier of a folder ("" = the project's own), as far as it was said by the day `as_of` ("" = all).

    TablesError with every problem if they do not pass; ParameterError if `as_of` is no day or too early.
    """
    day = _day(as_of)
    plan, frames, problems = _read(data)
    if problems:
        raise TablesError(problems)
    if day is not None:
        frames = _said_by(day, frames, schema.columns(plan))
    mine = {table: frames[table] for table in TABLES}
    return Dossier(title=plan["title"], folder=_folder(data), schema=plan, as_of=str(as_of), **mine)


def earlier(dossier, since):
    """An earlier state of a dossier to compare with: as of a day, or the tables of a folder. None where there is none.

    `since` "" stands for none. ParameterError if it is neither a day nor a folder; a day before anything was said is
    none, too.
    """
    if not since:
        return None
    if Path(since).is_dir():
        return load(since, dossier.as_of)
    _day(since, "since")
    try:
        return load(dossier.folder, since)
    except ParameterError:
        return None


def check(data=""):
    """Everything that is wrong with the tables of a folder, one line a problem; empty if they pass."""
    try:
        return _read(data)[2]
    except TablesError as error:
        return error.problems


def load_schema(data=""):
    """The schema of a folder ("" = the project's own), as parsed. TablesError if it is wrong."""
    return schema.read(_folder(data))


def parties(dossier):
    """Ids of the actors that hold a position (offer, demand, refuse, accept or require), in their order."""
    statements = dossier.statements
    holders = statements.loc[statements["stance"].isin(FIRM), "party"]
    actors = dossier.actors["id"]
    return actors[actors.isin(holders)].tolist()


def choose(dossier, name, value):
    """The id that the parameter `name` ("party" or "issue") stands for: the first where it is "".

    ParameterError with the right ones and the nearest if the dossier has no such id.
    """
    choices = parties(dossier) if name == "party" else dossier.issues["id"].tolist()
    if not choices:
        raise ParameterError(f"{name}: this dossier has none to choose from.")
    if value in ("", *choices):
        return value or choices[0]
    raise refused(name, value, choices)


def _folder(data):
    return Path(data).resolve() if data else DATA


def hold(data):
    """Keeps what is read of a folder that will not change any more, for this process and those forked from it."""
    HELD[_folder(data)] = _read(data)


def _read(data):
    if _folder(data) in HELD:
        return HELD[_folder(data)]
    model = None if _folder(data) == DATA else schema.read(DATA)
    return reading.read(_folder(data), model)


def _day(as_of, name="as_of"):
    if not as_of:
        return None
    day = pd.to_datetime(str(as_of), format="%Y-%m-%d", errors="coerce")
    if pd.isna(day) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(as_of)):
        raise ParameterError(f"{name} {as_of!r} is not a day. Write it as 2024-01-31, or leave it empty for all.")
    return day


def _said_by(day, frames, columns):
    """The frames without what was not yet said on a day, and without what rests on that alone."""
    frames = dict(frames)
    articles, passages, statements = frames["articles"], frames["passages"], frames["statements"]
    latest = articles["published"].fillna(articles["coded"])
    article = statements["passages"].str[0].map(passages.set_index("id")["article"])
    said = statements["date_to"].fillna(article.map(latest.set_axis(articles["id"])))
    if not (said <= day).any():
        first = f"The first statement is of {said.min():%Y-%m-%d}." if len(said) else "It has no statement."
        raise ParameterError(f"as_of {day:%Y-%m-%d}: nothing in this dossier was said by then. {first}")
    frames["articles"] = articles[latest <= day]
    frames["statements"] = statements[said <= day]
    while True:
        before = [len(frame) for frame in frames.values()]
        ids = {table: set(frame["id"]) for table, frame in frames.items()}
        frames = {table: _pruned(table, frame, columns[table], ids) for table, frame in frames.items()}
        if before == [len(frame) for frame in frames.values()]:
            break
    unanswered = frames["conditions"]["answered_by"].map(len) == 0
    answers = frames["conditions"]["answer"].mask(unanswered, "not_reported")
    frames["conditions"] = frames["conditions"].assign(answer=answers)
    return {table: frame.reset_index(drop=True) for table, frame in frames.items()}


def _pruned(table, frame, columns, ids):
    """A frame without pointers to rows that went; a row goes with a pointer that it cannot be without."""
    for column in columns:
        if not column.targets or frame.empty:
            continue
        known = set().union(*(ids[target] for target in column.targets))
        cells = frame[column.name]
        if column.is_list:
            left = cells.map(lambda cell, known=known: tuple(id for id in cell if id in known))
            gone = (left.map(len) == 0) & column.required
            frame = frame.assign(**{column.name: left})[~gone]
            continue
        gone = (cells != "") & ~cells.isin(known)
        if column.required or (table, column.name) in EMPTY_SAYS_SOMETHING:
            frame = frame[~gone]
        else:
            frame = frame.assign(**{column.name: cells.mask(gone, "")})
    return frame
