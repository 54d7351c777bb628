"""Words in one place: sentences with their citations, numbers, joins, plurals and verbs, the same for every party."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

import inflect

from parley.analysis.once import once

ENGLISH = inflect.engine()

VERBS = {
    "accepts": ("accepts", "accept"),
    "offers": ("offers", "offer"),
    "requires": ("requires", "require"),
    "demands": ("demands", "demand"),
    "refuses": ("refuses", "refuse"),
    "expects": ("says that", "say that"),
    "asserts": ("says that", "say that"),
    "characterises": ("says that", "say that"),
}
"""What each stance is called in own voice, for one and for several: the same words for every party."""


class Sentence(NamedTuple):
    """A sentence and the ids of the rows on which it rests. One without any is refused: it could not be checked."""

    text: str
    cites: tuple


def sentence(text, cites):
    """A sentence with a capital, a full stop and its citations, each once. Raises ValueError without a citation."""
    cites = tuple(dict.fromkeys(filter(None, cites)))
    if not cites:
        raise ValueError(f"No row supports the sentence: {text!r}. Pass the ids on which it rests.")
    text = text[:1].upper() + text[1:]
    return Sentence(text if text.endswith((".", "?", "!")) else text + ".", cites)


class Told(Sequence):
    """Sentences that `tell` makes of each row when they are read: of very many a report shows the first, and counts."""

    def __init__(self, tell, rows):
        self.tell, self.rows = tell, rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, at):
        return [self.tell(row) for row in self.rows[at]] if isinstance(at, slice) else self.tell(self.rows[at])


def alike(rows, key):
    """The rows in lists, those with the same `key(row)` in one, in the order of the first of each."""
    found = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def gathered(rows, column):
    """The ids in a column of tuples. Rows often share one tuple of very many, which is then read once."""
    return [item for ids in {id(ids): ids for ids in (row[column] for row in rows)}.values() for item in ids]


def plain(sentences):
    """The text without its citations."""
    return " ".join(item.text for item in sentences)


def number(value):
    """A count as a newspaper writes it: none, words up to nine, figures from ten."""
    value = int(value)
    if value == 0:
        return "none"
    return ENGLISH.number_to_words(value) if value < 10 else f"{value:,}"


def quantity(value):
    """A measured number in figures, without a needless decimal."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def count(value, noun):
    """A count with its noun: one origin, three origins, no origins."""
    return f"{number(value) if value else 'no'} {ENGLISH.plural_noun(noun, int(value))}"


def join(items, final="and"):
    """A list as running text: a, b and c."""
    return ENGLISH.join([str(item) for item in items], final_sep="", conj=final)


NOUNS = {
    "accepts": "acceptance",
    "offers": "offer",
    "requires": "condition",
    "demands": "demand",
    "refuses": "refusal",
}
"""What a position is called as a thing, the same for every party."""


def verb(dossier, stance, parties):
    """The verb of a stance, agreeing with the parties that are its subject; "" is the article."""
    return VERBS[stance][plural(dossier, parties)]


def plural(dossier, parties):
    """Whether verbs follow these parties, as one subject, in the plural."""
    parties = list(dict.fromkeys(parties))
    if len(parties) != 1:
        return True
    if parties == [""]:
        return len(dossier.articles) > 1
    return parties[0] in _many(dossier)


@once
def _many(dossier):
    """The actors whose names are plurals."""
    actors = dossier.actors
    return frozenset(actors.loc[actors["number"] == "many", "id"])


def be(things):
    """Is or are, for so many things."""
    return "is" if things == 1 else "are"


@once
def names(dossier, short=False):
    """Names by id for actors, issues and events, as they stand within a sentence; "" is the article.

    Short names of actors, where they have one, for headings and charts.
    """
    actors = dossier.actors
    shown = actors["short"].mask(actors["short"] == "", actors["label"]) if short else actors["label"]
    found = dict(zip(actors["id"], shown, strict=True))
    for table in (dossier.issues, dossier.events):
        found |= dict(zip(table["id"], table["label"], strict=True))
    return MappingProxyType(found | {"": "the article" if len(dossier.articles) == 1 else "the articles"})


def who(dossier, parties, final="and"):
    """The parties, each once, as the subject or object of a sentence."""
    label = names(dossier)
    return join([label[party] for party in dict.fromkeys(parties)], final)


def possessive(dossier, party):
    """The party's name in the possessive: Ruritania's, the officials'."""
    label = names(dossier)[party]
    return f"{label}'" if label.endswith("s") and plural(dossier, [party]) else f"{label}'s"
