"""Words as the index knows them: folded, without punctuation, one blank apart."""

# ruff: noqa: SIM905 - a line of words is read and edited more easily than a list of quotes
from __future__ import annotations

import re

from articles.text.folding import is_mark, strip_accents

_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
_IDEOGRAPHS = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
"""Scripts written without blanks: Han and Kana."""

STOP_WORDS = frozenset(
    (
        "a about after all an and any are as at be been but by can could did do does for from "
        "had has have he her his how i if in into is it its may more most no not of on or our "
        "over she so some such than that the their them then there these they this to under up "
        "was we were what when where which who why will with would you your"
    ).split()
)
"""English words that a search passes over when it has others; quoted ones count."""


class _Characters(dict[int, str | int]):
    """What becomes of a character, worked out once: kept, set apart, or a blank."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        if any(first <= code <= last for first, last in _IDEOGRAPHS):
            result: str | int = f" {char} "
        else:
            result = code if char.isalnum() or is_mark(char) else " "
        self[code] = result
        return result


_characters = _Characters()


def fold_words(text: str) -> str:
    """Return the words of a plain text, folded: no case, accents or punctuation.

    `China’s` gives `china`; `Covid-19` gives `covid 19`; each character of Chinese and
    Japanese is a word of its own, so that a term of several is a phrase. Raises
    nothing, whatever the input.
    """
    plain = strip_accents(_POSSESSIVE.sub("", text)).casefold()
    return " ".join(plain.translate(_characters).split())
