"""Computing something once for a dossier, since many sentences and charts of one report ask for the same."""

from functools import wraps
from weakref import WeakKeyDictionary

import pandas as pd


def once(compute):
    """A function of a dossier that computes once what it returns: a frame, or something that nobody can alter.

    A dossier never changes. Frames are handed out as shallow copies: pandas copies what is written to and nothing
    else, so that nobody alters another's.
    """
    computed_for = WeakKeyDictionary()

    @wraps(compute)
    def computed(dossier, *arguments, **named):
        mine = computed_for.setdefault(dossier, {})
        arguments = tuple(tuple(item) if isinstance(item, list) else item for item in arguments)
        key = arguments, tuple(named.items())
        if key not in mine:
            mine[key] = compute(dossier, *arguments, **named)
        return mine[key].copy(deep=False) if isinstance(mine[key], pd.DataFrame) else mine[key]

    return computed
