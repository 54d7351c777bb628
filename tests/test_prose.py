"""The sentences: they read naturally, each has its rows, and the rules of neutrality hold for all of them."""

import importlib
import inspect
import pkgutil
import re
from functools import cache
from types import SimpleNamespace

import pandas as pd
import pytest
from dossiers import invented
from small import dossier

from parley import prose, tables
from parley.analysis import claims, conditions
from parley.prose import issue, overview, party, statements, titles, words
from parley.prose import sources as said_by

HELPERS = {"parley.prose.words", "parley.prose.alt", "parley.prose.statements"}
"""Modules that other functions are made from: covered by those, and each by tests of its own."""
PARTS = {"meetings"}
"""Functions on rows, called by the functions on a whole dossier."""
STANCES = [("requires", "demands"), ("offers", "accepts"), ("refuses",)]
CREWS = {"id": "crews", "label": "the crews", "number": "many", "kind": "unnamed_people"}
MILL = {"id": "mill", "label": "the mill"}


def bare(*said, **given):
    """The crews (many) and the mill (one), with hardly anything reported."""
    said = said or ({"party": "crews", "stance": "offers", "summary": "a pause"},)
    return dossier(actors=[CREWS, MILL], statements=list(said), **given)


@pytest.fixture(scope="module", params=["real", "invented", "bare"])
def told(request, tmp_path_factory):
    """Everything that prose makes of a dossier: `texts` with the function and the ids of each."""
    whole = early = bare()
    if request.param == "real":
        whole = early = tables.load()
    if request.param == "invented":
        folder = invented(tmp_path_factory.mktemp("invented"))
        days = sorted(tables.load(folder).articles["published"].dropna())
        whole, early = tables.load(folder), tables.load(folder, f"{days[0]:%Y-%m-%d}")
    texts = [(name, *item) for name, made in everything(whole, early) for item in unpacked(made)]
    return SimpleNamespace(dossier=whole, texts=texts)


def everything(whole, early):
    """The name and the result of every public function of prose on every argument that the dossier has for it."""
    for name, function in functions():
        for arguments in arguments_of(function, whole, early):
            yield f"{name}{arguments[1:] if name.split('.')[0] != 'changes' else ''}", function(*arguments)
    for row in whole.statements.to_dict("records"):
        yield "statements.statement", [statements.statement(whole, row)]
    for row in whole.conditions.to_dict("records"):
        yield "statements.condition", [statements.condition(whole, row)]


@cache
def functions():
    found = []
    for module in pkgutil.iter_modules(prose.__path__, "parley.prose."):
        if module.name not in HELPERS:
            for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
                if function.__module__ == module.name and not name.startswith("_") and name not in PARTS:
                    found.append((f"{module.name.rsplit('.')[-1]}.{name}", function))
    return found


def arguments_of(function, whole, early):
    """Every party for a function of a party, every issue for one of an issue. A new kind of function fails here."""
    takes = tuple(inspect.signature(function).parameters)
    if takes == ("before", "after"):
        return [(None, whole), (early, whole), (whole, early), (whole, whole)]
    choices = {
        ("party",): [(name,) for name in tables.parties(whole)],
        ("party", "stances"): [(name, *stances) for name in tables.parties(whole) for stances in STANCES],
        ("issue",): [(name,) for name in whole.issues["id"]],
        ("claim",): [(name,) for name in claims.spread(whole)["claim"]],
        ("assumptions",): [((),), (tuple(conditions.assumptions(whole)),)],
        (): [()],
    }
    found = choices[takes[1:]]
    optional = (
        takes[1:] and list(inspect.signature(function).parameters.values())[1].default is not inspect.Parameter.empty
    )
    return [(whole, *chosen) for chosen in [*found, *([()] if optional else [])]]


def unpacked(made):
    """Pairs of text and ids; a title has no ids of its own, and a frame no text."""
    if isinstance(made, pd.DataFrame):
        return []
    return [(made, None)] if isinstance(made, str) else [(item.text, item.cites) for item in made]


def own_voice(text):
    return re.sub("“[^”]*”", "“”", text)


def faults(told, wrong):
    """The texts for which `wrong` finds something, with what it finds."""
    return [(name, text, found) for name, text, cites in told.texts if (found := wrong(text, cites))]


def labels(told, **values):
    actors = told.dossier.actors
    for column, value in values.items():
        actors = actors[actors[column] == value]
    return sorted(actors["label"], key=len, reverse=True)


def test_prose_is_found_and_makes_sentences(told):
    assert {name.split(".")[0] for name, _ in functions()} >= {"overview", "party", "issue", "sources", "titles"}
    assert len(told.texts) > 40


def test_every_sentence_cites_rows_of_the_dossier(told):
    ids = {row for table in tables.dossier.TABLES for row in getattr(told.dossier, table)["id"]}

    def wrong(text, cites):
        return cites is not None and (not cites or len(set(cites)) < len(cites) or set(cites) - ids)

    # What is gone from the tables can still be told, by what stands in both: covered by `kept` in changes.
    assert faults(told, wrong) == []


def test_a_sentence_without_a_row_is_refused():
    with pytest.raises(ValueError, match="No row supports"):
        words.sentence("something is said", ["", ""])


def test_every_sentence_has_a_capital_and_one_stop_and_a_title_has_none(told):
    assert faults(told, lambda text, cites: not re.match(r"[^a-z\s]", text)) == []
    assert faults(told, lambda text, cites: text.endswith((".", "?", "!")) != (cites is not None)) == []


def test_no_raw_code_and_no_missing_value_is_told(told):
    assert (
        faults(
            told, lambda text, cites: re.findall(r"\w*_\w*|<NA>|\b(?:nan|NaN|NaT|None(?! of))\b|[()\[\]]{2}|\{", text)
        )
        == []
    )


def test_the_punctuation_is_clean(told):
    assert faults(told, lambda text, cites: re.findall(r"\s\s|\s[,.;:!?)]|\.\.|[,;:][,.;:]|\( |’s's|s's's", text)) == []


def test_zero_is_told_as_none_or_no(told):
    assert faults(told, lambda text, cites: re.findall(r"\b(?:zero|0 |[Oo]f no )\b", own_voice(text))) == []


def test_no_number_is_followed_by_the_wrong_number_of_things(told):
    nouns = "statement|article|party|position|condition|origin|passage|term|act|circle|assumption|issue|entry|form"
    several = r"(?:two|three|four|five|six|seven|eight|nine|\d{2,})"
    one = (
        r"\b[Oo]ne(?: independent| different)? (?:statements|articles|positions|conditions|origins|terms|acts|forms)\b"
    )
    many = rf"\b{several}(?: independent| different)? (?:{nouns})\b"
    assert faults(told, lambda text, cites: re.findall(f"(?i){one}|{many}", own_voice(text))) == []


def test_no_loaded_term_stands_in_own_voice(told):
    loaded = told.dossier.terms.loc[told.dossier.terms["loaded"] != "", "loaded"]
    pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in loaded) or "(?!)"
    assert faults(told, lambda text, cites: re.findall(f"(?i){pattern}", own_voice(text))) == []


def test_every_party_has_the_same_verbs(told):
    """What follows a party's name, where a clause starts with it, is a verb of `words.VERBS` and no other."""
    parties = "|".join(re.escape(label) for label in labels(told))
    verbs = "|".join({form for forms in words.VERBS.values() for form in forms})
    subject = rf"(?i:{parties}|the articles?)(?:(?:, | and )(?i:{parties}))*"
    right = (
        rf"{subject} (?:now )?(?:{verbs})\b|{subject}(?:(?: alone| through [^;]*)?:|'| is reported on| are reported on)"
    )
    acts = tuple(label.lower() for label in told.dossier.events["label"])

    def wrong(text, cites):
        clauses = re.split(r"; |(?<=Firmest of all: )|(?<=It runs: )", own_voice(text)) if cites else []
        return [
            clause
            for clause in clauses
            if re.match(rf"{subject} ", clause) and not re.match(right, clause) and not clause.lower().startswith(acts)
        ]

    assert faults(told, wrong) == []


def test_verbs_agree_with_their_party(told):
    forms = [*words.VERBS.values(), ("is", "are"), ("has", "have"), ("gives", "give")]
    for number, place in (("many", 0), ("", 1), ("one", 1)):
        others = "|".join(dict.fromkeys(form[place] for form in forms))
        names = "|".join(re.escape(label) for label in labels(told, number=number)) or "(?!)"
        # As part of a list, or of what somebody says or does to the party, the name is not the subject.
        pattern = rf"(?<!and )(?<!of )(?<!by )(?<!from )(?<!through )(?i:\b(?:{names})) (?:{others})\b"
        assert faults(told, lambda text, cites, pattern=pattern: re.findall(pattern, own_voice(text))) == []


def test_confidence_and_likelihood_never_share_a_sentence(told):
    confidence = re.compile(r"(?i)\bconfiden(?:ce|t|tly)\b")
    likelihood = re.compile(r"(?i)\b(?:un)?likel(?:y|ihood)\b|\bprobab(?:le|ly|ility)\b|\bchances?\b|\bodds\b")
    shown = told.dossier.judgements[["text", "alternative", "would_change"]].to_numpy().ravel()
    texts = [*(text for _, text, _ in told.texts), *shown]
    assert [text for text in texts if confidence.search(text) and likelihood.search(text)] == []
    assert [text for text in told.dossier.judgements["text"] if confidence.search(text)] == []


def test_a_motive_always_carries_who_gives_it(told):
    rows = told.dossier.statements
    given = rows[rows["motive_of"] != ""].to_dict("records")
    said = {row["summary"]: statements.clause(told.dossier, row) for row in given}

    def wrong(text, cites):
        return [
            summary
            for summary, clause in said.items()
            if summary in text and clause[1:] not in text and "where before" not in text
        ]

    assert all("say" in clause and ": a motive that " in clause for clause in said.values())
    assert faults(told, wrong) == []


def test_no_date_is_told_that_the_cited_rows_do_not_hold(told):
    """Days, months and years in own voice stand in a cell of the rows that the sentence cites."""
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    days = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    pattern = re.compile(rf"\b(?:{months}|{days}|(?:19|20)\d\d(?:-\d\d-\d\d)?|today|yesterday|tomorrow|now|recently)\b")
    held = {}
    for table in tables.dossier.TABLES:
        for row in getattr(told.dossier, table).to_dict("records"):
            held[row["id"]] = " ".join(str(value) for value in row.values())

    def wrong(text, cites):
        known = " ".join(held.get(row, "") for row in cites or ())
        dates = set(pattern.findall(own_voice(text))) - ({"now"} if "where before" in text else set())
        return sorted(date for date in dates if date not in known)

    assert faults(told, wrong) == []


def test_a_joint_statement_stands_once_with_every_party(told):
    rows = told.dossier.statements
    joint = rows[rows["jointly_with"].str.len() > 0]
    for where in told.dossier.issues["id"]:
        found = [item.text for item in issue.stands(told.dossier, where)]
        for row in joint[(joint["issue"] == where) & (joint["same_as"] == "")].itertuples():
            naming = [text for text in found if text.endswith(f" {row.summary}.")]
            both = [words.names(told.dossier)[name] for name in (row.party, *row.jointly_with)]
            told_jointly = [text for text in naming if all(name.lower() in text.lower() for name in both)]
            assert len(told_jointly) <= 1, told_jointly


def test_joint_rows_are_one_sentence_that_cites_both():
    said = {"stance": "refuses", "summary": "any talk"}
    data = bare(said | {"party": "crews", "jointly_with": "mill"}, said | {"party": "mill", "jointly_with": "crews"})
    (only,) = issue.stands(data, "pay")
    assert (only.text, only.cites) == ("The crews and the mill refuse any talk.", ("s1", "s2"))


@pytest.mark.parametrize(
    ("who", "stance", "text"),
    [
        ("mill", "refuses", "The mill refuses a rise."),
        ("crews", "refuses", "The crews refuse a rise."),
        ("mill", "asserts", "The mill says that a rise."),
        ("crews", "asserts", "The crews say that a rise."),
        ("", "asserts", "The article says that a rise."),
    ],
)
def test_one_and_many_have_their_own_verbs(who, stance, text):
    (row,) = bare({"party": who, "stance": stance, "summary": "a rise"}).statements.to_dict("records")
    assert statements.statement(bare(), row).text == text


def test_several_articles_say():
    row = {"stance": "asserts", "summary": "it rains"}
    data = dossier(statements=[row, row | {"passages": "b1.p01.s1"}])
    assert issue.stands(data, "pay")[0].text == "The articles say that it rains."


def test_what_a_party_does_not_do_is_told_as_not_reported():
    said = {"stance": "asserts"}
    data = bare(said | {"party": "crews"}, said | {"party": "mill"})
    nothing = "No statement is reported in which "
    assert party.stance(data, "crews", "refuses")[0].text == f"{nothing}the crews refuse anything."
    assert party.stance(data, "mill", "offers", "accepts")[0].text == f"{nothing}the mill offers or accepts anything."
    assert party.conditions(data, "mill")[0].text == "No condition of the mill is reported."
    assert party.answers(data, "crews")[0].text.endswith("ask the crews for anything, nor they anybody.")
    assert party.answers(data, "mill")[0].text.endswith("ask the mill for anything, nor it anybody.")


def test_who_speaks_reads_well_for_none_one_and_several():
    said = {"party": "mill", "stance": "offers"}
    named = said | {"chain": "named:boss"}
    texts = [
        party.speaks(bare(*rows), "mill")[0].text for rows in ([said], [said, said], [said, named], [named, named])
    ]
    assert texts == [
        "The one statement of the mill is not given to a named speaker.",
        "None of the two statements of the mill is given to a named speaker.",
        "Of two statements of the mill, one is given to boss.",
        "Of two statements of the mill, two are given to boss.",
    ]


def test_an_answer_is_told_by_its_own_stance():
    asks = {"party": "mill", "stance": "demands", "event": "pause", "summary": "a pause"}
    gives = {"party": "crews", "event": "pause", "summary": "a pause"}
    texts = [
        party.answers(bare(asks, *more), "mill")[0].text
        for more in (
            [],
            [gives | {"stance": "offers"}],
            [gives | {"stance": "accepts"}],
            [gives | {"stance": "refuses"}],
        )
    ]
    assert texts == [
        "The mill demands a pause; no answer is reported.",
        "The mill demands a pause; the crews offer a pause.",
        "The mill demands a pause; the crews accept a pause.",
        "The mill demands a pause; the crews refuse a pause.",
    ]


def test_the_firmest_statement_goes_on_in_small_letters():
    data = bare({"party": "crews", "stance": "refuses", "summary": "a cut", "firmness_cue": "never"})
    assert party.firm(data, "crews")[0].text == "Firmest of all: the crews refuse a cut, in the words “never”."


def test_a_motive_is_told_as_an_account():
    data = bare({"party": "crews", "stance": "asserts", "summary": "it wants time", "motive_of": "mill"})
    (only,) = said_by.motives(data)
    assert only.text == "The crews say that it wants time: a motive that the crews give to the mill."
    assert said_by.motives(bare())[0].text == "No statement gives a motive to another actor."


def test_mirror_conditions_in_the_same_words_are_told_once():
    tied = [
        {"id": "c1", "statement": "s1", "party": "mill", "withheld": "rise", "required": "end"},
        {"id": "c2", "statement": "s2", "party": "mill", "withheld": "rise", "required": "end"},
        {"id": "c3", "statement": "s3", "party": "crews", "withheld": "end", "required": "rise"},
    ]
    said = [{"party": row["party"], "stance": "requires"} for row in tied]
    (only,) = overview.mirrors(bare(*said, conditions=tied))
    assert only.text == "The mill: first end, then rise; the crews: first rise, then end."
    assert only.cites == ("s1", "s2", "s3")


def test_the_same_request_about_several_acts_is_told_once_with_all_its_rows():
    acts = [
        {"id": f"{kind}{n}", "kind": kind, "issue": kind, "actors": "mill"} for kind in ("aid", "end") for n in "12"
    ]
    said = [
        {
            "id": f"{who}{act['id']}",
            "party": who,
            "stance": stance,
            "event": act["id"],
            "issue": act["issue"],
            "summary": act["kind"],
        }
        for act in acts
        for who, stance in (("crews", "requires"), ("mill", "offers" if act["kind"] == "aid" else "refuses"))
    ]
    first = [
        {"statement": f"crews{act['id']}", "party": "crews", "withheld": "vote", "required": act["id"]} for act in acts
    ]
    own = [
        {"statement": f"mill{act['id']}", "party": "mill", "withheld": act["id"], "required": "vote"} for act in acts
    ]
    data = bare(*said, events=acts, conditions=[*first, *own])
    aid, end = sorted(party.answers(data, "crews"))
    assert aid.text == "The crews require aid; the mill offers aid: alike in substance, opposed in order."
    assert set(aid.cites) == {"crewsaid1", "crewsaid2", "millaid1", "millaid2"}
    assert end.text == "The crews require end; the mill refuses end."
    (order,) = overview.other_order(data)
    assert order.text.startswith("The mill offers aid; the crews require aid first")
    assert set(order.cites) == set(aid.cites)


def test_a_circle_tells_its_assumptions_or_that_it_needs_none():
    tied = [{"statement": "s1", "party": "mill", "withheld": "rise", "required": "end"}]
    said = {"party": "mill", "stance": "requires"}
    other = {"withheld": "end", "required": "rise"}
    assumed = bare(
        said, conditions=[*tied, other | {"basis": "assumed", "assumption": "j1"}], judgements=[{"id": "j1"}]
    )
    reported = bare(said, said, conditions=[*tied, other | {"party": "crews", "statement": "s2"}])
    texts = [found[0].text for found in map(overview.circle, (assumed, reported, bare(said, conditions=tied)))]
    assert texts[0].startswith(
        "The reported conditions alone close no circle. One assumption, and no fewer, closes one."
    )
    assert texts[1].startswith("The reported conditions alone close one circle. It runs: ")
    assert texts[2].startswith("The conditions close no circle")
    assert overview.circle(assumed)[0].cites == ("s1", "j1")


def test_at_most_five_things_come_first_and_each_is_an_answer_of_its_own(told):
    first = [text for name, text, _ in told.texts if name.startswith("overview.first_five")]
    others = [text for name, text, _ in told.texts if not name.startswith("overview.first_five")]
    assert 1 <= len(first) <= 5
    assert set(first) <= set(others)


def test_numbers_are_words_up_to_nine_and_figures_from_ten():
    assert [words.number(value) for value in (0, 1, 9, 10, 1234)] == ["none", "one", "nine", "10", "1,234"]
    assert [words.count(value, "party") for value in (0, 1, 2)] == ["no parties", "one party", "two parties"]
    assert [words.quantity(value) for value in (7.0, 5.5, 250000.0)] == ["7", "5.5", "250,000"]


def test_lists_are_joined_as_running_text():
    assert [words.join("abc"[:size]) for size in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    assert words.join("ab", "or") == "a or b"


def test_possessives_follow_the_number():
    assert [words.possessive(bare(), name) for name in ("mill", "crews")] == ["the mill's", "the crews'"]


def test_a_title_counts_requests_or_says_that_there_are_none():
    asks = {"party": "mill", "stance": "demands", "event": "pause"}
    assert titles.distances(bare()) == "No request is reported"
    assert titles.distances(bare(asks)) == "Of one request, none are met as asked, none offered in another order"
