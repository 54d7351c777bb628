"""Rules on ids, on the places in the articles, and on who is named where."""

import pandas as pd


def ids(frames):
    """An id stands for one thing in the whole dossier."""
    every = pd.concat([frame[["id"]].assign(table=table, row=frame.index) for table, frame in frames.items()])
    first = every.drop_duplicates("id").set_index("id")["table"]
    every = every.assign(first=every["id"].map(first)).set_index("row")
    again = every[every["table"] != every["first"]]
    for table, rows in again.groupby("table"):
        yield table, rows, "id", "{id!r} is an id in {first} already. Expected one that no other table has."


def articles(articles):
    """An article is published before it is coded."""
    late = articles[articles["published"] > articles["coded"]]
    yield "articles", late, "published", "is after `coded`. Expected the same day or an earlier one."


def spans(articles, passages):
    """Passages lie inside their article, in the order of the text, and do not overlap."""
    length = passages["article"].map(articles.set_index("id")["length"]).astype("Int64")
    before = passages.groupby("article")["end"].shift()
    frame = passages.assign(length=length, before=before)
    outside, empty = frame["end"] > frame["length"], frame["start"] >= frame["end"]
    yield (
        "passages",
        frame[outside.fillna(False)],
        "end",
        "{end} is behind the article's end ({length}).",
    )
    yield "passages", frame[empty.fillna(False)], "end", "{end} is not behind `start` ({start})."
    early = (frame["start"] < frame["before"]).fillna(False)
    yield "passages", frame[early], "start", "{start} is before the end of the passage before it ({before})."


def numbering(passages):
    """Paragraphs and sentences are numbered without gaps, and the id says article, paragraph and sentence."""
    groups = passages.groupby("article")
    paragraph, sentence = groups["paragraph"].shift(fill_value=0), groups["sentence"].shift(fill_value=0)
    follows = (passages["paragraph"] == paragraph) & (passages["sentence"] == sentence + 1)
    begins = (passages["paragraph"] == paragraph + 1) & (passages["sentence"] == 1)
    gap = passages.assign(before=paragraph, last=sentence)[~(follows | begins).fillna(True)]
    expected = "Expected the next sentence, or sentence 1 of the next paragraph."
    text = f"{{paragraph}}, sentence {{sentence}} follows on paragraph {{before}}, sentence {{last}}. {expected}"
    yield "passages", gap, "paragraph", text
    parts = passages["id"].str.extract(r"^(?P<article>.*)\.p(?P<paragraph>\d+)\.s(?P<sentence>\d+)$")
    same = parts["article"] == passages["article"]
    for part in ("paragraph", "sentence"):
        same &= (pd.to_numeric(parts[part]).astype("Float64") == passages[part]).fillna(False)
    text = "{id!r} does not say its place. Expected '{article}.p{paragraph:02d}.s{sentence}'."
    yield "passages", passages[~same].dropna(subset=["paragraph", "sentence"]), "id", text


def coverage(passages, actors, events, statements, terms):
    """Every passage is used by a row, or says why it holds nothing to code; not both."""
    used = pd.concat([table["passages"].explode() for table in (actors, events, statements, terms)])
    is_used, excused = passages["id"].isin(used), passages["nothing_to_code"] != ""
    text = "{id!r} is used by no row of actors, events, statements or terms. Code it, or say here why not."
    yield "passages", passages[~is_used & ~excused], "nothing_to_code", text
    text = "{id!r} is used by a row, so it holds something. Empty this cell."
    yield "passages", passages[is_used & excused], "nothing_to_code", text


def mentioned_only(frames, columns):
    """Who is only mentioned has no part in any other row."""
    if "actors" not in frames:
        return
    actors = frames["actors"]
    only = actors.loc[actors["role"] == "mentioned_only", "id"]
    for table, frame in frames.items():
        for column in columns[table]:
            if "actors" in column.targets:
                values = frame[column.name].explode().to_frame("value")
                text = "{value!r} is `mentioned_only` in actors, so no other row may use it."
                yield table, values[values["value"].isin(only)], column.name, text


def parents(actors):
    """No actor belongs to itself, however long the way round."""
    open_ended = actors["parent"] == ""
    while True:
        reached = open_ended | actors["parent"].isin(actors.loc[open_ended, "id"])
        if reached.equals(open_ended):
            break
        open_ended = reached
    known = actors["parent"].isin(actors["id"])
    text = "{id!r} leads by way of {parent!r} into a circle. Expected a chain that ends with an empty parent."
    yield "actors", actors[~open_ended & known], "parent", text
