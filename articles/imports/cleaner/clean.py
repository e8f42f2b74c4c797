"""The cleaner's front door: a foreign body in, blocks and a reckoning out."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

# These two register the elements they know with the walk.
from articles.imports.cleaner import structures, tables  # noqa: F401
from articles.imports.cleaner.autop import add_paragraphs, text_to_html
from articles.imports.cleaner.datelines import lift_dateline
from articles.imports.cleaner.gutenberg import blocks_to_html, has_blocks
from articles.imports.cleaner.html_blocks import build_blocks
from articles.imports.cleaner.ledger import Block, CleanedBody, Ledger
from articles.imports.cleaner.shortcodes import expand_shortcodes
from articles.imports.cleaner.tidy import tidy
from articles.imports.cleaner.words import (
    block_words,
    count_expected,
    report_lost_words,
    source_words,
)
from articles.imports.items import ArticleItem, BodyFlavor, Dateline
from articles.text.html import plain_text
from articles.text.safe_html import drop_controls, sanitize_tree

_BYLINE = re.compile(r"^(?:By|Von|Par|De|Por|Di|Av|Af)\s\S.{0,58}$")
_LINK = re.compile(r"<a href=")


def clean(body: str, *, flavor: BodyFlavor, item: ArticleItem, base_url: str = "") -> CleanedBody:
    """Turn a body into blocks.

    Args:
        body: the source's text, untrusted.
        flavor: `html` as it is shown, `classic` or `blocks` of WordPress, plain `text`.
        item: gives the title, the media and reusable blocks the body refers to, and the
            dateline if the source states it apart; it is not changed.
        base_url: the site's address, by which relative links become absolute.

    Returns:
        Blocks with ids that are the same on every run, and what was counted. Never
        raises on account of the body; the same input gives the same output.
    """
    base = urljoin(base_url, item.old_urls[0]) if base_url and item.old_urls else base_url
    ledger = Ledger(item, base_url=base)
    body = drop_controls(body)
    html = tidy(_to_html(body, flavor=flavor, ledger=ledger), ledger=ledger)
    blocks = build_blocks(sanitize_tree(html), ledger=ledger)
    _shift_headings(blocks)
    dateline = _lift_dateline(blocks, ledger=ledger)
    source = text_to_html(body) if flavor == "text" else body
    words_in, words_out = source_words(source), block_words(blocks)
    report_lost_words(source=words_in, out=words_out, ledger=ledger)
    return CleanedBody(
        blocks=_with_ids(blocks, item=item),
        dateline=dateline,
        problems=ledger.problems,
        dropped=ledger.dropped,
        words_in=len(words_in),
        words_out=len(words_out),
        words_expected=count_expected(words_in, ledger=ledger),
        images=sum(_count_images(block) for block in blocks),
        links=sum(_count_links(block["value"]) for block in blocks),
    )


def _to_html(body: str, *, flavor: BodyFlavor, ledger: Ledger) -> str:
    if flavor == "text":
        return text_to_html(body)
    if flavor == "html":
        return body
    if flavor == "blocks" or has_blocks(body):
        return blocks_to_html(body, ledger=ledger)
    return add_paragraphs(expand_shortcodes(body, ledger=ledger))


def _shift_headings(blocks: list[Block]) -> None:
    """Name the levels so that the first heading is an h2, and none is below h4."""
    headings = [block["value"] for block in blocks if block["type"] == "heading"]
    shift = headings[0]["level"] - 2 if headings else 0
    for heading in headings:
        heading["level"] = f"h{min(max(heading['level'] - shift, 2), 4)}"


def _lift_dateline(blocks: list[Block], *, ledger: Ledger) -> Dateline | None:
    known = ledger.item.dateline
    for block in blocks[:6]:
        if block["type"] in {"image", "media", "embed", "gallery", "key_points"}:
            continue
        if block["type"] != "paragraph" or not block["value"].startswith("<p>"):
            break
        lifted = lift_dateline(block["value"], known=known)
        if lifted:
            block["value"], dateline, taken = lifted
            ledger.drop("dateline", taken)
            return dateline
        # A line that only signs the article may stand before the dateline.
        if not _BYLINE.match(plain_text(block["value"][:400])):
            break
    return known


def _with_ids(blocks: list[Block], *, item: ArticleItem) -> list[Block]:
    return [
        {**block, "id": str(uuid5(NAMESPACE_URL, f"{item.external_id}/{place}"))}
        for place, block in enumerate(blocks)
    ]


def _count_images(block: Block) -> int:
    if block["type"] == "gallery":
        return len(block["value"]["images"])
    return int(block["type"] == "image")


def _count_links(value: Any) -> int:
    if isinstance(value, str):
        return len(_LINK.findall(value))
    if isinstance(value, list):
        return sum(_count_links(child) for child in value)
    if isinstance(value, dict):
        return sum(_count_links(child) for child in value.values()) + bool(value.get("wanted_url"))
    return 0
