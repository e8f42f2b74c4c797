import json
from datetime import UTC, datetime

import pytest

from articles.metadata import graph
from articles.metadata.head import INDEX, NOINDEX, page_title, robots
from articles.metadata.news_article import ArticleFacts, news_article

ROOT = "https://news.example"


def test_graph_may_stand_in_a_script_element_whatever_it_holds():
    evil = "</script><script>alert(1)//\u2028&"
    text = graph.dump_graph([{"@type": "WebPage", "name": evil}])
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == evil


def test_empty_values_are_left_out():
    node = graph.web_page(url=f"{ROOT}/x/", name="X", root_url=ROOT)
    (written,) = json.loads(graph.dump_graph([node]))["@graph"]
    assert set(written) == {"@type", "@id", "url", "name", "isPartOf"}


def test_zero_and_false_are_values():
    (written,) = json.loads(graph.dump_graph([{"a": 0, "b": False, "c": None}]))["@graph"]
    assert written == {"a": 0, "b": False}


def test_outlet_states_its_policies_by_their_names():
    node = graph.organization(
        root_url=ROOT,
        name="TDI",
        founding_year=2019,
        email="desk@news.example",
        policies={"ethics": f"{ROOT}/ethics/", "privacy": f"{ROOT}/privacy/"},
    )
    assert node["ethicsPolicy"] == node["publishingPrinciples"] == f"{ROOT}/ethics/"
    assert f"{ROOT}/privacy/" not in node.values()
    assert node["foundingDate"] == "2019"
    assert node["contactPoint"]["email"] == "desk@news.example"


@pytest.mark.parametrize(
    ("kind", "type_name"),
    [
        ("news", "NewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("review", "ReviewNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("interview", "NewsArticle"),
        ("press_release", "Article"),
    ],
)
def test_kind_decides_the_type(kind, type_name):
    node = news_article(
        ArticleFacts(url=f"{ROOT}/a/", kind=kind, headline="A", published_at=None, root_url=ROOT)
    )
    assert node["@type"] == type_name


def test_moments_bear_their_offset_and_no_fraction():
    at = datetime(2024, 3, 9, 10, 5, 7, 999, tzinfo=UTC)
    assert graph.moment(at) == "2024-03-09T10:05:07+00:00"


def test_desk_is_no_person():
    node = graph.person(url="/a/", name="Desk", root_url=ROOT, is_desk=True, job_title="x")
    assert node["@type"] == "Organization"
    assert node["jobTitle"] == ""


def test_trail_counts_from_one():
    node = graph.breadcrumb_list([("Home", f"{ROOT}/"), ("X", "")])
    assert [item["position"] for item in node["itemListElement"]] == [1, 2]


def test_title_of_the_site_stands_last_and_alone_on_the_front():
    assert page_title("A", site_name="TDI") == "A · TDI"
    assert page_title("", site_name="TDI", tagline="From everywhere") == "TDI · From everywhere"
    assert page_title("", site_name="TDI") == "TDI"
    assert page_title("TDI", site_name="TDI") == "TDI"


def test_robots():
    assert robots() == INDEX
    assert robots(is_noindex=True) == NOINDEX
