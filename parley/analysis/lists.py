"""Values gathered by key, in their order: what `groupby(...).agg(tuple)` makes, at a tenth of its time."""


def lists(rows, key, value="id"):
    """The values of a column as a tuple for each key, as a dict. `key` names a column, or several as a list."""
    keys = rows[key].tolist() if isinstance(key, str) else zip(*(rows[name].tolist() for name in key), strict=True)
    found = {}
    for here, item in zip(keys, rows[value].tolist(), strict=True):
        found.setdefault(here, []).append(item)
    return {here: tuple(items) for here, items in found.items()}
