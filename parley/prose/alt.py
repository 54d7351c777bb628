"""What each chart shows, in words for those who do not see it: made from the frame that is drawn."""

from parley.prose.words import count, join, number


def matrix(rows, issues):
    """Issue by issue, who stands how."""
    said = [
        f"{issue}: {join(f'{row.party_name} {row.said}' for row in rows[rows['issue_name'] == issue].itertuples())}."
        for issue in issues
    ]
    return f"A grid of {count(len(issues), 'issue')} by {rows['party'].nunique()} parties. {' '.join(said)}"


def firmness(rows, issues):
    """Issue by issue, how many statements and how firm."""
    said = []
    for issue in issues:
        levels = rows.loc[rows["issue_name"] == issue, "firmness"]
        span = f"{levels.min()}" if levels.min() == levels.max() else f"{levels.min()} to {levels.max()}"
        said.append(f"{issue}: {count(len(levels), 'statement')}, firmness {span} of 5.")
    return " ".join(said) or "No statement of position."


def room(rows):
    """Party by party, the counts."""
    return " ".join(
        f"{row.party_name}: {count(row.statements, 'statement')}, {count(row.quotations, 'quotation')}, "
        f"{count(row.refusals, 'refusal')}."
        for row in rows.itertuples()
    )


def graph(edges, acts):
    """Every edge, the first act first."""
    said = [f"{edge.words}." for edge in edges.itertuples()]
    return f"A graph of {count(len(acts), 'act')} and {count(len(edges), 'condition')}. {' '.join(said)}"


def listing(head, words):
    """A heading and what each mark says."""
    return f"{head} {' '.join(f'{text}.' for text in words)}"


def share(falls, total):
    """How many of how many fall."""
    return f"{number(falls).capitalize()} of {number(total)} positions rest on a single origin."
