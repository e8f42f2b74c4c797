"""A resolved body as plain HTML, for formats that know no blocks.

Semantic elements only: no class of our site, no script, no id of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from articles.blocks.words import is_list_item

_ANCHOR = re.compile(r"<a\b[^<>]*>")
_HREF = re.compile(r'\bhref="([^"]*)"')
_BARE_ANCHOR_TEXT = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def body_html(body: list[dict[str, Any]]) -> str:
    """Return HTML of a body as `articles.exports.bodies.resolve_body` gives it.

    Rich text is taken as it is stored, which is clean; what is plain is escaped. Raw
    HTML and dividers in a row are kept. A block of an unknown type raises KeyError.
    """
    return "\n".join(part for part in map(_block, body) if part)


def _block(block: dict[str, Any]) -> str:
    return _WRITERS[block["type"]](block["value"])


def _rich(html: str) -> str:
    """Return rich text in which a link has its address only, or is none."""

    def replace(match: re.Match[str]) -> str:
        href = _HREF.search(match[0])
        return f'<a href="{href[1]}">' if href else "<a>"

    return _BARE_ANCHOR_TEXT.sub(r"\1", _ANCHOR.sub(replace, html)) if "<a" in html else html


def _items(values: list[Any]) -> list[Any]:
    return [value["value"] if is_list_item(value) else value for value in values]


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _heading(value: dict[str, Any]) -> str:
    return _element(value["level"], value["text"])


def _quote(value: dict[str, Any]) -> str:
    text = _rich(value["text"]) if "<" in value["text"] else _element("p", value["text"])
    source = _element("cite", value.get("attribution", ""))
    return f"<blockquote>{text}{f'<p>{source}</p>' if source else ''}</blockquote>"


def _pull_quote(value: dict[str, Any]) -> str:
    source = _element("cite", value.get("attribution", ""))
    text = _element("p", value["text"])
    return f"<aside><blockquote>{text}{f'<p>{source}</p>' if source else ''}</blockquote></aside>"


def _key_points(value: dict[str, Any]) -> str:
    return f"<ul>{''.join(_element('li', point) for point in _items(value['points']))}</ul>"


def _fact_box(value: dict[str, Any]) -> str:
    return f"<aside>{_element('h3', value['title'])}{_rich(value['text'])}</aside>"


def _timeline(value: dict[str, Any]) -> str:
    events = "".join(
        f"<li>{_element('strong', event['when'])} {_rich(event['text'])}</li>"
        for event in _items(value["events"])
    )
    return f"{_element('h3', value.get('title', ''))}<ol>{events}</ol>"


def _preformatted(value: dict[str, Any]) -> str:
    return _element("pre", value["text"])


def _figure(value: dict[str, Any]) -> str:
    picture = value.get("picture")
    if not picture or not picture["url"]:
        return ""
    caption = " ".join(part for part in (picture["caption"], picture["credit"]) if part)
    image = f'<img src="{escape(picture["url"])}" alt="{escape(picture["alt"])}">'
    return f"<figure>{image}{_element('figcaption', caption)}</figure>"


def _gallery(value: dict[str, Any]) -> str:
    figures = "".join(_figure(picture) for picture in _items(value["images"]))
    return f"<section>{_element('h3', value.get('title', ''))}{figures}</section>"


def _media(value: dict[str, Any]) -> str:
    target = value.get("target")
    url = target["url"] if target else value.get("source_url", "")
    if not url:
        return ""
    caption = " ".join(part for part in (value.get("caption"), value.get("credit")) if part)
    kind = "video" if value["kind"] == "video" else "audio"
    player = f'<{kind} controls src="{escape(url)}"></{kind}>'
    return f"<figure>{player}{_element('figcaption', caption)}</figure>"


def _embed(value: dict[str, Any]) -> str:
    url = escape(value["url"])
    caption = _element("figcaption", value.get("caption", ""))
    return f'<figure><a href="{url}">{url}</a>{caption}</figure>'


def _also_read(value: dict[str, Any]) -> str:
    target = value.get("target")
    if not target:
        return ""
    return f'<p>Also Read: <a href="{escape(target["url"])}">{escape(target["title"])}</a></p>'


def _table(value: dict[str, Any]) -> str:
    columns = [column.get("heading", "") for column in value["columns"]]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_rich(cell)}</td>" for cell in row["values"]) + "</tr>"
        for row in value["rows"]
    )
    caption = _element("caption", value.get("caption", ""))
    head = f"<thead><tr>{head}</tr></thead>" if any(columns) else ""
    return f"<table>{caption}{head}<tbody>{rows}</tbody></table>"


_WRITERS: dict[str, Callable[[Any], str]] = {
    "paragraph": _rich,
    "heading": _heading,
    "quote": _quote,
    "pull_quote": _pull_quote,
    "key_points": _key_points,
    "fact_box": _fact_box,
    "timeline": _timeline,
    "preformatted": _preformatted,
    "divider": lambda value: "<hr>",
    "image": _figure,
    "gallery": _gallery,
    "media": _media,
    "embed": _embed,
    "also_read": _also_read,
    "table": _table,
    "raw_html": str,
}
