"""Words of a body, counted on its raw data without making block instances."""

from __future__ import annotations

from typing import Any

from articles.text.html import plain_text

HTML_KEYS = frozenset({"text", "caption", "title", "attribution", "heading", "points", "when"})
"""Keys of block values that hold text readers see."""

SKIPPED_TYPES = frozenset({"also_read", "embed", "raw_html", "divider"})


def body_texts(raw: Any) -> list[str]:
    """Return the HTML or plain texts of a raw StreamField value, in reading order.

    Args:
        raw: a list of `{"type", "value", "id"}`, or a StreamValue.
    """
    texts: list[str] = []
    for block in getattr(raw, "raw_data", raw) or ():
        if block["type"] not in SKIPPED_TYPES:
            _gather(block["value"], texts)
    return texts


def _gather(value: Any, texts: list[str]) -> None:
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in HTML_KEYS or isinstance(inner, list | dict):
                _gather(inner, texts)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner.get("value") if is_list_item(inner) else inner, texts)


def is_list_item(value: Any) -> bool:
    """Tell whether a value is Wagtail's wrapping of a ListBlock's item."""
    return isinstance(value, dict) and value.get("type") == "item" and "value" in value


def count_words(raw: Any) -> int:
    """Return how many words readers see in a body."""
    return sum(len(plain_text(text).split()) for text in body_texts(raw))
