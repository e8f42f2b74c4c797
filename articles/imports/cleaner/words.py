"""The check that no words are lost on the way from the source to the blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

from articles.imports.cleaner.ledger import Block, Ledger
from articles.text.html import plain_text

MIN_KEPT = 0.98
"""Share of the source's words below which an operator is told."""

_WORD = re.compile(r"\w+")
_URL = re.compile(r"https?://[^\s<>\"'\[\]]+")
"""An address alone may become an embed's; it is no word that could be lost."""
_COMMENT_START, _COMMENT_END = "<!--", "-->"
_SHOWN = frozenset(
    {"text", "title", "attribution", "wanted_headline", "caption", "credit", "heading", "when"}
)
"""Keys of block values whose text stood in the source (`alt_text` did not)."""


def source_words(html: str) -> list[str]:
    """List the words of a source text, comments left out, folded in case."""
    return split_words(_drop_comments(html))


def split_words(html: str) -> list[str]:
    """List the words of a piece of HTML or text."""
    return _WORD.findall(_URL.sub(" ", plain_text(html)).casefold())


def block_words(blocks: Iterable[Block]) -> list[str]:
    """List the words readers see in blocks, as they are made or as they are stored."""
    # In one piece, which is much faster: tags and escaped texts cannot reach into each other.
    return split_words("\n".join(map(_as_html, _texts(list(blocks)))))


def _as_html(text: str) -> str:
    is_rich = text.startswith(("<p>", "<ul>", "<ol>"))
    return text if is_rich else escape(text, quote=False)


def count_expected(source: list[str], *, ledger: Ledger) -> int:
    """Return how many words of a source text should arrive: all but those left out by rule."""
    if not ledger.removed_texts:
        return len(source)
    return len(source) - sum((_removed_words(ledger) & Counter(source)).values())


def report_lost_words(
    *, source: list[str], out: list[str], ledger: Ledger, shown: int = 8
) -> list[str]:
    """Note a problem when too many words are missing; return the missing ones in order."""
    removed = _removed_words(ledger)
    expected = count_expected(source, ledger=ledger)
    have = removed + Counter(out)
    missing: list[str] = []
    for word in source:
        if have[word] > 0:
            have[word] -= 1
        else:
            missing.append(word)
    if expected > 0 and len(missing) > max(expected, 1) * (1 - MIN_KEPT):
        first = " ".join(missing[:shown])
        ledger.tell(
            "words_lost",
            name="",
            detail=f"{len(missing)} of {expected} words did not arrive; the first: {first}",
        )
    return missing


def _removed_words(ledger: Ledger) -> Counter[str]:
    removed: Counter[str] = Counter()
    for text in ledger.removed_texts:
        removed.update(split_words(text))
    return removed


def _texts(value: Any, *, key: str = "text") -> Iterable[str]:
    # A block's value is JSON: any shape of lists, objects, text, numbers and nulls.
    if isinstance(value, str):
        if key in _SHOWN:
            yield value
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child, key=key)
    elif isinstance(value, dict):
        for name, child in value.items():
            inherited = "text" if name in {"value", "values", "points"} else name
            yield from _texts(child, key=inherited)


def _drop_comments(html: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := html.find(_COMMENT_START, position)) >= 0:
        parts.append(html[position:start])
        end = html.find(_COMMENT_END, start + 4)
        if end < 0:
            position = start + 4
            break
        position = end + 3
    parts.append(html[position:])
    return " ".join(parts)
