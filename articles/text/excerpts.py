"""Excerpts: the first words of a text, cut where a reader would."""

from __future__ import annotations

_ENDS = ("[…]", "[...]", "…", "...")


def cut_at_word(text: str, *, max_length: int) -> str:
    """Return a text of at most `max_length` characters, with an ellipsis if it was cut."""
    text = " ".join(text.split())
    if len(text) <= max_length:
        return text
    head = text[:max_length]
    words = head.rpartition(" ")[0] or head[: max_length - 1]
    return words.rstrip(" ,;:–—-") + "…" if len(words) < max_length else words[:-1] + "…"


def is_start_of(excerpt: str, *, text: str) -> bool:
    """Tell whether an excerpt only repeats the start of a text (both plain text)."""
    short = " ".join(excerpt.split())
    for end in _ENDS:
        short = short.removesuffix(end).rstrip()
    words = [word.casefold() for word in short.split()]
    head = [word.casefold() for word in text.split(maxsplit=len(words))[: len(words)]]
    return bool(words) and words == head


def count_words(text: str) -> int:
    """Return the number of words of a plain text, by its blanks."""
    return len(text.split())
