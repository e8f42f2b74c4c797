"""What the cleaner found and left out, gathered while a body goes through its steps."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from articles.imports.items import ArticleItem, Dateline, MediaItem, Problem

Block = dict[str, Any]
"""One StreamField block, `{"type", "value", "id"}`; values hold text, lists and nulls."""

_SIZE_SUFFIX = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(?=\.\w{2,5}$)")
_LAST_NUMBER = re.compile(r"(\d+)$")


@dataclass(slots=True)
class CleanedBody:
    """A body in blocks, with what a report says of it.

    `dropped` counts what was left out, by kind (`script`, `shortcode:adrotate`,
    `block:core/latest-posts`); `images` and `links` count what is in the blocks;
    `words_expected` are the source's without those that were left out by rule.
    """

    blocks: list[Block] = field(default_factory=list)
    dateline: Dateline | None = None
    problems: list[Problem] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    words_in: int = 0
    words_out: int = 0
    words_expected: int = 0
    images: int = 0
    links: int = 0


class Ledger:
    """The item being cleaned, and the books kept on it."""

    def __init__(self, item: ArticleItem, *, base_url: str = "") -> None:
        self.item = item
        self.base_url = base_url
        self.problems: list[Problem] = []
        self.dropped: Counter[str] = Counter()
        self.removed_texts: list[str] = []
        self._told: set[tuple[str, str]] = set()
        self._by_number: dict[str, MediaItem] = {}
        self._by_address: dict[str, MediaItem] = {}
        for media in reversed(item.media):
            number = _LAST_NUMBER.search(media.external_id)
            if number:
                self._by_number[number[1]] = media
            if media.url:
                self._by_address[address_key(media.url)] = media
        # An id that is wholly the number beats one that only ends in it.
        self._by_number |= {media.external_id: media for media in reversed(item.media)}

    def drop(self, kind: str, text: str = "") -> None:
        """Count something left out by rule; its words are not missed afterwards."""
        self.dropped[kind] += 1
        if text:
            self.removed_texts.append(text)

    def tell(self, kind: str, *, name: str, detail: str) -> None:
        """Note a problem once for each name."""
        if (kind, name) not in self._told:
            self._told.add((kind, name))
            self.problems.append(Problem(item=self.item.external_id, kind=kind, detail=detail))

    def find_media(self, *, number: str = "", url: str = "") -> MediaItem | None:
        """Return the media item of a number, else of an address in whatever size."""
        if number and number in self._by_number:
            return self._by_number[number]
        return self._by_address.get(address_key(url)) if url else None


def address_key(url: str) -> str:
    """Return what is the same for a picture's sizes: no scheme, query or size suffix."""
    plain = url.partition("?")[0].partition("#")[0].partition("://")[2] or url
    return _SIZE_SUFFIX.sub("", plain)
