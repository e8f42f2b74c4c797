import json

import pytest
from django.test import RequestFactory

from articles.metadata.head import NOINDEX
from articles.reading.frame import page_context, text_direction

pytestmark = pytest.mark.django_db


def context(path="/technology/", **arguments):
    return page_context(RequestFactory().get(path), **{"title": "Technology"} | arguments)


def test_titles_and_addresses_come_from_the_site_record(section):
    meta = context()["meta"]
    assert meta["title"] == "Technology · Newsroom"
    assert meta["og_title"] == "Technology"
    assert meta["canonical_url"] == "http://127.0.0.1:8000/technology/"
    assert meta["robots"] == "max-image-preview:large"


def test_page_of_a_list_is_its_own_canonical_one(section):
    meta = context(canonical_path="/technology/?page=2", robots=NOINDEX)["meta"]
    assert meta["canonical_url"] == "http://127.0.0.1:8000/technology/?page=2"
    assert meta["robots"] == "noindex, follow"


def test_front_page_leads_every_trail_and_stands_alone_without_one(section):
    assert context(breadcrumb=[("Technology", "")])["breadcrumb"] == [
        ("Home", "/"),
        ("Technology", ""),
    ]
    assert context()["breadcrumb"] == []


def test_menu_marks_the_section_and_those_above_it(home, subsection):
    shell = context(current_section_id=subsection.pk)["shell"]
    (technology,) = shell["navigation"]
    assert technology["is_current"]
    assert [child["is_current"] for child in technology["children"]] == [True]


def test_graph_holds_outlet_site_and_the_trail_that_readers_see(section):
    page = context(breadcrumb=[("Technology", "/technology/"), ("</script>", "")])
    text = page["meta"]["json_ld"]
    assert "<" not in text
    nodes = {node["@type"]: node for node in json.loads(text)["@graph"]}
    assert set(nodes) == {"NewsMediaOrganization", "WebSite", "BreadcrumbList"}
    assert [item["name"] for item in nodes["BreadcrumbList"]["itemListElement"]] == [
        title for title, _url in page["breadcrumb"]
    ]
    assert "item" not in nodes["BreadcrumbList"]["itemListElement"][-1]


def test_long_descriptions_are_cut_at_a_word(section):
    meta = context(description="word " * 100)["meta"]
    assert len(meta["description"]) <= 200
    assert meta["description"].endswith("word…")


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("ur", "rtl"), ("en", "ltr"), ("xx-none", "ltr")]
)
def test_direction_follows_the_language(language, direction):
    assert text_direction(language) == direction
