"""Errors that a reader can act on: what is wrong, why, and what to do about it."""

import difflib


class ParleyError(Exception):
    """Something that the person who runs Parley can put right; `exit_code` is for the command line."""

    exit_code = 2

    def _render_traceback_(self):
        """What a notebook shows in place of a traceback."""
        return [str(self)]


class TablesError(ParleyError):
    """The tables do not pass; `problems` holds one line for each."""

    exit_code = 3

    def __init__(self, problems):
        super().__init__(*problems)
        self.problems = list(problems)

    def __str__(self):
        return "\n".join(self.problems)


class EncodingError(ParleyError):
    """A file is not UTF-8; `line` and `reason` say where and how."""

    def __init__(self, line, reason):
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


class ParameterError(ParleyError):
    """A parameter has a value that it cannot have."""


def refused(name, value, choices):
    """The ParameterError for a value that is not in a dossier, in one line with the right ones."""
    hint = nearest(str(value), choices)
    return ParameterError(f"{name} {value!r} is not in this dossier.{hint} Choose one of: {', '.join(choices)}.")


def nearest(value, choices):
    """The question whether another value was meant, with a space before it; "" where no choice is near."""
    found = difflib.get_close_matches(value, choices, n=1)
    return f" Did you mean {found[0]!r}?" if found else ""
