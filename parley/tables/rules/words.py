"""Rules on words: whose they are, how many of them, and which of them judge."""

import re

import pandas as pd

LONGEST = 6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_CONFIDENCE = (
    r"(?i)\b((?:un)?likely|(?:im)?probabl[ey]|possibl[ey]|perhaps|maybe|may be|may have|might|certain(?:ly)?|"
    r"surely|doubtless|confident(?:ly)?|confidence)\b"
)


def terms(terms):
    """A loaded word stands in its expression, with a plain one beside it; a voice has its user."""
    loaded = terms["loaded"] != ""
    inside = [
        _whole(word).search(text) is not None if word else True
        for word, text in zip(terms["loaded"], terms["expression"], strict=True)
    ]
    text = "{loaded!r} does not stand in the expression {expression!r}. Expected words of it, in one piece."
    yield "terms", terms[~pd.Series(inside, terms.index, dtype=bool)], "loaded", text
    text = "is empty. Expected what reports say instead of {loaded!r}."
    yield "terms", terms[loaded & (terms["plain"] == "")], "plain", text
    used, voice = terms["user"] != "", terms["voice"]
    text = "{user!r} is given, but the voice is the article's own. Expected an empty cell."
    yield "terms", terms[used & (voice == "article")], "user", text
    text = "is empty. Expected who uses the expression, because the voice is 'attributed'."
    yield "terms", terms[~used & (voice == "attributed")], "user", text


def judgements(judgements):
    """The text of a judgement keeps its confidence for its own column."""
    word = judgements["text"].str.extract(_CONFIDENCE, expand=False)
    frame = judgements.assign(word=word)[word.notna()]
    text = "{word!r} speaks of confidence or likelihood. Expected that in `confidence` only."
    yield "judgements", frame, "text", text


def quotations(frames, columns):
    """The words of an article come in pieces of at most six."""
    for table, frame in frames.items():
        for column in columns[table]:
            if column.quotation:
                quoted = frame[column.name]
            elif column.prose:
                cells = frame[column.name]
                cells = cells[cells.str.contains('["“]')]
                quoted = cells.map(lambda cell: ["".join(found) for found in _QUOTED.findall(cell)]).explode().dropna()
            else:
                continue
            count = quoted.map(lambda words: len(_WORD.findall(words))).astype("int64")
            text = f"quotes {{count}} words in a row. Expected at most {LONGEST}; a hyphen parts two words."
            yield table, count.to_frame("count")[count.gt(LONGEST)], column.name, text


def loaded_terms(frames, columns):
    """A loaded word stands in the table of terms and nowhere else, except beside its plain word there."""
    if "terms" not in frames:
        return
    terms = frames["terms"]
    loaded = terms[terms["loaded"] != ""].drop_duplicates("loaded")
    if loaded.empty:
        return
    plain = dict(zip(loaded["loaded"].str.lower().str.split().map(" ".join), loaded["plain"], strict=True))
    pattern = "|".join(_spaced(word) for word in sorted(plain, key=len, reverse=True))
    for table, frame in frames.items():
        for column in columns[table]:
            own_voice = column.prose or column.name in ("label", "short")
            if not own_voice or (table == "terms" and column.name != "plain"):
                continue
            word = frame[column.name].str.extract(rf"(?i)(?<!\w)({pattern})(?!\w)", expand=False).dropna()
            found = word.to_frame("word")
            instead = word.str.lower().str.split().map(" ".join).map(plain)
            text = "{word!r} is a loaded term. Expected plain words, such as {instead!r}."
            yield table, found.assign(instead=instead), column.name, text


def _whole(phrase):
    return re.compile(rf"(?i)(?<!\w){_spaced(phrase)}(?!\w)")


def _spaced(phrase):
    return r"\s+".join(re.escape(word) for word in phrase.split())
