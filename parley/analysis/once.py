"""Computing a frame once for a dossier, since many sentences and charts of one report ask for the same one."""

from functools import wraps
from weakref import WeakKeyDictionary


def once(compute):
    """A function of a dossier that computes each frame once and hands out copies, so that nobody alters another's.

    A dossier never changes, and pandas copies only what is written to: a copy costs next to nothing.
    """
    frames = WeakKeyDictionary()

    @wraps(compute)
    def computed(dossier, *arguments):
        mine = frames.setdefault(dossier, {})
        arguments = tuple(tuple(item) if isinstance(item, list) else item for item in arguments)
        if arguments not in mine:
            mine[arguments] = compute(dossier, *arguments)
        return mine[arguments].copy()

    return computed
