"""What a reader typed, understood the same way for every database.

The language is that of search engines: words must all occur, `"a phrase"` in this
order, `-word` must not occur, `OR` (in capitals) between alternatives. Nothing a
reader types is an error of syntax: what makes no sense is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from articles.search.words import STOP_WORDS, fold_words

MAX_CHARACTERS = 200
MAX_WORDS = 20

_TERM = re.compile(r'(-?)"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))


class Trouble(Enum):
    """Why a text cannot be searched for."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY_WORDS = "too many words"
    ONLY_UNWANTED = "only unwanted words"


class UnsearchableError(ValueError):
    """The text holds nothing to look for, or too much."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that follow each other; mostly one. `is_quoted`: the reader said so."""

    words: tuple[str, ...]
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """All of `wanted` (at least one) and none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """One of the alternatives must hold; there is at least one."""

    alternatives: tuple[Alternative, ...]

    @property
    def wanted_words(self) -> frozenset[str]:
        """Every word that may be marked in what is found."""
        return frozenset(
            word
            for alternative in self.alternatives
            for term in alternative.wanted
            for word in term.words
        )


def parse_query(text: str) -> ParsedQuery:
    """Understand what a reader typed.

    Raises:
        UnsearchableError: it is empty, longer than `MAX_CHARACTERS` or `MAX_WORDS`, or
            names only what must not occur.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnsearchableError(Trouble.TOO_LONG)
    groups: list[list[tuple[bool, Term]]] = [[]]
    count = 0
    for match in _TERM.finditer(text.translate(_QUOTES)):
        minus, quoted, bare = match.groups()
        if bare == "OR":
            groups.append([])
            continue
        is_unwanted = bool(minus) or (bare or "").startswith("-")
        words = _searchable_words(bare if quoted is None else quoted)
        if words:
            count += len(words)
            groups[-1].append((is_unwanted, Term(words, is_quoted=quoted is not None)))
    if count > MAX_WORDS:
        raise UnsearchableError(Trouble.TOO_MANY_WORDS)
    alternatives = tuple(filter(None, map(_to_alternative, groups)))
    if not alternatives:
        raise UnsearchableError(Trouble.ONLY_UNWANTED if count else Trouble.EMPTY)
    return ParsedQuery(alternatives)


def _searchable_words(text: str) -> tuple[str, ...]:
    words = fold_words(text).split()
    return tuple(word for word in words if any(char.isalnum() for char in word))


def _to_alternative(terms: list[tuple[bool, Term]]) -> Alternative | None:
    wanted = tuple(term for is_unwanted, term in terms if not is_unwanted)
    if not wanted:
        return None
    telling = tuple(term for term in wanted if term.is_quoted or not _is_stop_word(term))
    unwanted = tuple(term for is_unwanted, term in terms if is_unwanted)
    return Alternative(telling or wanted, unwanted)


def _is_stop_word(term: Term) -> bool:
    return len(term.words) == 1 and term.words[0] in STOP_WORDS
