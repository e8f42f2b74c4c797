"""Every WordPress sample says what its `expected.json` says."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    CategoryItem,
    MediaItem,
    Record,
    RefusedItem,
    SkippedItem,
    SourceInfo,
)
from articles.imports.readers.base import ReadOptions, UnusableSource
from articles.imports.readers.registry import open_source
from articles.imports.readers.wxr_categories import is_no_section
from articles.text.slugs import slugify
from tests.samples import samples_dir

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILES = (
    "theme-unit-test.wordpress.xml",
    "block-test-data.wordpress.xml",
    "cc-labs.wordpress.xml",
    "co-authors-plus.xml",
    "colormag-dailynews.wordpress.xml",
    "has-yoast-meta.xml",
    "large-authors.xml",
    "pelican-test.wordpress.xml",
    "sample-with-alt.xml",
    "slashes.xml",
    "small-export.xml",
    "superdesk-import.wordpress.xml",
    "term-formats.xml",
    "valid-wxr-1.0.xml",
    "wagtail-import-test.wordpress.xml",
)
STATUS = {
    **{"publish": "published", "future": "scheduled", "private": "private", "draft": "draft"},
    **{"pending": "draft", "inherit": "draft"},
}


def read(path: Path, **options: Any) -> tuple[SourceInfo, list[Record]]:
    info, records = open_source(path, options=ReadOptions(now=NOW, **options))
    return info, list(records)


def expected(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text("utf-8"))["files"][name]


def articles(records: list[Record], kind: str = "article") -> list[ArticleItem]:
    return [item for item in records if isinstance(item, ArticleItem) and item.kind == kind]


def test_the_list_of_samples_is_complete() -> None:
    folder = samples_dir("wxr")
    assert set(FILES) == {path.name for path in folder.glob("*.xml")}


@pytest.mark.parametrize("name", FILES)
def test_counts_agree(name: str) -> None:
    folder = samples_dir("wxr")
    counts = expected(folder, name)["counts"]
    info, records = read(folder / name)
    skipped = Counter(item.detail for item in records if isinstance(item, SkippedItem))
    trashed = Counter(
        item.detail for item in records if isinstance(item, SkippedItem) and item.reason == "trash"
    )
    assert info.item_count == counts["items_total"]
    assert len(articles(records)) + trashed["post"] == counts["posts_total"]
    assert len(articles(records, "page")) + trashed["page"] == counts["pages_total"]
    assert sum(isinstance(item, MediaItem) for item in records) == counts["attachments"]
    for post_type, count in counts["other_post_types"].items():
        assert skipped[post_type] == count
    both = articles(records) + articles(records, "page")
    assert sum(item.comment_count for item in both) == counts["comments_total"]
    assert sum(item.is_sticky for item in both) == counts["sticky"]
    assert sum(item.has_password for item in both) == counts["password_protected"]
    assert sum(item.lead is not None for item in both) == counts["featured_image_resolvable"]
    assert sum(item.body_flavor == "blocks" for item in both) == counts["with_block_markup"]
    authors = [item for item in records if isinstance(item, AuthorItem)]
    assert len(authors) >= counts["authors_declared"]
    ids = [
        (type(item), item.external_id)
        for item in records
        if not isinstance(item, SkippedItem | RefusedItem)
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FILES)
def test_statuses_agree_and_nothing_protected_is_live(name: str) -> None:
    folder = samples_dir("wxr")
    counts = expected(folder, name)["counts"]
    _, records = read(folder / name)
    wanted: Counter[str] = Counter()
    for status, count in (Counter(counts["posts"]) + Counter(counts["pages"])).items():
        if status != "trash":
            wanted[STATUS.get(status, "draft")] += count
    both = articles(records) + articles(records, "page")
    closed = [item for item in both if item.has_password]
    found = Counter(item.status for item in both if not item.has_password)
    assert all(item.status == "draft" for item in closed)
    assert sum((wanted - found).values()) == len(closed)


@pytest.mark.parametrize("name", FILES)
def test_spot_checks_agree(name: str) -> None:
    folder = samples_dir("wxr")
    _, records = read(folder / name)
    media = {item.external_id: item for item in records if isinstance(item, MediaItem)}
    items = [item for item in records if isinstance(item, ArticleItem)]
    for spot in expected(folder, name)["spot_checks"]:
        if spot["post_type"] not in {"post", "page"} or spot["status"] == "trash":
            continue
        found = [
            item
            for item in items
            if item.external_id.endswith(f"#{spot['post_id']}")
            and item.slug == spot["slug"]
            and item.old_urls[0] == (spot["old_url"] or item.old_urls[0])
        ]
        assert len(found) >= 1, spot["post_id"]
        check_spot(found[0], spot=spot, media=media)


def check_spot(item: ArticleItem, *, spot: dict[str, Any], media: dict[str, MediaItem]) -> None:
    where = f"post {spot['post_id']}"
    if spot["title"]:
        assert item.title == " ".join(spot["title"].split()), where
    else:
        assert item.title, where
        assert any(problem.kind == "no_title" for problem in item.problems), where
    if spot["published_utc"] and not item.has_password:
        assert item.published_at is not None, where
        assert f"{item.published_at:%Y-%m-%dT%H:%M:%SZ}" == spot["published_utc"], where
    elif not spot["published_utc"]:
        assert item.published_at is None, where
    if spot.get("source_date_utc"):
        assert item.created_at is not None, where
        assert f"{item.created_at:%Y-%m-%dT%H:%M:%SZ}" == spot["source_date_utc"], where
    wanted = [tuple(path) for path in spot["category_paths"]]
    wanted = [path for path in wanted if not is_no_section(slugify(path[-1]))]
    names = [tuple(title for _, title in path) for path in item.categories]
    assert sorted(names) == sorted(set(wanted)), where
    assert sorted(name for _, name in item.tags) == sorted(spot["tags"]), where
    assert [byline.name for byline in item.bylines] == spot["authors"], where
    assert item.excerpt == " ".join(spot["excerpt"].split()), where
    assert item.comment_count == spot["comments"], where
    if "seo_description" in spot:
        assert item.seo_description == spot["seo_description"], where
    lead = spot.get("lead_image")
    if lead and lead["url"]:
        assert item.lead is not None, where
        assert item.lead.url == lead["url"], where
        assert item.lead.alt_text == lead["alt"], where
        assert item.lead.caption == lead["caption"], where
        assert item.lead.media_id in media, where
    elif lead:
        assert any(problem.kind == "missing_lead_image" for problem in item.problems), where
    if values := spot.get("view_count_meta"):
        flat = values.values() if isinstance(values, dict) else values
        numbers = [
            int(value)
            for value in str(list(flat))
            .replace("'", " ")
            .replace(",", " ")
            .replace("[", " ")
            .replace("]", " ")
            .split()
            if value.isdigit()
        ]
        assert item.views == max(numbers), where


@pytest.mark.parametrize("name", FILES)
def test_sections_come_parents_first_with_their_path(name: str) -> None:
    folder = samples_dir("wxr")
    wanted = expected(folder, name)
    _, records = read(folder / name)
    met = set()
    for item in records:
        if isinstance(item, CategoryItem):
            assert not item.path[:-1] or item.path[:-1] in met
            met.add(item.path)
    parents = {path[-1][0]: path[-2][0] for path in met if len(path) > 1}
    for child in wanted.get("categories_with_parents", []):
        assert parents[child["slug"]] == child["parent"]


def test_a_damaged_export_names_line_column_and_the_item_before() -> None:
    folder = samples_dir("wxr-malformed")
    for name, line in (("malformed.xml", 90), ("crazy-cdata.xml", 18), ("bare-ampersand.xml", 109)):
        with pytest.raises(UnusableSource) as refusal:
            read(folder / name)
        assert refusal.value.line == line, name
        assert refusal.value.column, name
        assert refusal.value.byte_offset, name
        assert "Nothing was imported" in str(refusal.value)
    assert "The item before it is number" in str(refusal.value)


@pytest.mark.parametrize("name", ["invalid-version-tag.xml", "missing-version-tag.xml"])
def test_a_wrong_version_is_told_and_the_terms_are_read(name: str) -> None:
    folder = samples_dir("wxr-malformed")
    terms = expected(folder, name)["terms"]
    info, records = read(folder / name)
    assert "wxr_version" in {problem.kind for problem in info.problems}
    assert not articles(records)
    kinds = Counter(type(item).__name__ for item in records)
    assert kinds["TagItem"] == terms["tags"]
    assert kinds["AuthorItem"] == terms["authors"]
    # "Uncategorized" is no section.
    assert terms["categories"] - 1 <= kinds["CategoryItem"] <= terms["categories"]


@pytest.mark.parametrize("name", ["xmlbomb.xml", "external.xml"])
def test_entity_declarations_are_refused_alone_and_before_an_export(
    name: str, tmp_path: Path
) -> None:
    attack = (samples_dir("xml-attacks") / name).read_bytes()
    with pytest.raises(UnusableSource, match="declares its own entities"):
        read(samples_dir("xml-attacks") / name)
    doctype = attack[attack.index(b"<!DOCTYPE") : attack.index(b"]>") + 2]
    sample = (samples_dir("wxr") / "slashes.xml").read_bytes()
    declaration, _, rest = sample.partition(b"?>")
    path = tmp_path / "export.xml"
    path.write_bytes(declaration + b"?>" + doctype + rest)
    with pytest.raises(UnusableSource, match="declares its own entities"):
        read(path)
