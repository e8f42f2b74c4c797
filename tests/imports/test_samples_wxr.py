"""Every WordPress sample becomes the pages that its `expected.json` describes."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page, Revision

from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.readers.wxr_categories import is_no_section
from articles.imports.report import Report
from articles.imports.run import run_import
from articles.imports.writer.tree import WantedSlug, plain_slug
from articles.pages.article import ArticlePage
from articles.pages.static import StaticPage
from articles.people.models import Author
from articles.tags.models import Topic
from articles.text.folding import fold
from articles.text.html import plain_text
from articles.text.slugs import slugify
from tests.imports.database import read_tables
from tests.imports.test_cleaner_samples import shown_text
from tests.samples import samples_dir

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILES = (
    *("block-test-data.wordpress.xml", "cc-labs.wordpress.xml", "co-authors-plus.xml"),
    *("colormag-dailynews.wordpress.xml", "has-yoast-meta.xml", "large-authors.xml"),
    *("pelican-test.wordpress.xml", "sample-with-alt.xml", "slashes.xml", "small-export.xml"),
    *("superdesk-import.wordpress.xml", "term-formats.xml", "theme-unit-test.wordpress.xml"),
    *("valid-wxr-1.0.xml", "wagtail-import-test.wordpress.xml"),
)
LINKS_OTHERWISE = {
    # The picture's own address: a picture is no link to itself here.
    "post 1177 markup-image-alignment": 1,
    "post 568 post-format-image-linked": 1,
    "post 94 lockdown-again-political-party-planning-for-a-save-from-corona-wave": 1,
    "post 157 12-million-fund-boost-to-support-youth-social-action-across-the-country": 1,
    "post 71 why-reading-newspapers-are-more-preferred-by-older-mens": 1,
    "post 93 media-text": 3,
    # Places within the page: notes stand at the end of the text.
    "post 75 footnotes": 2,
    "post 1 item-one-title": 1,
    "post 2 item-two-title": 1,
}
"""Links of the source that become something else, by post."""
STATUS = {"publish": "published", "future": "scheduled", "private": "private"}

pytestmark = pytest.mark.django_db


def import_sample(path: Path, **options: Any) -> Report:
    chosen = ImportOptions(media="skip", source="sample", **options)
    return run_import(path, options=chosen, now=NOW)


def expected(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text("utf-8"))["files"][name]


def test_the_list_of_samples_is_complete() -> None:
    assert set(FILES) == {path.name for path in samples_dir("wxr").glob("*.xml")}


@pytest.mark.parametrize("name", FILES)
def test_a_sample_becomes_what_is_expected_of_it(name: str) -> None:
    folder = samples_dir("wxr")
    wanted = expected(folder, name)
    planned = import_sample(folder / name, dry_run=True)
    assert not ImportedRecord.objects.exists()
    report = import_sample(folder / name)
    check_counts(report, wanted["counts"])
    check_statuses(report, wanted["counts"])
    for spot in wanted["spot_checks"]:
        if spot["post_type"] in {"post", "page"} and spot["status"] != "trash":
            check_spot(spot)
    assert Page.find_problems() == ([], [], [], [], [])
    assert planned.items == report.items
    assert planned.created_by_type == report.created_by_type
    assert planned.by_status == report.by_status
    before = read_tables(leave_out=["articles_importrun"])
    again = import_sample(folder / name)
    assert read_tables(leave_out=["articles_importrun"]) == before
    assert again.items["created"] == again.items["updated"] == 0
    assert again.by_status == report.by_status


def check_counts(report: Report, counts: dict[str, Any]) -> None:
    items = report.items
    assert items["read"] == counts["items_total"]
    assert items["read"] == sum(items.values()) - items["read"]
    trash = counts["posts"].get("trash", 0), counts["pages"].get("trash", 0)
    refused = items["refused"]
    assert report.created_by_type["articles"] == counts["posts_total"] - trash[0] - refused
    assert report.created_by_type["pages"] == counts["pages_total"] - trash[1]
    assert ArticlePage.objects.count() == report.created_by_type["articles"]
    assert StaticPage.objects.count() == report.created_by_type["pages"]
    assert report.created_by_type["authors"] == Author.objects.count()
    assert Author.objects.count() >= counts["authors_declared"]
    assert report.created_by_type["tags"] == Topic.objects.count()
    assert report.totals.get("comments", 0) == counts["comments_total"]
    assert report.problem_kinds.get("sticky", 0) == counts["sticky"]
    assert report.problem_kinds.get("password", 0) == counts["password_protected"]


def check_statuses(report: Report, counts: dict[str, Any]) -> None:
    wanted: Counter[str] = Counter()
    for status, number in (Counter(counts["posts"]) + Counter(counts["pages"])).items():
        if status != "trash":
            wanted[STATUS.get(status, "draft")] += number
    closed = counts["password_protected"]
    wanted["published"] -= closed
    wanted["draft"] += closed
    assert +wanted == +Counter(report.by_status)
    assert (
        Page.objects.filter(live=True, depth__gt=2)
        .exclude(content_type__model="categorypage")
        .count()
        == wanted["published"]
    )


def check_spot(spot: dict[str, Any]) -> None:
    where = f"post {spot['post_id']} {spot['slug']}"
    page = find_page(spot)
    if spot["title"]:
        assert page.title == " ".join(spot["title"].split()), where
    if spot["slug"]:
        plain = plain_slug(WantedSlug(0, spot["slug"], spot["title"] or "", ""))
        assert page.slug == plain or page.slug.startswith(f"{plain}-"), where
    moment = page.first_published_at or page.go_live_at
    if isinstance(page, ArticlePage):
        moment = page.published_at or page.go_live_at
        check_article(page, spot=spot, where=where)
    if spot["published_utc"] and page.live:
        assert moment is not None, where
        assert f"{moment:%Y-%m-%dT%H:%M:%SZ}" == spot["published_utc"], where
    check_body(page, spot=spot, where=where)
    version = Revision.objects.get(pk=page.latest_revision_id)
    assert version.content["title"] == page.title, where


def find_page(spot: dict[str, Any]) -> Any:
    kind = "page" if spot["post_type"] == "page" else "article"
    records = ImportedRecord.objects.filter(kind=kind, external_id__endswith=f"#{spot['post_id']}")
    wanted = spot["old_url"]
    records = [record for record in records if not wanted or record.data["old_urls"][0] == wanted]
    records.sort(key=lambda record: record.data["title"] != spot["title"])
    assert records, spot["post_id"]
    return Page.objects.get(pk=records[0].object_id).specific


def check_article(article: ArticlePage, *, spot: dict[str, Any], where: str) -> None:
    paths = [tuple(path) for path in spot["category_paths"] if not is_no_section(slugify(path[-1]))]
    sections = [article.parent_category, *article.further_categories.all()]
    found = {
        tuple(page.title for page in section.get_ancestors(inclusive=True).filter(depth__gt=2))
        for section in sections
    }
    assert found == (set(paths) or {("News",)}), where
    tags = {fold(tag) for tag in spot["tags"]}
    assert {topic.folded for topic in article.tags.all()} == tags, where
    names = [byline.author.name for byline in article.bylines.order_by("sort_order")]
    assert names == spot["authors"], where
    lead = spot.get("lead_image")
    if lead and lead["url"]:
        assert article.lead_source_url == lead["url"], where
        assert article.lead_alt_text == lead["alt"], where
        assert article.lead_caption == lead["caption"], where
    if "seo_title" in spot:
        assert article.seo_title == spot["seo_title"], where
    if "seo_description" in spot:
        assert article.search_description == spot["seo_description"], where


def check_body(page: Any, *, spot: dict[str, Any], where: str) -> None:
    blocks = list(page.body.raw_data)
    text = letters(plain_text(shown_text(blocks)))
    want = letters(spot["text_first_80"])
    if getattr(page, "dateline_place", "") and not text.startswith(want):
        assert want[20:60] in text or text[:30] in letters(spot["text_first_80"]), where
    else:
        assert text.startswith(want), where
    raw = json.dumps(blocks)
    assert raw.count('"source_url": "http') == spot["images_in_body"], where
    # A link to another article of the archive has become an internal one.
    links = raw.count("<a href=") + raw.count('<a linktype=\\"page\\"')
    assert links >= spot["links_in_body"] - LINKS_OTHERWISE.get(where, 0), where


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)
