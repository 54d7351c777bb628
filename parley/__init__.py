"""Parley turns coded tables of a negotiation into neutral, sourced reports."""

__version__ = "0.1.0"
