"""Folding: forms of a text in which case, accents and spacing make no difference."""

from __future__ import annotations

import unicodedata

KEPT_SYMBOLS = frozenset("+#&%$€")
"""Symbols that tell names apart: C, C++ and C#."""


def strip_accents(text: str) -> str:
    """Return a text without combining accents (U+0300 to U+036F), else as it was."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", kept)


def fold(text: str) -> str:
    """Return the key under which a name is one with its other spellings.

    `AI`, `ai` and `A.I.` give `ai`; `Élysée Palace` gives `elyseepalace`. A name of
    punctuation only gives the empty string.
    """
    plain = strip_accents(text).casefold()
    return "".join(
        char for char in plain if char.isalnum() or char in KEPT_SYMBOLS or is_mark(char)
    )


def is_mark(char: str) -> bool:
    """Tell whether a character is a vowel sign or the like, which belongs to its word."""
    return unicodedata.category(char) in {"Mn", "Mc"}
