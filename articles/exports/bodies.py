"""Bodies: what they refer to, and how that reads where our ids mean nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from articles.blocks.words import body_texts, is_list_item
from articles.exports.records import ExportedPicture
from articles.text.html import plain_text

Blocks = list[dict[str, Any]]

ID_KEYS = {"image": "images", "article": "pages", "file": "documents"}
"""Keys of block values that hold an id, and the table it belongs to."""

_ANCHOR = re.compile(r"<a\b([^<>]*)>")
_LINK_TYPE = re.compile(r'\blinktype="(page|document)"')
_LINK_ID = re.compile(r'\bid="(\d{1,18})"')
_HREF = re.compile(r'\bhref="')


@dataclass(frozen=True, slots=True)
class Target:
    """A page or file that a body points at; `url` is absolute."""

    url: str
    title: str


@dataclass(slots=True)
class References:
    """Ids that bodies refer to."""

    images: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the ids stand for. Pages and files that readers may not see are absent."""

    images: Mapping[int, ExportedPicture]
    pages: Mapping[int, Target]
    documents: Mapping[int, Target]


@dataclass(slots=True)
class Survey:
    """What a body holds. `links` counts *Also Read* blocks with a target or a wish, too."""

    images: int = 0
    links: int = 0


def survey_body(body: Blocks, *, references: References) -> Survey:
    """Count a raw body's pictures (those of galleries included) and links.

    The ids that it refers to are added to `references`.
    """
    survey = Survey()
    _survey(body, survey, references)
    return survey


def resolve_body(body: Blocks, *, resolved: Resolved) -> Blocks:
    """Return a copy of a raw body in which each reference says what it stands for.

    What is stored stays as it is. Beside `image` stands `picture` with `url`, `alt`,
    `caption` and `credit` as readers get them; beside `article` and `file` stands
    `target` with `url` and `title`; links to pages and files have an `href`. `picture` is
    null without a picture, `target` is null when readers may not see it.
    """
    return [_resolve(block, resolved) for block in body]


def body_text(body: Blocks) -> str:
    """Return the words that readers see, a blank line between blocks' texts."""
    texts = (plain_text(text) for text in body_texts(body))
    return "\n\n".join(text for text in texts if text)


def _is_picture(value: dict[str, Any]) -> bool:
    """Tell whether a block's value is a picture's: an import may leave its address only."""
    return "image" in value or ("source_url" in value and "kind" not in value)


def _survey(value: Any, survey: Survey, references: References) -> None:
    if isinstance(value, str):
        if "<a" in value:
            _survey_links(value, survey, references)
    elif isinstance(value, list):
        for item in value:
            _survey(item, survey, references)
    elif isinstance(value, dict):
        if "value" in value and "type" in value:
            _survey(value["value"], survey, references)
            return
        for key, table in ID_KEYS.items():
            if isinstance(value.get(key), int):
                getattr(references, table).add(value[key])
        survey.images += _is_picture(value)
        survey.links += bool(value.get("article") or value.get("wanted_headline"))
        for inner in value.values():
            _survey(inner, survey, references)


def _survey_links(html: str, survey: Survey, references: References) -> None:
    for attributes in _ANCHOR.findall(html):
        kind, number = _LINK_TYPE.search(attributes), _LINK_ID.search(attributes)
        if kind and number:
            ids = references.pages if kind[1] == "page" else references.documents
            ids.add(int(number[1]))
        survey.links += bool(kind or _HREF.search(attributes))


def _resolve(value: Any, resolved: Resolved) -> Any:
    if isinstance(value, str):
        return _with_addresses(value, resolved) if "<a" in value else value
    if isinstance(value, list):
        return [_resolve(item, resolved) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: _resolve(inner, resolved) for key, inner in value.items()}
    if "value" in value and ("type" in value or is_list_item(value)):
        return result
    if _is_picture(value):
        result["picture"] = _picture(value, resolved)
    for key, targets in (("article", resolved.pages), ("file", resolved.documents)):
        if key in value:
            target = targets.get(value[key])
            result["target"] = target and {"url": target.url, "title": target.title}
    return result


def _picture(value: dict[str, Any], resolved: Resolved) -> dict[str, str] | None:
    own = resolved.images.get(value.get("image") or 0)
    url = (own and own.url) or value.get("source_url") or ""
    if own is None and not url:
        return None
    own = own or ExportedPicture(url="")
    return {
        "url": url,
        "alt": "" if value.get("decorative") else value.get("alt_text") or own.alt,
        "caption": value.get("caption") or own.caption,
        "credit": value.get("credit") or own.credit,
    }


def _with_addresses(text: str, resolved: Resolved) -> str:
    def replace(match: re.Match[str]) -> str:
        attributes = match[1]
        kind, number = _LINK_TYPE.search(attributes), _LINK_ID.search(attributes)
        if not kind or not number or _HREF.search(attributes):
            return match[0]
        targets = resolved.pages if kind[1] == "page" else resolved.documents
        target = targets.get(int(number[1]))
        return f'<a{attributes} href="{escape(target.url)}">' if target else match[0]

    return _ANCHOR.sub(replace, text)
