"""A chart as it stands in a page: the drawing, its caption, and the rows behind it to unfold."""

from markupsafe import Markup

from parley.page.svg import draw
from parley.page.templates import render


def figure(spec, alt, charts, prefix):
    """The markup of one chart; counts its id in `charts`, so that the same chart may stand on a page twice.

    The specification's `description` names it (else `alt`). Its `usermeta["parley"]` may hold `id`,
    `caption`, `narrow` (the same chart drawn for a phone), `rows` (a list of dicts, in order) and `columns`
    (key to heading, or pairs of these: a notebook's file does not keep the order of a dict). A column `cite` holds
    ids of this page, a list or parted by spaces: they become links. `switches` are assumptions that a reader may
    leave out: `assumptions` (what each id says; its edges link to `#id`) and `titles` (what the chart shows with
    each set of ids, parted by spaces).
    """
    extra = spec.get("usermeta", {}).get("parley", {})
    name = extra.get("id", "")
    charts[name] += 1
    alt = spec.get("description") or alt or "A chart without a description"
    drawings = [draw(spec, alt, prefix)]
    if "narrow" in extra:
        drawings.append(draw(extra["narrow"], alt, f"{prefix}n", "narrow"))
    rows = extra.get("rows", [])
    return render(
        "figure.html.j2",
        id=f"{name}-{charts[name]}" if name and charts[name] > 1 else name,
        caption=extra.get("caption", ""),
        drawings=[Markup(drawing) for drawing in drawings],
        columns=dict(extra.get("columns") or {key: key for key in (rows[0] if rows else {})}),
        switches=_switches(extra.get("switches", {})),
        rows=[{key: _cell(key, value) for key, value in row.items()} for row in rows],
    )


def _switches(given):
    """The same switches with the ids of each set in their order; None where there is nothing to switch."""
    titles = {" ".join(sorted(ids.split())): title for ids, title in given.get("titles", {}).items()}
    return {**given, "titles": titles} if given.get("assumptions") else None


def parties(spec):
    """The parties that a chart tells apart: the different values in the column `party_name` of its rows."""
    rows = spec.get("usermeta", {}).get("parley", {}).get("rows", [])
    return [row["party_name"] for row in rows if row.get("party_name")]


def _cell(key, value):
    if key == "cite":
        return value.split() if isinstance(value, str) else list(value or [])
    if value is None or value != value:  # a missing number
        return ""
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value
