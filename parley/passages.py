"""Where the sentences of an article stand: offsets in Unicode code points, and a SHA-256 of each.

The words themselves are never kept. Whoever has the article can find them, and can tell whether they are
still the same.
"""

import re
from hashlib import sha256
from pathlib import Path

import pandas as pd

from parley.errors import EncodingError, ParleyError

MOST_LOOKS = 2_000_000  # a look takes about a microsecond

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*?(?:\n|\Z)))*")
_WORD_START = re.compile(r"(?<!\w)\S")
_CLOSING = re.compile(r"""(?:[”’»]|(?<=\S)["'](?=\s|$))*\s*""")
_OPENED = re.compile(r"""(?:[“‘«]|(?<=\s)["'])\s*$""")


def digest(text):
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def decode(data):
    """UTF-8 bytes to text without a byte order mark, each line end one line feed. Else an EncodingError."""
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, character = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = f"byte 0x{data[error.start]:02x} at character {character}"
        raise EncodingError(line, f"{byte} is not UTF-8. Save the file as UTF-8.") from None


def text(path):
    """The text of an article file, as every offset and hash counts it. ParleyError if it cannot be read."""
    try:
        return decode(Path(path).read_bytes())
    except OSError as error:
        raise ParleyError(f"{path}: cannot be read ({error.strerror}). Give the file of an article.") from None
    except EncodingError as error:
        raise ParleyError(f"{path}, {error}") from None


def split(text, article):
    """One row per sentence, with the columns of the table of passages; `nothing_to_code` is left empty.

    Blank lines part paragraphs; paragraph 1 is the headline. A span takes in no white space around it. An
    opening quotation mark belongs to the sentence that follows it, a closing one to the sentence it closes.
    """
    rows = []
    for paragraph, found in enumerate(_PARAGRAPH.finditer(text), 1):
        for sentence, (start, end) in enumerate(_sentences(found.group()), 1):
            start, end = found.start() + start, found.start() + end
            part = "headline" if paragraph == 1 else "body"
            id = f"{article}.p{paragraph:02d}.s{sentence}"
            rows.append((id, article, paragraph, sentence, start, end, digest(text[start:end]), part, ""))
    columns = ["id", "article", "paragraph", "sentence", "start", "end", "sha256", "part", "nothing_to_code"]
    return pd.DataFrame(rows, columns=columns)


def _sentences(paragraph):
    """Spans of the sentences of one paragraph."""
    from syntok import segmenter, tokenizer  # here, because every notebook imports this module and few split

    tokens = tokenizer.Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)
    found = [sentence for sentence in segmenter.split(tokens.tokenize(paragraph)) if sentence]
    starts = [_tidy(paragraph, sentence[0].offset) for sentence in found]
    spans = []
    for start, following in zip(starts, [*starts[1:], len(paragraph)], strict=True):
        sentence = paragraph[start:following].rstrip()
        if re.search(r"\w", sentence) or not spans:
            spans.append((start, start + len(sentence)))
        elif sentence:  # marks without a word belong to the sentence before them
            spans[-1] = (spans[-1][0], start + len(sentence))
    return spans


def _tidy(paragraph, start):
    """Where a sentence starts, without closing quotation marks and with the opening ones before it."""
    start = _CLOSING.match(paragraph, start).end()
    opened = _OPENED.search(paragraph, 0, start)
    return opened.start() if opened else start


def verify(passages, text):
    """One row per passage: `id`, `status`, and the `start` and `end` where it was found (else <NA>).

    holds: the text at the stored offsets has the stored hash. moved: a run of the same length and hash begins
    elsewhere. gone: none does. A run is looked for where it would be if it had shifted as far as the last
    passage that was found, then wherever a word begins; in a text so long that this would be more than
    MOST_LOOKS looks (a word and a length of passage each), only where a sentence begins.
    """
    rows, shift, starts, looked_up = [], 0, [], {}
    for passage in passages[["id", "start", "end", "sha256"]].itertuples(index=False):
        length = passage.end - passage.start
        shifted = passage.start + shift
        if digest(text[passage.start : passage.end]) == passage.sha256:
            rows.append((passage.id, "holds", passage.start, passage.end))
            shift = 0
        elif shifted >= 0 and digest(text[shifted : shifted + length]) == passage.sha256:
            rows.append((passage.id, "moved", shifted, shifted + length))
        else:
            if length not in looked_up:
                starts = starts or _starts(text, (passages["end"] - passages["start"]).nunique())
                looked_up[length] = _runs(text, length, starts)
            start = looked_up[length].get(passage.sha256)
            if start is None:
                rows.append((passage.id, "gone", pd.NA, pd.NA))
            else:
                rows.append((passage.id, "moved", start, start + length))
                shift = start - passage.start
    found = pd.DataFrame(rows, columns=["id", "status", "start", "end"])
    return found.astype({"start": "Int64", "end": "Int64"})


def _starts(text, lengths):
    """Where a passage may begin, in order; `lengths` is how many different lengths are looked for."""
    words = [found.start() for found in _WORD_START.finditer(text)]
    return words if len(words) * lengths <= MOST_LOOKS else split(text, "")["start"].tolist()


def _runs(text, length, starts):
    """Hash to start, for each run of this length that begins at one of the starts; the first of several."""
    runs = {}
    for start in starts:
        if start + length <= len(text):
            runs.setdefault(digest(text[start : start + length]), start)
    return runs
