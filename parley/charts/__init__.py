"""Frames to Altair charts: one theme, one palette, words in every chart and every mark. Returned, never shown."""

from parley.charts.apart import distances, quantities
from parley.charts.conditions import must_come_first
from parley.charts.firm import firmness
from parley.charts.origins import chains, leave_one_out
from parley.charts.positions import matrix, room
from parley.charts.timeline import order
from parley.charts.wording import wordings

__all__ = [
    "chains",
    "distances",
    "firmness",
    "leave_one_out",
    "matrix",
    "must_come_first",
    "order",
    "quantities",
    "room",
    "wordings",
]
