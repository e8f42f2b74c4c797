"""The elements of a WordPress export as plain values, by namespace and not by prefix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import cast

from lxml import etree

from articles.imports.readers.xml_guard import iter_elements

WP_NAMESPACES = ("http://wordpress.org/export/", "https://wordpress.org/export/")
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
_PARTS = ("{*}channel", "{*}item", "{*}author", "{*}category", "{*}tag", "{*}term")
_PART_KEYS = frozenset({"item", "wp:author", "wp:category", "wp:tag", "wp:term"})


@dataclass(frozen=True, slots=True)
class Term:
    """A `category` element of an item: its taxonomy, slug and name."""

    domain: str
    slug: str
    name: str


@dataclass(slots=True)
class RawItem:
    """One `item`, nothing interpreted. `fields` holds the first value of each name."""

    number: int
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    comments: Counter[str] = field(default_factory=Counter)
    """Comments by kind: `comment`, or `pingback` for all that no person wrote."""

    def get(self, key: str) -> str:
        """Return a field as it stands in the file, "" when it is absent."""
        return self.fields.get(key, "")

    def text(self, key: str) -> str:
        """Return a field without blanks at its ends."""
        return self.fields.get(key, "").strip()


@dataclass(slots=True)
class Channel:
    """What the file says of the site, and the parts that are not items."""

    fields: dict[str, str] = field(default_factory=dict)
    is_wxr: bool = False
    is_whole: bool = False
    """The file has a `channel` in an `rss`, and it was read to its end."""


@dataclass(frozen=True, slots=True)
class Declared:
    """An author or term of the file's head; `kind` is `wp:author`, `wp:term` and so on."""

    kind: str
    fields: dict[str, str]


@lru_cache(maxsize=512)
def key_of(tag: str) -> str:
    """Return `wp:post_id` and the like for a qualified name, "" for foreign ones."""
    if not tag.startswith("{"):
        return tag
    namespace, _, name = tag[1:].partition("}")
    if namespace.startswith(WP_NAMESPACES):
        return f"excerpt:{name}" if namespace.rstrip("/").endswith("excerpt") else f"wp:{name}"
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}{name}" if prefix else ""


def iter_parts(path: Path, *, channel: Channel) -> Iterator[Declared | RawItem]:
    """Yield authors, terms and items in file order, and fill in the channel on the way.

    Each part is freed when the next is asked for. Raises `UnusableSource`.
    """
    number = 0
    for element in iter_elements(path, tags=_PARTS):
        parent = element.getparent()
        if parent is not None and (parent.tag, element.tag) == ("rss", "channel"):
            _read_rest(element, channel=channel)
        if parent is None or key_of(parent.tag) != "channel":
            continue
        _read_before(element, channel=channel)
        kind = key_of(element.tag)
        if kind == "item":
            number += 1
            yield read_item(element, number=number)
        elif kind in _PART_KEYS:
            yield Declared(kind=kind, fields=_fields(element))
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def _read_before(element: etree._Element, *, channel: Channel) -> None:
    if not channel.is_wxr:
        spaces = [*element.nsmap.values(), *(child.tag[1:] for child in element)]
        channel.is_wxr = any(space.startswith(WP_NAMESPACES) for space in spaces if space)
    sibling = element.getprevious()
    while sibling is not None:
        key = key_of(sibling.tag) if isinstance(sibling.tag, str) else ""
        if key and key not in _PART_KEYS:
            channel.fields[key] = text_of(sibling).strip()
        sibling = sibling.getprevious()


def _read_rest(element: etree._Element, *, channel: Channel) -> None:
    """Read what stands behind the last part; all of a channel without parts."""
    channel.is_whole = True
    if len(element):
        _read_before(element[-1], channel=channel)
        key = key_of(element[-1].tag) if isinstance(element[-1].tag, str) else ""
        if key and key not in _PART_KEYS:
            channel.fields[key] = text_of(element[-1]).strip()


def read_item(element: etree._Element, *, number: int) -> RawItem:
    """Read one `item` element."""
    item = RawItem(number=number, line=cast("int | None", element.sourceline) or 0)
    for child in element:
        key = key_of(child.tag) if isinstance(child.tag, str) else ""
        if key == "category":
            item.terms.append(_term(child))
        elif key == "wp:postmeta":
            values = _fields(child)
            name = values.get("wp:meta_key", "").strip()
            item.meta.setdefault(name, []).append(values.get("wp:meta_value", ""))
        elif key == "wp:comment":
            kind = _fields(child).get("wp:comment_type", "").strip() or "comment"
            item.comments["comment" if kind == "comment" else "pingback"] += 1
        elif key:
            item.fields.setdefault(key, text_of(child))
    return item


def text_of(element: etree._Element) -> str:
    """Return all text of an element."""
    if not len(element):
        return element.text or ""
    return "".join(str(part) for part in element.itertext())


def clean_name(name: str, *, slug: str = "") -> str:
    """Return a term's name with its entities decoded; twice if the slug has none either."""
    once = " ".join(unescape(name).split())
    if "&amp;" in once and "amp" not in slug:
        return unescape(once)
    return once


def _term(element: etree._Element) -> Term:
    slug = element.get("nicename", "").strip()
    return Term(
        domain=element.get("domain", "").strip(),
        slug=slug,
        name=clean_name(text_of(element), slug=slug),
    )


def _fields(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(key_of(child.tag), text_of(child))
    return found
