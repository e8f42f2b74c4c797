"""Marks of what was looked for, in the texts that a result shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.words import fold_words

EXCERPT_LENGTH = 180
"""Characters."""

WORDS_BEFORE = 6
"""How many words of an excerpt come before the first mark."""

WINDOW_WORDS = 30
"""Roughly the words of an excerpt: the place with the most wanted words is shown."""

MAX_HITS = 200
"""Marks of a body that are looked at for its excerpt."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+")

_ENDINGS = frozenset(
    {"", "s", "es", "e", "ed", "d", "ing", "er", "ers", "or", "ors", "y", "ies", "ied", "ly"}
    | {"al", "ally", "ion", "ions", "ional", "ment", "ments", "ness", "able"}
)
MIN_STEM = 3


class Marker:
    """Marks words of one search in any number of texts.

    The database decides what is found; this only shows where. It knows the endings
    of English well enough for that, and marks equal words in every language.
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = tuple(wanted)
        self._known: dict[str, str] = {}

    def mark(self, text: str) -> SafeString:
        """Return a plain text as HTML, escaped, with `<mark>` around what was looked for."""
        parts, end = [], 0
        for match in _WORD.finditer(text):
            if self._is_wanted(match[0]):
                parts += [escape(text[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
                end = match.end()
        return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - escaped above

    def holds_any(self, text: str) -> bool:
        """Tell whether a plain text holds something to mark."""
        return any(self._is_wanted(match[0]) for match in _WORD.finditer(text))

    def excerpt(self, text: str) -> SafeString:
        """Return the part of a plain text that holds the most of what was looked for, marked.

        Empty when it holds nothing of it.
        """
        spans = [match.span() for match in _WORD.finditer(text)]
        hits = [
            (number, self._is_wanted(text[start:end])) for number, (start, end) in enumerate(spans)
        ]
        found = [(number, wanted) for number, wanted in hits if wanted][:MAX_HITS]
        if not found:
            return mark_safe("")
        first = max(found, key=lambda hit: (_count_near(hit[0], found), -hit[0]))[0]
        start = spans[max(0, first - WORDS_BEFORE)][0] if first > WORDS_BEFORE else 0
        end = _end_of_words(text, start=start)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return mark_safe(f"{before}{self.mark(text[start:end])}{after}")  # noqa: S308

    def _is_wanted(self, word: str) -> str:
        """Return the wanted word that a word is a form of, or ""."""
        known = self._known.get(word)
        if known is None:
            folded = fold_words(word).split()
            known = next(
                (wanted for wanted in self._wanted if any(is_form_of(f, wanted) for f in folded)),
                "",
            )
            self._known[word] = known
        return known


def is_form_of(word: str, wanted: str) -> bool:
    """Tell whether two folded words differ in their endings only."""
    if word == wanted:
        return True
    stem = _common_start(word, wanted)
    if len(stem) < MIN_STEM:
        return False
    endings = {_ending(word, stem), _ending(wanted, stem)}
    return endings <= _ENDINGS and endings != {"", "e"}


def _common_start(one: str, other: str) -> str:
    for position, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return one[:position]
    return min(one, other, key=len)


def _ending(word: str, stem: str) -> str:
    """Return what follows the stem, without a doubled consonant: `run`, `running`."""
    ending = word[len(stem) :]
    return ending[1:] if len(ending) > 2 and ending[0] == stem[-1] else ending


def _count_near(start: int, found: list[tuple[int, str]]) -> int:
    return len({wanted for number, wanted in found if start <= number < start + WINDOW_WORDS})


def _end_of_words(text: str, *, start: int) -> int:
    if len(text) - start <= EXCERPT_LENGTH:
        return len(text)
    end = text.rfind(" ", start, start + EXCERPT_LENGTH)
    return end if end > start else start + EXCERPT_LENGTH
