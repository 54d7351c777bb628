"""Frames to sentences: every sentence carries the rows on which it rests, and no number is typed."""
