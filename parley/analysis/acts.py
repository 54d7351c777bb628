"""What an act is in substance, so that the same thing is known again under other terms."""

from types import MappingProxyType
from typing import NamedTuple

from parley.analysis.once import once

STOPS = ("pause", "end")
"""Kinds of act that are the same substance under whichever issue they stand: the same party stops the same pressure."""


class Substance(NamedTuple):
    """Of what kind an act is, on which issue, and who acts: many acts share one. No actor: the text names none."""

    kind: str
    issue: str
    actors: frozenset


@once
def substances(dossier):
    """The Substance of each act, by its id."""
    events = dossier.events
    parts = zip(events["kind"], events["issue"], map(frozenset, events["actors"]), strict=True)
    return MappingProxyType(dict(zip(events["id"], (Substance(*part) for part in parts), strict=True)))


def same_substance(one, other):
    """Whether two acts are the same thing, whatever the terms.

    They are of one kind, and nobody who acts in the one is missing from the other, as far as the actors are known.
    They stand on one issue, or are stops by known actors.
    """
    known = bool(one.actors and other.actors)
    if one.kind != other.kind or (known and one.actors != other.actors):
        return False
    return one.issue == other.issue or (known and one.kind in STOPS)
