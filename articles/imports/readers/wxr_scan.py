"""The first pass over a WordPress export: is it whole, and what refers to what."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from articles.imports.items import MediaItem, Problem
from articles.imports.readers.base import UnusableSource
from articles.imports.readers.looks import describe
from articles.imports.readers.wxr_dates import ZoneGuess, parse_stamp
from articles.imports.readers.wxr_elements import (
    Channel,
    Declared,
    RawItem,
    clean_name,
    iter_parts,
)
from articles.imports.readers.wxr_meta import first
from articles.imports.readers.wxr_spool import Data, Spool
from articles.text.html import plain_text
from articles.text.slugs import slugify

BULK_AT_LEAST = 10
CONTENT_TYPES = {"post": "article", "page": "page"}
_FILE_ADDRESS = re.compile(r"^https?://.*\.\w{2,5}$")
_KNOWN_TAXONOMIES = frozenset({"category", "post_tag", "tag", "author", "post_format", "language"})


@dataclass(slots=True)
class Scan:
    """What the first pass found. The caller closes the spool."""

    spool: Spool
    channel: Channel = field(default_factory=Channel)
    item_count: int = 0
    zone: ZoneGuess = field(default_factory=ZoneGuess)
    types: Counter[str] = field(default_factory=Counter)
    taxonomies: Counter[str] = field(default_factory=Counter)
    undeclared_authors: dict[str, str] = field(default_factory=dict)
    several_authors: int = 0
    several_authors_unsorted: int = 0
    wanted_pictures: int = 0


def scan(path: Path) -> Scan:
    """Read a whole export once, strictly.

    Raises:
        UnusableSource: not well-formed (with the item before the place), or no export.
    """
    found = Scan(spool=Spool())
    last = ""
    try:
        for part in iter_parts(path, channel=found.channel):
            if isinstance(part, Declared):
                _note_declared(part, spool=found.spool)
            else:
                found.item_count += 1
                _note_item(part, found=found)
                last = f"number {part.number}, “{plain_text(part.text('title'))[:80]}”"
                if post_id := part.text("wp:post_id"):
                    last += f" (post {post_id[:20]})"
        if not found.channel.is_wxr and not _claims_wxr(path):
            with path.open("rb") as file:
                looks = describe(file.read(4096))
            raise UnusableSource(
                f"no WordPress export; it looks like {looks}.",
                file=path.name,
                advice="Nothing was imported.",
            )
        if not found.channel.is_whole:
            raise UnusableSource(
                "the file has no <channel> in an <rss>, as every WordPress export has.",
                file=path.name,
                advice="Nothing was imported. Export again.",
            )
    except BaseException as error:
        found.spool.close()
        if isinstance(error, UnusableSource) and last and not error.after:
            raise _with_item_before(error, last) from error
        raise
    found.spool.finish()
    return found


def external_id_of(item: RawItem) -> str:
    """Return the stable id of an item: its guid with the number beside it.

    Either alone repeats in real files: one guid for several posts, one number twice.
    Entities in the guid are decoded, as they are the same address either way.
    """
    guid = item.text("guid").replace("&amp;", "&").replace("&#038;", "&")
    post_id = item.text("wp:post_id")
    name = guid or item.text("link") or item.text("wp:post_name")
    return f"{name}#{post_id}"[:480] if post_id else name[:480]


def find_bulk_update(found: Scan) -> datetime | None:
    """Return the minute that more than half of the items state as their last change.

    That is a change of the whole site, not of its articles. A few items say nothing.
    """
    minute, number, total = found.spool.most_common_update()
    if total < BULK_AT_LEAST or number * 2 <= total:
        return None
    return datetime.fromisoformat(minute).replace(tzinfo=UTC)


def source_problems(found: Scan) -> list[Problem]:
    """List what is to be said of the whole file."""
    problems = []
    version = found.channel.fields.get("wp:wxr_version", "")
    if not re.fullmatch(r"1\.[0-9]+", version):
        stated = f"is “{version[:20]}”" if version else "is missing"
        problems.append(("wxr_version", f"wp:wxr_version {stated}; read by the file's namespace."))
    for taxonomy, count in sorted(found.taxonomies.items()):
        problems.append(("unknown_taxonomy", f"{taxonomy}: {count} uses were left out."))
    for name in found.undeclared_authors:
        problems.append(
            ("undeclared_author", f"“{name}” signs items and is in no author list: kept by name.")
        )
    if found.wanted_pictures and not found.types["attachment"]:
        problems.append(
            (
                "no_attachments",
                f"{found.wanted_pictures} lead pictures are not in the file, which holds no"
                " attachments: export all content, not posts only.",
            )
        )
    if bulk := find_bulk_update(found):
        problems.append(
            (
                "bulk_update",
                f"More than half of the items were changed at {bulk:%Y-%m-%d %H:%M} UTC:"
                " no article shows that as its update.",
            )
        )
    if found.several_authors >= 5 and not found.several_authors_unsorted:
        problems.append(
            (
                "byline_order",
                f"All {found.several_authors} bylines of several authors are in alphabetical"
                " order: the export may have lost the order.",
            )
        )
    return [Problem(item="", kind=kind, detail=detail) for kind, detail in problems]


def _with_item_before(error: UnusableSource, last: str) -> UnusableSource:
    return UnusableSource(
        error.reason,
        file=error.file,
        line=error.line,
        column=error.column,
        byte_offset=error.byte_offset,
        after=last,
        advice=error.advice,
    )


def _claims_wxr(path: Path) -> bool:
    with path.open("rb") as file:
        return b"://wordpress.org/export/" in file.read(64 * 1024)


def _note_declared(part: Declared, *, spool: Spool) -> None:
    values = {key: value.strip() for key, value in part.fields.items()}
    kind = part.kind
    if kind == "wp:author":
        _note_author(values, spool=spool)
        return
    if kind == "wp:term":
        taxonomy = values.get("wp:term_taxonomy", "")
        kind = {"category": "wp:category", "post_tag": "wp:tag"}.get(taxonomy, "")
    prefix = "wp:term" if part.kind == "wp:term" else kind
    slug = values.get("wp:category_nicename") or values.get("wp:tag_slug")
    slug = slug or values.get("wp:term_slug", "")
    name = values.get("wp:cat_name") or values.get(f"{prefix}_name", "")
    slug = slug or slugify(name)
    if not slug:
        return
    if kind == "wp:category":
        spool.add_category(
            slug,
            data={
                "name": clean_name(name, slug=slug),
                "parent": values.get("wp:category_parent") or values.get("wp:term_parent", ""),
                "description": plain_text(values.get("wp:category_description", "")),
            },
        )
        if term_id := values.get("wp:term_id"):
            spool.add_term_id(term_id, slug=slug)
    elif kind == "wp:tag":
        spool.add_tag(slug, name=clean_name(name, slug=slug))


def _note_author(values: Data, *, spool: Spool) -> None:
    login = values.get("wp:author_login", "")
    if not login:
        return
    whole = f"{values.get('wp:author_first_name', '')} {values.get('wp:author_last_name', '')}"
    name = values.get("wp:author_display_name") or whole.strip() or login
    number = values.get("wp:author_id", "")
    spool.add_author(
        login,
        data={
            "name": clean_name(name),
            "email": values.get("wp:author_email", ""),
            "slug": slugify(login),
        },
        keys=(f"login:{login}", slugify(login), f"id:{number}" if number else ""),
    )


def _note_item(item: RawItem, *, found: Scan) -> None:
    spool = found.spool
    post_type = item.text("wp:post_type") or "post"
    post_id = item.text("wp:post_id")
    external_id = external_id_of(item)
    found.types[post_type] += 1
    external_id = _claim(item, external_id=external_id, post_type=post_type, spool=spool)
    spool.add_item(number=item.number, post_id=post_id, external_id=external_id, type=post_type)
    if post_type == "attachment":
        parent = item.text("wp:post_parent")
        spool.add_media(
            media_of(item, external_id=external_id),
            post_id=post_id,
            parent="" if parent == "0" else parent,
            place=_number(item.text("wp:menu_order")),
        )
    elif post_type == "guest-author":
        _note_guest(item, spool=spool)
    elif post_type == "wp_block":
        spool.add_block(post_id=post_id, body=item.get("content:encoded"))
    elif post_type in CONTENT_TYPES:
        _note_content(item, found=found)


def _claim(item: RawItem, *, external_id: str, post_type: str, spool: Spool) -> str:
    """Return the id that is the item's own; with its slug if the id is taken, else ""."""
    # Posts and pages become one kind of record.
    kind = "content" if post_type in CONTENT_TYPES else post_type
    if external_id and spool.claim_id(f"{kind}:{external_id}"):
        return external_id
    slug = item.text("wp:post_name")
    name, mark, number = external_id.rpartition("#")
    longer = f"{name}~{slug}{mark}{number}"[:480]
    return longer if slug and spool.claim_id(f"{kind}:{longer}") else ""


def media_of(item: RawItem, *, external_id: str) -> MediaItem:
    """Read an attachment; its parent is not known yet."""
    address = item.text("wp:attachment_url")
    if not address and _FILE_ADDRESS.match(item.text("guid")):
        address = item.text("guid")
    meta = item.meta
    credits = (first(meta, "_media_credit"), first(meta, "_navis_media_credit_org"))
    link = item.text("link")
    post_id = item.text("wp:post_id")
    by_number = f"/?attachment_id={post_id}" if post_id else ""
    return MediaItem(
        external_id=external_id,
        url=address,
        title=plain_text(item.get("title")),
        caption=plain_text(item.get("excerpt:encoded")),
        credit=" / ".join(plain_text(credit) for credit in credits if credit),
        alt_text=plain_text(first(meta, "_wp_attachment_image_alt")),
        old_urls=tuple(dict.fromkeys(url for url in (link, by_number) if url)),
    )


def _note_guest(item: RawItem, *, spool: Spool) -> None:
    """A guest author of Co-Authors-Plus; the account it is linked to is the same person."""
    meta = item.meta
    slug = first(meta, "cap-user_login") or item.text("wp:post_name").removeprefix("cap-")
    name = first(meta, "cap-display_name") or plain_text(item.get("title"))
    if not slug and not name:
        return
    slug = slug or slugify(name)
    linked = first(meta, "cap-linked_account")
    account = spool.author_id_of(f"login:{linked}") if linked else ""
    external_id = account or f"guest:{slug}"
    spool.merge_author(f"guest:{slug}", into=external_id)
    spool.add_author(
        external_id,
        data={
            "name": clean_name(name) or slug,
            "email": first(meta, "cap-user_email"),
            "slug": slugify(slug),
            "biography_html": first(meta, "cap-description"),
            "website": first(meta, "cap-website"),
        },
        keys=(slug, f"cap-{slug}", item.text("wp:post_name")),
        wins=not account,
    )


def _note_content(item: RawItem, *, found: Scan) -> None:
    spool = found.spool
    found.zone.add(local=item.get("wp:post_date"), gmt=item.get("wp:post_date_gmt"))
    if modified := parse_stamp(item.get("wp:post_modified_gmt")):
        spool.note_update(modified.strftime("%Y-%m-%d %H:%M"))
    found.wanted_pictures += bool(first(item.meta, "_thumbnail_id"))
    signed = []
    for term in item.terms:
        slug = term.slug or slugify(term.name)
        if not slug:
            continue
        if term.domain == "category":
            spool.add_category(slug, data={"name": term.name, "parent": "", "description": ""})
        elif term.domain in {"post_tag", "tag"}:
            spool.add_tag(slug, name=term.name)
        elif term.domain == "author":
            signed.append(term.name)
            _note_signature(term.slug, name=term.name, spool=spool)
        elif term.domain and term.domain not in _KNOWN_TAXONOMIES:
            found.taxonomies[term.domain] += 1
    if len(set(signed)) > 1:
        found.several_authors += 1
        found.several_authors_unsorted += signed != sorted(signed)
    creator = item.text("dc:creator")
    if creator and not signed and not spool.author_id_of(f"login:{creator}"):
        found.undeclared_authors[creator] = creator
        spool.add_author(
            creator, data={"name": creator, "slug": slugify(creator)}, keys=(f"login:{creator}",)
        )


def _note_signature(slug: str, *, name: str, spool: Spool) -> None:
    """Note an author that only a term of an item names, if nothing else does.

    The item that describes a guest may stand later in the file: it then fills in what
    the term does not say, under the same id.
    """
    plain = slug.removeprefix("cap-") or slugify(name)
    if not spool.author_id_of(plain) and not spool.author_id_of(slug):
        spool.add_author(
            f"guest:{plain}",
            data={"name": name or plain, "slug": slugify(plain)},
            keys=(plain, f"cap-{plain}"),
        )


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 12 else 0
