"""A raw body as the HTML that readers get."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from articles.reading.body.blocks import BLOCKS
from articles.reading.body.datelines import dateline_html
from articles.reading.body.references import Targets
from articles.reading.body.rich_text import expand
from articles.reading.records import Picture
from articles.text.html import plain_text

FRAME_IDS = frozenset({"content", "navigation"})
"""Ids of the page's frame that a heading's words could be; the others have longer names."""

_FIRST_PARAGRAPH = re.compile(r"\s*<p(?:\s[^>]*)?>")


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """Safe HTML, and the second-level headings as (title, anchor)."""

    html: SafeString
    contents: tuple[tuple[str, str], ...]


class Renderer:
    """Renders the blocks of one page; knows its targets and the anchors given so far."""

    def __init__(self, targets: Targets, *, page_id: int | None = None) -> None:
        self.targets = targets
        self.page_id = page_id
        self.contents: list[tuple[str, str]] = []
        self._anchors = set(FRAME_IDS)

    def rich(self, html: str | None) -> SafeString:
        """Return a rich text with the addresses of its links."""
        return expand(html or "", links=self.targets.links, documents=self.targets.documents)

    def picture(self, image_id: int | None) -> Picture | None:
        """Return a picture in the renditions it has."""
        return self.targets.pictures.get(image_id) if image_id else None

    def anchor_of(self, title: str, *, level: str) -> str:
        """Return an id for a heading that no other one on the page has."""
        base = slugify(title, allow_unicode=True) or "section"
        anchor, number = base, 2
        while anchor in self._anchors:
            anchor, number = f"{base}-{number}", number + 1
        self._anchors.add(anchor)
        if level == "h2":
            self.contents.append((title, anchor))
        return anchor


def render_body(
    raw: Iterable[Mapping[str, Any]],
    *,
    targets: Targets,
    dateline: str = "",
    page_id: int | None = None,
) -> RenderedBody:
    """Return a body as HTML. Takes no query.

    Args:
        raw: the raw data of a StreamField: blocks with `type` and `value`.
        targets: what it refers to; what is not there renders as text, or not at all.
        dateline: plain text, run in before the first paragraph's first words.
        page_id: of the page it stands on, which it does not advertise to its readers.
    """
    renderer = Renderer(targets, page_id=page_id)
    parts: list[str] = []
    pending = dateline
    for block in raw:
        render = BLOCKS.get(block["type"])
        is_empty = not block["value"] and block["type"] != "divider"
        html = "" if render is None or is_empty else render(block["value"], renderer)
        if pending and block["type"] == "paragraph" and html.strip():
            html, pending = _run_in(html, dateline=pending), ""
        parts.append(html)
    if pending:
        parts.insert(0, f"<p>{dateline_html(pending)}</p>")
    html = "\n".join(part.strip() for part in parts if part.strip())
    return RenderedBody(mark_safe(html), tuple(renderer.contents))  # noqa: S308 - from safe parts


def opening_words(raw: Iterable[Mapping[str, Any]]) -> str:
    """Return the first paragraph of a raw body as plain text; "" if it has none."""
    texts = (plain_text(block["value"] or "") for block in raw if block["type"] == "paragraph")
    return next((text for text in texts if text), "")


def _run_in(html: str, *, dateline: str) -> str:
    """Put a dateline before the first words; before a list it is a paragraph of its own."""
    match = _FIRST_PARAGRAPH.match(html)
    if match is None:
        return f"<p>{dateline_html(dateline)}</p>{html}"
    return f"{html[: match.end()]}{dateline_html(dateline)}{html[match.end() :]}"
