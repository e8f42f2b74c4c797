"""Rules of the WordPress reader that the samples do not reach."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    MediaItem,
    Record,
    RefusedItem,
    SkippedItem,
    SourceInfo,
)
from articles.imports.readers.base import ReadOptions, UnusableSource
from articles.imports.readers.php_serialized import NotSerialized, loads
from articles.imports.readers.registry import open_source
from articles.imports.readers.wxr_dates import find_moment, parse_pub_date, parse_stamp, parse_zone
from articles.imports.readers.wxr_meta import read_search_fields, read_views
from articles.imports.readers.wxr_references import replace_slug

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
    ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Site</title>'
    "<link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>"
)


def post(number: int = 1, *, extra: str = "", body: str = "Text.", **fields: str) -> str:
    values = {
        "title": f"Headline {number}",
        "link": f"https://old.example/2019/05/headline-{number}/",
        "guid": f"https://old.example/?p={number}",
        "dc:creator": "ana",
        "content:encoded": body,
        "wp:post_id": str(number),
        "wp:post_date": "2019-05-03 12:00:00",
        "wp:post_date_gmt": "2019-05-03 10:00:00",
        "wp:post_name": f"headline-{number}",
        "wp:status": "publish",
        "wp:post_type": "post",
        **{key.replace("__", ":"): value for key, value in fields.items()},
    }
    inner = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in values.items())
    return f"<item>{inner}{extra}</item>"


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{escape(value)}</wp:meta_value></wp:postmeta>"
    )


def read(xml: str, **options: str) -> tuple[SourceInfo, list[Record]]:
    stream = io.BytesIO(f"{HEAD}{xml}</channel></rss>".encode())
    info, records = open_source(stream, options=ReadOptions(now=NOW, **options))
    return info, list(records)


def read_one(xml: str) -> ArticleItem:
    _, records = read(xml)
    (item,) = (record for record in records if isinstance(record, ArticleItem))
    return item


def kinds(item: ArticleItem) -> set[str]:
    return {problem.kind for problem in item.problems}


def test_two_items_that_nothing_tells_apart_are_one_and_a_refusal() -> None:
    _, records = read(post(1) + post(1, wp__post_name="other") + post(1, wp__post_name="other"))
    ids = [item.external_id for item in records if isinstance(item, ArticleItem)]
    assert ids == ["https://old.example/?p=1#1", "https://old.example/?p=1~other#1"]
    assert sum(isinstance(item, RefusedItem) for item in records) == 1


def test_a_protected_post_is_a_draft() -> None:
    item = read_one(post(wp__post_password="secret"))
    assert (item.status, item.has_password, item.published_at) == ("draft", True, None)
    assert "password" in kinds(item)


def test_trash_and_foreign_types_are_skipped_with_a_reason() -> None:
    _, records = read(post(1, wp__status="trash") + post(2, wp__post_type="product"))
    reasons = [item.reason for item in records if isinstance(item, SkippedItem)]
    assert reasons == ["trash", "post type product is not imported"]


def test_an_unknown_status_is_a_draft_that_is_told() -> None:
    item = read_one(post(wp__status="archive"))
    assert item.status == "draft"
    assert "unknown_status" in kinds(item)


def test_a_published_post_of_the_far_future_is_not_published() -> None:
    item = read_one(post(wp__post_date_gmt="3013-07-07 10:00:00"))
    assert item.status == "draft"
    assert "future_date" in kinds(item)


def test_a_guest_and_the_account_it_is_linked_to_are_one_author() -> None:
    guest = post(
        9,
        wp__post_type="guest-author",
        wp__post_name="cap-ana-sa",
        extra=meta("cap-display_name", "Ana Sá")
        + meta("cap-user_login", "ana-sa")
        + meta("cap-linked_account", "ana")
        + meta("cap-description", "Writes."),
    )
    account = (
        "<wp:author><wp:author_id>3</wp:author_id><wp:author_login>ana</wp:author_login>"
        "<wp:author_display_name>ana</wp:author_display_name></wp:author>"
    )
    term = '<category domain="author" nicename="cap-ana-sa">ana-sa</category>'
    _, records = read(account + post(1, extra=term) + guest)
    authors = [item for item in records if isinstance(item, AuthorItem)]
    (article,) = (item for item in records if isinstance(item, ArticleItem))
    assert [author.external_id for author in authors] == ["ana"]
    assert authors[0].biography_html == "Writes."
    assert [byline.author_id for byline in article.bylines] == ["ana"]


def test_a_guest_described_after_its_first_article_has_its_full_name() -> None:
    guest = post(
        9,
        wp__post_type="guest-author",
        extra=meta("cap-display_name", "Bo Ek") + meta("cap-user_login", "bo"),
    )
    term = '<category domain="author" nicename="cap-bo">bo</category>'
    _, records = read(post(1, extra=term) + guest)
    (article,) = (item for item in records if isinstance(item, ArticleItem))
    assert [(byline.name, byline.author_id) for byline in article.bylines] == [
        ("Bo Ek", "guest:bo")
    ]


def test_a_newspack_byline_wins_and_names_the_roles() -> None:
    authors = "".join(
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{name}"
        f"</wp:author_login><wp:author_display_name>{name}</wp:author_display_name></wp:author>"
        for number, name in ((7, "Ana"), (8, "Bo"))
    )
    text = 'By [Author id="7"]Ana[/Author], with reporting by [Author id="8"]Bo[/Author]'
    extra = meta("_newspack_byline_active", "1") + meta("_newspack_byline", text)
    item = read_one(authors + post(extra=extra, dc__creator="Bo"))
    assert [(byline.name, byline.role) for byline in item.bylines] == [
        ("Ana", "by"),
        ("Bo", "reporting"),
    ]


def test_a_loop_of_sections_and_a_missing_parent_end_at_the_top() -> None:
    def category(slug: str, parent: str) -> str:
        return (
            f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename>"
            f"<wp:category_parent>{parent}</wp:category_parent>"
            f"<wp:cat_name>{slug.title()}</wp:cat_name></wp:category>"
        )

    info, _ = read(category("a", "b") + category("b", "a") + category("c", "gone"))
    told = [problem.detail for problem in info.problems if problem.kind == "section_parent"]
    assert len(told) == 3


def test_the_primary_category_comes_first_by_its_number_at_the_source() -> None:
    terms = "".join(
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{slug}"
        f"</wp:category_nicename><wp:cat_name>{slug.title()}</wp:cat_name></wp:category>"
        for number, slug in ((4, "world"), (5, "trade"))
    )
    own = "".join(
        f'<category domain="category" nicename="{slug}">{slug.title()}</category>'
        for slug in ("world", "uncategorized", "trade")
    )
    item = read_one(terms + post(extra=own + meta("_yoast_wpseo_primary_category", "5")))
    assert item.categories == ((("trade", "Trade"),), (("world", "World"),))


def test_a_gallery_without_ids_brings_the_pictures_of_the_post() -> None:
    pictures = "".join(
        post(
            number,
            wp__post_type="attachment",
            wp__status="inherit",
            wp__post_parent="1",
            wp__attachment_url=f"https://old.example/{number}.jpg",
            wp__menu_order=str(10 - number),
        )
        for number in (5, 6)
    )
    _, records = read(post(1, body="[gallery]") + pictures)
    (article,) = (item for item in records if isinstance(item, ArticleItem))
    assert [media.url[-5:] for media in article.media] == ["6.jpg", "5.jpg"]
    media = [item for item in records if isinstance(item, MediaItem)]
    assert {item.parent_id for item in media} == {article.external_id}


def test_reusable_blocks_and_footnotes_come_with_the_article() -> None:
    reusable = post(12, wp__post_type="wp_block", body="<!-- wp:paragraph --><p>R</p>")
    body = '<!-- wp:block {"ref":12} /--><!-- wp:footnotes /-->'
    notes = meta("footnotes", '[{"content":"A note.","id":"x"}]')
    item = read_one(post(1, body=body, extra=notes) + reusable)
    assert item.reusable_blocks == {"12": "<!-- wp:paragraph --><p>R</p>"}
    assert "A note." in item.body


def test_old_addresses_hold_old_slugs_numbers_and_pages() -> None:
    extra = meta("_wp_old_slug", "first-name") + meta("_wp_old_slug", "")
    item = read_one(post(7, body="a<!--nextpage-->b", extra=extra))
    assert item.old_urls == (
        "https://old.example/2019/05/headline-7/",
        "https://old.example/2019/05/first-name/",
        "https://old.example/2019/05/headline-7/2/",
        "https://old.example/?p=7",
        "/?p=7",
    )
    assert replace_slug("/blog/a.html", slug="a.html", by="b.html") == "/blog/b.html"
    assert replace_slug("/a/b/", slug="a", by="c") == ""


def test_a_local_time_is_read_in_the_zone_the_other_items_show() -> None:
    zero = post(2, wp__post_date_gmt="0000-00-00 00:00:00", wp__post_date="2019-07-03 12:00:00")
    info, records = read(post(1) + zero)
    article = [item for item in records if isinstance(item, ArticleItem)][1]
    assert info.timezone == "+02:00"
    assert article.published_at == datetime(2019, 7, 3, 10, tzinfo=UTC)
    _, records = read(post(1) + zero, timezone="Asia/Tokyo")
    article = [item for item in records if isinstance(item, ArticleItem)][1]
    assert article.published_at == datetime(2019, 7, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["Wed, 30 Nov -0001 00:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "", "Mon, 1 Jan 20081"],
)
def test_sentinels_of_pub_date_are_no_dates(text: str) -> None:
    assert parse_pub_date(text) is None


@pytest.mark.parametrize(
    "text", ["0000-00-00 00:00:00", "1999-11-30 00:00:00", "2019-02-30 10:00:00", "soon"]
)
def test_sentinels_of_stamps_are_no_dates(text: str) -> None:
    assert parse_stamp(text) is None


def test_the_largest_view_count_holds_and_odd_ones_are_named() -> None:
    views, odd = read_views({"views": ["10", "1.2K"], "post_views_count": ["40"]})
    assert views == 40
    assert odd == ["views=1.2K"]


def test_search_templates_are_filled_or_left_empty() -> None:
    def fields(title: str) -> str:
        values = {"_yoast_wpseo_title": [title]}
        return read_search_fields(values, title="Ships", excerpt="", site="The Site").title

    assert fields("%%title%% %%page%% %%sep%% %%sitename%%") == ""
    assert fields("All about %%title%%") == "All about Ships"
    assert fields("%%ct_region%% ships") == ""
    assert fields("50% of ships") == "50% of ships"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!doctype html><html><body>502</body></html>", "HTML page"),
        (b"PK\x03\x04\x14\0", "zip"),
        (b"-- MySQL dump 10.13\nINSERT INTO `wp_posts`", "SQL"),
        (b'{"posts": []}', "JSON"),
        (b"", "empty"),
        (b'<?xml version="1.0"?><rss><channel><item/></channel></rss>', "feed"),
    ],
)
def test_what_is_no_export_is_named(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(content)
    for format in (None, "wxr"):
        with pytest.raises(UnusableSource):
            open_source(path, options=ReadOptions(now=NOW), format=format)
    with pytest.raises(UnusableSource, match=words):
        open_source(path, options=ReadOptions(now=NOW))


def test_a_file_that_is_cut_off_gives_no_record(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(HEAD + post(1) + post(2)[:200], encoding="utf-8")
    with pytest.raises(UnusableSource, match="The item before it is number 1"):
        open_source(path, options=ReadOptions(now=NOW))


def test_a_bare_document_type_is_ignored_and_utf_16_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    plain = f"{HEAD}{post(1)}</channel></rss>".replace('encoding="UTF-8"', 'encoding="UTF-16"')
    path.write_bytes(plain.replace("?><rss", "?><!DOCTYPE rss><rss").encode("utf-16"))
    info, _ = open_source(path, options=ReadOptions(now=NOW))
    assert info.item_count == 1
    bomb = plain.replace("?><rss", '?><!DOCTYPE rss [<!ENTITY a "b">]><rss')
    path.write_bytes(bomb.encode("utf-16"))
    with pytest.raises(UnusableSource, match="entities"):
        open_source(path, options=ReadOptions(now=NOW))


def test_serialized_values_are_read_and_objects_refused() -> None:
    assert loads('a:2:{i:0;s:7:"noindex";s:1:"é";b:1;}'.replace('s:1:"é"', 's:2:"é"')) == {
        "0": "noindex",
        "é": True,
    }
    with pytest.raises(NotSerialized):
        loads('O:8:"stdClass":0:{}')


@given(st.text(alphabet='aisbdNO:;{}"0123456789', max_size=80))
@settings(max_examples=200, deadline=None)
def test_serialized_nonsense_is_refused_by_name(text: str) -> None:
    try:
        loads(text)
    except NotSerialized:
        return


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_times_that_are_none_never_raise(gmt: str, pub_date: str, local: str) -> None:
    find_moment(gmt=gmt, pub_date=pub_date, local=local, zone_at=lambda _: UTC)
    parse_zone(gmt)


def test_an_attachment_without_an_address_is_refused() -> None:
    _, records = read(post(3, wp__post_type="attachment", guid="x"))
    assert any(isinstance(item, RefusedItem) for item in records)


def test_attachments_that_share_a_number_keep_their_own_addresses() -> None:
    pictures = "".join(
        post(
            5,
            wp__post_type="attachment",
            guid=f"https://old.example/{name}.jpg",
            wp__attachment_url=f"https://old.example/{name}.jpg",
            wp__post_parent="1",
        )
        for name in ("a", "b")
    )
    _, records = read(post(1) + pictures)
    media = [item for item in records if isinstance(item, MediaItem)]
    assert [item.url for item in media] == [
        "https://old.example/a.jpg",
        "https://old.example/b.jpg",
    ]
    assert [item.parent_id for item in media] == ["https://old.example/?p=1#1"] * 2
