"""ninjs: only properties of the schema, and safe words of status."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from articles.exports.ninjs import to_ninjs_line
from articles.exports.records import ExportedArticle, ExportedPicture

AT = datetime(2024, 3, 9, 6, tzinfo=UTC)
PICTURE = {"url": "https://n.example/p.jpg", "alt": "Lake", "caption": "A lake", "credit": "Ada"}
PROPERTIES = {
    *("uri", "type", "representationType", "profile", "version", "firstCreated"),
    *("versionCreated", "contentCreated", "embargoedUntil", "pubStatus", "urgency"),
    *("copyrightHolder", "copyrightNotice", "usageTerms", "edNote", "language"),
    *("descriptions", "bodies", "headlines", "people", "organisations", "places", "subjects"),
    *("events", "objects", "infoSources", "title", "by", "slugline", "located", "renditions"),
    *("associations", "altIds", "trustIndicators", "standard", "genres", "expires"),
    *("rightsInfo", "digitalSourceType"),
}
"""Of news items. Source: ninjs schema 3.1."""
PARTS = {
    "headlines": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "people": {"name", "rel", "uri", "literal", "contactInfo"},
    "subjects": {"name", "rel", "uri", "literal", "creator", "relevance", "confidence"},
    "genres": {"name", "uri", "literal"},
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    "altIds": {"role", "value"},
    "renditions": {"name", "href", "contentType", "title", "width", "height", "sizeInBytes"},
    "associations": PROPERTIES | {"name", "rel"},
}

ARTICLE = ExportedArticle(
    id=7,
    external_id="17",
    source="old.example",
    title="China sets out plans",
    slug="plans",
    url="https://n.example/technology/plans/",
    status="published",
    kind="news",
    published_at=AT,
    updated_at=None,
    dateline_place="Beijing",
    dateline_agency="TDI",
    standfirst="A standfirst",
    categories=(("Technology", "Artificial intelligence"), ("World",)),
    tags=("6G",),
    authors=("Mei Lin Zhao", "Ravi Menon"),
    lead_image=ExportedPicture(**PICTURE),
    body=[
        {"type": "paragraph", "value": "<p>Two words</p>", "id": "a"},
        {"type": "image", "value": {"image": 3, "picture": PICTURE}, "id": "b"},
    ],
    text="Two words",
    word_count=2,
    image_count=1,
    link_count=0,
    views_total=5,
    old_urls=(),
    seo_title="Plans",
    seo_description="",
    canonical_url="",
    kind_label="News",
    language="en",
    outlet="The Daily",
)


def ninjs(**changes):
    return json.loads(to_ninjs_line(replace(ARTICLE, **changes)))


def assert_only_known(item):
    for name, value in item.items():
        assert value not in ("", None, [])
        if name in PARTS:
            for part in value:
                assert set(part) <= PARTS[name], name
                if name == "associations":
                    assert set(part) & {"name", "uri"} == {"name", "uri"}
                    assert_only_known({k: v for k, v in part.items() if k != "name"})


def test_item_has_properties_of_the_schema_only():
    item = ninjs(embargoed_until=AT, expires_at=AT, canonical_url="https://first.example/")

    assert set(item) <= PROPERTIES
    assert_only_known(item)


def test_item_says_what_the_article_says():
    item = ninjs()

    assert item["uri"] == "https://n.example/technology/plans/"
    assert item["headlines"][0]["value"] == "China sets out plans"
    assert item["versionCreated"] == item["firstCreated"] == "2024-03-09T06:00:00Z"
    assert (item["by"], item["located"]) == ("Mei Lin Zhao, Ravi Menon", "Beijing")
    assert item["bodies"][0]["value"].startswith("<p>Two words</p>")
    assert item["bodies"][1]["value"] == "Two words"
    assert item["subjects"][0]["literal"] == "Technology > Artificial intelligence"
    assert [a["name"] for a in item["associations"]] == ["featuremedia", "body-1"]
    assert item["associations"][0]["renditions"][0]["href"] == "https://n.example/p.jpg"


@pytest.mark.parametrize("status", ["draft", "scheduled", "private"])
def test_whatever_readers_may_not_see_is_withheld(status):
    assert ninjs(status=status)["pubStatus"] == "withheld"


def test_withdrawn_article_is_canceled():
    assert ninjs(status="draft", is_withdrawn=True)["pubStatus"] == "canceled"


def test_article_outside_every_site_still_has_a_uri():
    assert ninjs(url="")["uri"] == "urn:newsroom:article:7"
