"""WordPress exports (WXR 1.0, 1.1, 1.2): the second pass makes the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from articles.imports.items import (
    MediaItem,
    Problem,
    Record,
    RefusedItem,
    SkippedItem,
    SourceInfo,
    TagItem,
)
from articles.imports.readers.base import ReadOptions, UnusableSource
from articles.imports.readers.wxr_articles import Context, read_article
from articles.imports.readers.wxr_bylines import list_authors
from articles.imports.readers.wxr_categories import CategoryTree
from articles.imports.readers.wxr_dates import ZoneAt, parse_zone
from articles.imports.readers.wxr_elements import Channel, Declared, RawItem, clean_name, iter_parts
from articles.imports.readers.wxr_scan import (
    CONTENT_TYPES,
    Scan,
    external_id_of,
    find_bulk_update,
    media_of,
    scan,
    source_problems,
)
from articles.text.slugs import decode_slug

_NEVER_CONTENT = {
    "nav_menu_item": "menu entry",
    "revision": "revision",
    "guest-author": "guest author: became an author",
    "wp_block": "reusable block: stands in the articles that use it",
    "custom_css": "style sheet",
    "customize_changeset": "theme settings",
    "oembed_cache": "cached embed",
    "user_request": "privacy request",
    "wp_global_styles": "theme settings",
    "wp_template": "theme template",
    "wp_template_part": "theme template",
    "wp_navigation": "menu",
    "wp_font_family": "font",
    "wp_font_face": "font",
}


class WxrReader:
    """Reads what WordPress' Tools › Export writes."""

    format = "wxr"

    def recognize(self, path: Path, *, head: bytes) -> int:
        plain = head.replace(b"\0", b"")
        if b"://wordpress.org/export/" in plain or b"wxr_version" in plain:
            return 100
        # Read only to be refused with the right words.
        return 5 if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml") else 0

    def open(self, path: Path, *, options: ReadOptions) -> tuple[SourceInfo, Iterator[Record]]:
        """Read an export once, strictly; see `Reader.open`.

        Records come as authors, sections (parents first), tags, then media and articles
        in the file's order. Memory does not grow with the file.
        """
        if path.is_dir():
            raise UnusableSource("a folder, not a WordPress export.", file=path.name)
        zone_given = parse_zone(options.timezone) if options.timezone else None
        if options.timezone and zone_given is None:
            raise UnusableSource(f"the time zone {options.timezone} is not known.")
        found = scan(path)
        try:
            tree = CategoryTree(found.spool)
            zone_name = options.timezone or found.zone.name()
            zone_at = (lambda _: zone_given) if zone_given else found.zone.zone_at
            info = _describe(found, options=options, zone_name=zone_name, tree=tree)
        except BaseException:
            found.spool.close()
            raise
        return info, _records(
            path, found=found, tree=tree, zone_at=zone_at, info=info, options=options
        )


def _describe(
    found: Scan, *, options: ReadOptions, zone_name: str, tree: CategoryTree
) -> SourceInfo:
    channel = found.channel.fields
    base_url = (
        options.base_url
        or channel.get("link", "")
        or channel.get("wp:base_blog_url", "")
        or channel.get("wp:base_site_url", "")
    )
    problems = source_problems(found) + tree.problems
    if not zone_name and found.item_count:
        detail = "No item shows the site's time zone: times without one are taken as UTC."
        problems.append(Problem(item="", kind="unknown_timezone", detail=detail))
    return SourceInfo(
        format="wxr",
        title=clean_name(channel.get("title", "")),
        base_url=base_url,
        language=channel.get("language", ""),
        timezone=zone_name,
        generator=channel.get("generator", ""),
        item_count=found.item_count,
        bulk_updated_at=find_bulk_update(found),
        problems=tuple(problems),
    )


def _records(
    path: Path,
    *,
    found: Scan,
    tree: CategoryTree,
    zone_at: ZoneAt,
    info: SourceInfo,
    options: ReadOptions,
) -> Iterator[Record]:
    spool = found.spool
    context = Context(
        spool=spool,
        tree=tree,
        zone_at=zone_at,
        now=options.now,
        file=path.name,
        site=info.title,
        language=info.language,
    )
    try:
        yield from list_authors(spool)
        yield from tree.iter_items()
        for slug, name in spool.iter_tags():
            plain = decode_slug(slug)
            yield TagItem(
                external_id=f"tag:{slug}",
                name=name or plain,
                slug=plain,
                old_urls=(f"/tag/{plain}/",),
            )
        make = partial(_read_item, context=context)
        for part in iter_parts(path, channel=Channel()):
            if not isinstance(part, Declared):
                yield make(part)
    finally:
        spool.close()


def _read_item(item: RawItem, *, context: Context) -> Record:
    external_id = context.spool.external_id_at(item.number)
    post_type = item.text("wp:post_type") or "post"
    own_id = external_id or external_id_of(item) or f"item {item.number}"
    if item.text("wp:status") == "trash":
        return SkippedItem(external_id=own_id, reason="trash", detail=post_type)
    if post_type in _NEVER_CONTENT:
        return SkippedItem(own_id, reason=_NEVER_CONTENT[post_type], detail=post_type)
    if post_type != "attachment" and post_type not in CONTENT_TYPES:
        reason = f"post type {post_type[:40]} is not imported"
        return SkippedItem(own_id, reason=reason, detail=post_type)
    if not external_id:
        return RefusedItem(
            own_id,
            reason="Another item of the file has the same guid and number: only the first was read."
            if external_id_of(item)
            else "The item has neither a guid nor a number nor an address.",
            position=context.position(item),
        )
    if post_type in CONTENT_TYPES:
        return read_article(item, external_id=external_id, context=context)
    media = _read_media(item, external_id=external_id, context=context)
    if not media.url:
        return RefusedItem(
            own_id, reason="The attachment has no address.", position=context.position(item)
        )
    return media


def _read_media(item: RawItem, *, external_id: str, context: Context) -> MediaItem:
    """Read an attachment from the item itself: its number may be another's, too."""
    parent = item.text("wp:post_parent")
    parent_id = context.spool.external_id_of(parent) if parent not in {"", "0"} else ""
    return replace(media_of(item, external_id=external_id), parent_id=parent_id)
