"""Rules across rows and tables: what the schema cannot say of one cell.

A rule is a function. Its parameters name what it looks at: tables by their names, `frames` for every table
that could be read, `columns` for the schema. It yields faults `(table, frame, column, text)`, one problem for
each row of the frame; the text is a template over its columns.
"""

from parley.tables.rules import chains, places, said, words

RULES = [
    places.ids,
    places.articles,
    places.spans,
    places.numbering,
    places.coverage,
    places.mentioned_only,
    places.parents,
    said.dates,
    said.quantities,
    said.firmness,
    said.parties,
    said.joint_statements,
    said.repeats,
    said.claims,
    chains.levels,
    chains.sources,
    chains.speakers,
    chains.conditions,
    chains.refusals,
    chains.groups,
    words.terms,
    words.judgements,
    words.quotations,
    words.loaded_terms,
]
