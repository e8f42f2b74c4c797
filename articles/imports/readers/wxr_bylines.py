"""Who signs an item of a WordPress export, in order."""

from __future__ import annotations

import re

from articles.imports.items import AuthorItem, Byline, BylineRole
from articles.imports.readers.wxr_elements import RawItem
from articles.imports.readers.wxr_meta import first
from articles.imports.readers.wxr_spool import Spool
from articles.text.html import plain_text
from articles.text.slugs import slugify

_AUTHOR_TAG = re.compile(r"\[Author id=[\"'“”]?(\d+)[\"'“”]?\]([^\[\]]*)\[/Author\]", re.I)
_ROLE_WORDS: tuple[tuple[str, BylineRole], ...] = (
    ("report", "reporting"),
    ("photo", "photographs"),
    ("picture", "photographs"),
    ("translat", "translated"),
)


def list_authors(spool: Spool) -> list[AuthorItem]:
    """List the authors of the file in the order in which they were met."""
    return [
        AuthorItem(
            external_id=external_id,
            name=data["name"],
            slug=data.get("slug", ""),
            email=data.get("email", ""),
            biography_html=data.get("biography_html", ""),
            website=data.get("website", ""),
            old_urls=(f"/author/{data['slug']}/",) if data.get("slug") else (),
        )
        for external_id, data in spool.iter_authors()
    ]


def read_bylines(item: RawItem, *, spool: Spool) -> tuple[Byline, ...]:
    """Return the bylines of an item.

    A custom byline of Newspack wins over the terms of Co-Authors-Plus, and these over
    the account that made the item. Each author stands once.
    """
    if first(item.meta, "_newspack_byline_active") in {"1", "true"}:
        stated = _newspack(first(item.meta, "_newspack_byline"), spool=spool)
        if stated:
            return stated
    found: dict[str, Byline] = {}
    for term in item.terms:
        if term.domain == "author":
            slug = term.slug or slugify(term.name)
            external_id = spool.author_id_of(slug) or spool.author_id_of(slug.removeprefix("cap-"))
            _add(found, external_id=external_id, name=term.name, spool=spool)
    creator = item.text("dc:creator")
    if not found and creator:
        _add(found, external_id=spool.author_id_of(f"login:{creator}"), name=creator, spool=spool)
    return tuple(found.values())


def _newspack(text: str, *, spool: Spool) -> tuple[Byline, ...]:
    found: dict[str, Byline] = {}
    at = 0
    role: BylineRole = "by"
    for match in _AUTHOR_TAG.finditer(text[:4000]):
        between = text[at : match.start()].casefold()
        at = match.end()
        role = next((role for word, role in _ROLE_WORDS if word in between), role)
        _add(
            found,
            external_id=spool.author_id_of(f"id:{match[1]}"),
            name=plain_text(match[2]),
            spool=spool,
            role=role,
        )
    return tuple(found.values())


def _add(
    found: dict[str, Byline],
    *,
    external_id: str,
    name: str,
    spool: Spool,
    role: BylineRole = "by",
) -> None:
    data = spool.find_author(external_id) if external_id else None
    shown = (data or {}).get("name") or name
    if shown:
        found.setdefault(external_id or shown, Byline(name=shown, author_id=external_id, role=role))
