"""What a build says: lines for a person, or one JSON object a line for a machine."""

import datetime as dt
import json
import sys

RESULTS = ("published", "unchanged", "plan")


def person(step, text, **facts):
    """A plain line: results go to standard output, the rest to standard error."""
    print(text, file=sys.stdout if step in RESULTS else sys.stderr, flush=True)


def machine(step, text, **facts):
    """A JSON object on standard output: the time, the step, its facts, and the text that a person would read."""
    time = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"time": time, "step": step, **facts, "text": text}, ensure_ascii=False), flush=True)


SAY = {"text": person, "json": machine}
