"""The invented dossier: it is sound, and it still holds what the other tests rely on."""

import networkx as nx
import pytest
from dossiers import ARTICLES, invented
from frictionless import Package

from parley import passages, tables

POSITIONS = ["offers", "demands", "refuses", "accepts", "requires"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return invented(tmp_path_factory.mktemp("invented"))


@pytest.fixture(scope="module")
def dossier(folder):
    return tables.load(folder)


def one(frame, **values):
    """The rows of a frame that have these values."""
    for column, value in values.items():
        frame = frame[frame[column] == value]
    return frame


def circles(conditions):
    """The circles among events, each a set: an edge runs from what is withheld to what is required."""
    graph = nx.DiGraph(zip(conditions["withheld"], conditions["required"], strict=True))
    return {frozenset(circle) for circle in nx.simple_cycles(graph)}


def test_the_tables_pass_the_check(folder):
    assert tables.check(folder) == []


def test_frictionless_finds_nothing(folder):
    report = Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["type", "message"])


def test_the_title_is_its_own(dossier):
    assert dossier.title == "Pay, night work and the shut gates at Ærhaven"


def test_every_pointer_holds_and_every_sentence_is_a_passage(dossier):
    for article in dossier.articles.itertuples():
        text = passages.text(ARTICLES / f"{article.id}.txt")
        rows = one(dossier.passages, article=article.id)
        assert (article.length, article.sha256) == (len(text), passages.digest(text))
        assert set(passages.verify(rows, text)["status"]) == {"holds"}
        spans = ["id", "start", "end"]
        assert passages.split(text, article.id)[spans].values.tolist() == rows[spans].values.tolist()


def test_the_marked_words_stand_in_their_sentences(dossier):
    texts = {id: passages.text(ARTICLES / f"{id}.txt") for id in dossier.articles["id"]}
    words = {p.id: texts[p.article][p.start : p.end] for p in dossier.passages.itertuples()}
    for row in dossier.statements.itertuples():
        assert row.firmness_cue in " ".join(words[place] for place in row.passages), row.id
    for row in dossier.terms.itertuples():
        assert row.expression in " ".join(words[place] for place in row.passages), row.id


def test_ids_are_unique_over_all_tables(dossier):
    names = [resource["name"] for resource in dossier.schema["resources"]]
    ids = [id for name in names for id in getattr(dossier, name)["id"]]
    assert len(names) == 12
    assert len(ids) == len(set(ids))


def test_articles_come_from_different_days_and_one_has_none(dossier):
    articles = dossier.articles
    assert articles["published"].nunique() == 3
    assert articles["published"].isna().sum() == 1
    assert one(articles, url="")["publisher"].ne("").any()
    assert articles["url"].ne("").any()


def test_three_principals_hold_positions_and_the_mediator_holds_few(dossier):
    roles = dossier.actors.set_index("id")["role"]
    parties = tables.parties(dossier)
    assert [roles[party] for party in parties] == ["principal", "principal", "principal", "mediator"]
    said = dossier.statements[dossier.statements["stance"].isin(POSITIONS)]
    issues = said.groupby("party")["issue"].nunique()
    assert len(dossier.issues) == 6
    assert issues["conciliation"] == 1
    assert (issues[parties[:3]] < 6).any()


def test_figures_on_pay_move_from_the_first_article_to_the_third(dossier):
    pay = one(dossier.statements, issue="pay", unit="percent", same_as="")
    article = pay["passages"].str[0].str[:2]
    asked = pay[pay["stance"].isin(["offers", "demands"])].groupby([article, "party"])["quantity"].first()
    assert asked.to_dict() == {
        ("h1", "company"): 4,
        ("h1", "union"): 9,
        ("h3", "company"): 5.5,
        ("h3", "union"): 8,
    }


@pytest.mark.parametrize(
    ("table", "column", "left_out"),
    [
        ("statements", "hedge", set()),
        ("statements", "stance", set()),
        ("statements", "rendering", set()),
        ("statements", "date_precision", set()),
        ("statements", "unit", {"positions"}),
        ("attributions", "form", set()),
        ("conditions", "operator", set()),
        ("conditions", "answer", set()),
        ("conditions", "basis", set()),
        ("terms", "voice", set()),
        ("judgements", "kind", set()),
        ("judgements", "confidence", set()),
        ("questions", "decides", set()),
        ("events", "date_precision", set()),
        ("events", "status", set()),
        ("passages", "part", set()),
        ("actors", "role", set()),
        ("actors", "kind", {"armed_group"}),
    ],
)
def test_every_code_is_used(dossier, table, column, left_out):
    resource = next(r for r in dossier.schema["resources"] if r["name"] == table)
    field = next(f for f in resource["schema"]["fields"] if f["name"] == column)
    used = set(getattr(dossier, table)[column]) - {""}
    assert set(field["constraints"]["enum"]) - used == left_out


def test_circles_close_without_an_assumption_and_one_only_with_it(dossier):
    conditions = dossier.conditions
    reported = circles(one(conditions, basis="reported"))
    assert frozenset(["end_strike", "reopen_gates", "lift_order"]) in reported
    assert frozenset(["pay_talks", "reinstate"]) in reported
    added = circles(conditions) - reported
    assert frozenset(["dredging_meeting", "publish_plan", "sign_pledge"]) in added
    assert len(one(conditions, basis="assumed")) == 1


def test_the_circle_is_not_yet_there_after_the_first_article(folder):
    assert circles(tables.load(folder, as_of="2031-03-06").conditions) == set()


def test_a_plan_is_already_offered_and_still_required_first(dossier):
    said = one(dossier.statements, event="publish_plan")
    assert set(zip(said["party"], said["stance"], strict=True)) == {
        ("company", "offers"),
        ("union", "requires"),
    }


def test_one_claim_is_rendered_by_several_chains(dossier):
    claim = one(dossier.statements, claim="company_order_first")
    sources = one(dossier.attributions, level=1).set_index("statement")["source"]
    assert set(claim["id"].map(sources)) == {"aervang", "sawt", "clerk"}


def test_a_party_is_reported_by_another(dossier):
    party = dossier.statements.set_index("id")["party"]
    parent = dossier.actors.set_index("id")["parent"]
    first = one(dossier.attributions, level=1, form="named")
    assert (first["source"].map(parent) != first["statement"].map(party)).any()


def test_the_shut_gates_are_described_by_three_parties_one_imputing_a_motive(dossier):
    described = one(dossier.statements, event="gates_shut", stance="characterises")
    assert set(described["party"]) == {"union", "company", "council"}
    assert set(described["motive_of"]) == {"", "company"}


def test_loaded_words_stand_in_every_voice(dossier):
    loaded = dossier.terms[dossier.terms["loaded"] != ""]
    assert set(loaded["voice"]) == {"attributed", "article", "ambiguous"}


def test_joint_statements_repeats_orders_and_groups_are_there(dossier):
    assert (dossier.statements["jointly_with"].map(len) > 0).sum() == 2
    assert (dossier.statements["same_as"] != "").sum() >= 4
    assert (dossier.events["follows"].map(len) > 0).sum() >= 4
    assert dossier.conditions["group"].ne("").sum() == 2


def test_names_use_other_letters(dossier):
    labels = set(dossier.actors["label"])
    assert {"Ruaidín Ó Briain", "Zdeňka Hałas", "صوت إيرهافن"} <= labels


@pytest.mark.parametrize(
    ("table", "least"),
    [
        ("passages", 60),
        ("statements", 65),
        ("conditions", 15),
        ("offer_terms", 10),
        ("terms", 10),
        ("judgements", 10),
        ("questions", 12),
    ],
)
def test_nobody_has_thinned_it_out(dossier, table, least):
    assert len(getattr(dossier, table)) >= least
