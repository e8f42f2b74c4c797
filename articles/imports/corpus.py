"""A synthetic WordPress archive for measurements: as long as wanted, the same every time.

Everything about an item that other items refer to (headline, address, date) is a pure
function of its number, so links lead to any item while nothing is kept in memory.
Only `Random.random` and `randbytes` are drawn from: their sequence for a seed has been the
same in every Python 3 that has them.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import BinaryIO, TypeVar

from articles.imports import corpus_words as words
from articles.imports.corpus_markup import (
    ItemText,
    build_attachment,
    build_channel_head,
    build_item,
    paragraph_writers,
)

T = TypeVar("T")

BASE_URL = "https://archive.example.org"
LAST_MOMENT = datetime(2026, 6, 30, 18, tzinfo=UTC)
SPAN = timedelta(days=12 * 365 + 3)
FIRST_SCHEDULED = datetime(2041, 1, 1, 6, tzinfo=UTC)
"""Far enough ahead that scheduled items are not released while somebody measures."""
LOCAL_OFFSET = timedelta(hours=5)
FIRST_ID = 1_000
SENTENCES_PER_SUBJECT = 2_048  # a power of two
MIN_SENTENCES, MAX_SENTENCES = 24, 42
_POOL_MASK = SENTENCES_PER_SUBJECT - 1
CHUNK_ITEMS = 200
TITLES_PER_SUBJECT = len(words.PLACES) * 16 * len(words.VERBS) * 12 * len(words.HEADLINES)
MAX_ARTICLES = TITLES_PER_SUBJECT * len(words.SUBJECTS)
"""As many as there are different headlines."""
_STRIDE = 611_953  # coprime to the number of headlines, so that it visits each of them once


@dataclass(frozen=True, slots=True)
class CorpusCounts:
    """What has been written. `articles` is the sum of the four that follow."""

    articles: int
    published: int
    draft: int
    scheduled: int
    private: int
    attachments: int


@dataclass(frozen=True, slots=True)
class _Reference:
    """What other items may know of an item."""

    title: str
    slug: str
    url: str
    status: str
    published_at: datetime
    parts: tuple[str, str, str, str]
    """Actor, verb, object, place: what the headline is made of."""


class Numbered:
    """Headlines, addresses and dates of an archive's items by their number, from 0."""

    def __init__(self, *, count: int, seed: int) -> None:
        self.count = count
        self._offset = seed * 7_919
        if not 0 < count <= MAX_ARTICLES:
            raise ValueError(f"an archive has 1 to {MAX_ARTICLES} articles, not {count}")
        self._slugs = {text: slugify(text) for text in _list_slugged()}
        self._step = SPAN / count

    def _choose(self, number: int) -> tuple[tuple[str, str, str, str], int]:
        """Give actor, verb, object and place, and the number of the headline's shape."""
        subject = words.SUBJECTS[number % len(words.SUBJECTS)]
        rest = (number // len(words.SUBJECTS) * _STRIDE + self._offset) % TITLES_PER_SUBJECT
        rest, place = divmod(rest, len(words.PLACES))
        rest, thing = divmod(rest, 16)
        rest, verb = divmod(rest, len(words.VERBS))
        shape, actor = divmod(rest, 12)
        actor_text, thing_text = subject.actors[actor], subject.objects[thing]
        return (actor_text, words.VERBS[verb], thing_text, words.PLACES[place]), shape

    def status(self, number: int) -> str:
        """Give WordPress's word: of 50 items 46 are published, 2 drafts, 1 future, 1 private."""
        return _STATUSES.get((number * 31 + self._offset) % 50, "publish")

    def published_at(self, number: int) -> datetime:
        """Give the moment, in UTC and whole seconds; numbers grow with time."""
        if self.status(number) == "future":
            return FIRST_SCHEDULED + timedelta(minutes=number)
        moment = LAST_MOMENT - SPAN + self._step * number
        return moment.replace(microsecond=0)

    def refer(self, number: int) -> _Reference:
        """Give what others may know of an item; no two items have the same headline."""
        parts, shape = self._choose(number)
        actor, verb, thing, place = parts
        title = words.HEADLINES[shape].format(a=actor, v=verb, o=thing, p=place)
        slugs = self._slugs
        slug = _SLUG_SHAPES[shape].format(
            a=slugs[actor], v=slugs[verb], o=slugs[thing], p=slugs[place]
        )
        status = self.status(number)
        moment = self.published_at(number)
        if status in {"draft", "future"}:
            url = f"{BASE_URL}/?p={post_id(number)}"
        else:
            local = moment + LOCAL_OFFSET
            url = f"{BASE_URL}/{local.year}/{local.month:02}/{local.day:02}/{slug}/"
        return _Reference(title, slug, url, status, moment, parts)


_SLUG_SHAPES = (
    "{a}-{v}-{o}-in-{p}",
    "{p}-{a}-{v}-{o}",
    "{a}-{v}-{o}-{p}-waits",
    "what-it-means-when-{a}-{v}-{o}-in-{p}",
)
_STATUSES = {7: "draft", 23: "draft", 31: "future", 44: "private"}
_SLUG_TABLE = {ord(char): "-" for char in " "} | {ord(char): None for char in "’“”:,+&."}


def post_id(number: int) -> int:
    """Give an article's id at the source; its attachment has the next one."""
    return FIRST_ID + 2 * number


def slugify(text: str) -> str:
    """Make a slug as WordPress does for these words: lower case, ASCII, hyphens."""
    text = text.lower().translate(_SLUG_TABLE)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.replace("--", "-")


def _list_slugged() -> list[str]:
    subjects = [text for s in words.SUBJECTS for text in (*s.actors, *s.objects)]
    return [*subjects, *words.VERBS, *words.PLACES]


def write_corpus(
    out: BinaryIO,
    *,
    count: int,
    seed: int = 1,
    report: Callable[[int], None] | None = None,
) -> CorpusCounts:
    """Write a WXR 1.2 archive; the same bytes for the same count and seed.

    Flat memory. Every third article has a lead picture, as an attachment item behind it.

    Args:
        out: a binary file, written from front to back.
        count: articles.
        seed: which archive.
        report: called now and then with the number of articles written.

    Raises:
        ValueError: there are not that many different headlines.
    """
    numbered = Numbered(count=count, seed=seed)
    writer = _Writer(numbered, Random(seed))  # noqa: S311 - measurements, not secrets
    out.write(writer.build_head().encode())
    totals = dict.fromkeys(("publish", "draft", "future", "private"), 0)
    attachments = 0
    for start in range(0, count, CHUNK_ITEMS):
        chunk = []
        for number in range(start, min(start + CHUNK_ITEMS, count)):
            reference = numbered.refer(number)
            totals[reference.status] += 1
            chunk.append(writer.build_article(number, reference))
            if number % 3 == 0:
                attachments += 1
                chunk.append(writer.build_picture(number, reference))
        out.write("".join(chunk).encode())
        if report:
            report(min(start + CHUNK_ITEMS, count))
    out.write(b"</channel>\n</rss>\n")
    return CorpusCounts(
        articles=count,
        published=totals["publish"],
        draft=totals["draft"],
        scheduled=totals["future"],
        private=totals["private"],
        attachments=attachments,
    )


class _Writer:
    """Draws what is different in each item. One sequence of random numbers, front to back."""

    def __init__(self, numbered: Numbered, random: Random) -> None:
        self._numbered = numbered
        self._random = random
        self._draw = random.random
        self._authors = list_authors()
        self._tags = [
            f"{topic} {angle}" for angle in words.TAG_ANGLES for topic in words.TAG_TOPICS
        ]
        self._tag_lines = [
            f'<category domain="post_tag" nicename="{slugify(tag)}"><![CDATA[{tag}]]></category>\n'
            for tag in self._tags
        ]
        # Zipf: the tag at rank r is drawn in proportion to 1/r.
        self._tag_pool = [
            line
            for rank, line in enumerate(self._tag_lines, 1)
            for _ in range(max(1, len(self._tag_lines) * 4 // rank))
        ]
        self._sentences = [self._make_sentences(subject) for subject in words.SUBJECTS]
        self._write_body = paragraph_writers()

    def build_head(self) -> str:
        return build_channel_head(
            base_url=BASE_URL,
            authors=self._authors,
            sections=[(s.name, s.parts) for s in words.SUBJECTS],
            tags=self._tags,
            slugify=slugify,
            moment=LAST_MOMENT,
        )

    def build_article(self, number: int, reference: _Reference) -> str:
        draw = self._draw
        section = number % len(words.SUBJECTS)
        subject = words.SUBJECTS[section]
        actor, verb, thing, place = reference.parts
        sentences = self._take_sentences(
            section, MIN_SENTENCES + int(draw() * (MAX_SENTENCES - MIN_SENTENCES + 1))
        )
        local = reference.published_at + LOCAL_OFFSET
        text = ItemText(
            dateline=self._make_dateline(place, local),
            lead=f"{actor} {verb} {thing} in {place}, officials said on "
            f"{words.WEEKDAYS[local.weekday()]}.",
            sentences=sentences,
            subheadings=self._take(words.SUBHEADINGS, 1 + int(draw() * 3)),
            also_read=self._refer_to_any() if draw() < 0.6 else None,
            linked=self._refer_to_any() if draw() < 0.7 else None,
            picture_id=post_id(number) + 1 if number % 6 == 0 else 0,
            picture_url=self._picture_url(number, local),
            picture_alt=f"{place}: {thing}",
            shape=draw(),
        )
        part = int(draw() * 4)
        return build_item(
            post_id=post_id(number),
            reference=reference,
            local=local,
            body=self._write_body[0 if draw() < 0.5 else 1](text),
            excerpt=sentences[-1] if draw() < 0.5 else "",
            creator=self._authors[int(draw() * draw() * len(self._authors))][0],
            section=(subject.name, slugify(subject.name)),
            part=(subject.parts[part], slugify(subject.parts[part]), 100 + section * 5 + part + 1),
            tag_lines="".join(dict.fromkeys(self._take(self._tag_pool, 2 + int(draw() * 5)))),
            thumbnail_id=post_id(number) + 1 if number % 3 == 0 else 0,
            description=text.lead if draw() < 0.4 else "",
            views=int(20 / (draw() + 0.0002)),
            old_slug=f"{reference.slug}-first-version" if draw() < 0.04 else "",
            modified_after=timedelta(minutes=int(draw() * 2_000)) if draw() < 0.25 else timedelta(),
        )

    def build_picture(self, number: int, reference: _Reference) -> str:
        _, _, thing, place = reference.parts
        local = reference.published_at + LOCAL_OFFSET
        first, last = self._authors[number % len(self._authors)][1:]
        return build_attachment(
            post_id=post_id(number) + 1,
            parent_id=post_id(number),
            reference=reference,
            local=local,
            url=self._picture_url(number, local),
            caption=f"A scene in {place} in connection with {thing}.",
            alt=f"{place}: {thing}",
            credit=f"{first} {last} / TDI",
        )

    def _refer_to_any(self) -> _Reference:
        return self._numbered.refer(int(self._draw() * self._numbered.count))

    def _picture_url(self, number: int, local: datetime) -> str:
        folder = f"{BASE_URL}/wp-content/uploads/{local.year}/{local.month:02}"
        return f"{folder}/picture-{post_id(number) + 1}.jpg"

    def _make_dateline(self, place: str, local: datetime) -> str:
        chance = self._draw()
        if chance < 0.5:
            month = words.MONTHS[local.month - 1]
            return f"{place}, {local.day} {month} {local.year} (TDI): "
        return f"{place.upper()} (TDI) — " if chance < 0.7 else ""

    def _take(self, pool: Sequence[T], amount: int) -> list[T]:
        draw, size = self._draw, len(pool)
        return [pool[int(draw() * size)] for _ in range(amount)]

    def _take_sentences(self, section: int, amount: int) -> list[str]:
        # As `_take`, in half the time; it is most of the work.
        pool = self._sentences[section]
        picks = struct.unpack(f"<{amount}H", self._random.randbytes(2 * amount))
        return [pool[pick & _POOL_MASK] for pick in picks]

    def _make_sentences(self, subject: words.Subject) -> list[str]:
        """Fill templates; 13 to 19 words each, so that a body has 300 to 900."""

        def one(pool: Sequence[str]) -> str:
            return pool[int(self._draw() * len(pool))]

        found: list[str] = []
        while len(found) < SENTENCES_PER_SUBJECT:
            speaker = one(words.SPEAKERS)
            sentence = one(words.SENTENCES).format(
                o=one(subject.objects),
                p=one(words.PLACES),
                q=one(words.PLACES),
                n=f"{one(words.FIRST_NAMES)} {one(words.LAST_NAMES)}",
                m=one(words.MONTHS),
                k=2 + int(self._draw() * 80),
                d=one(words.DESCRIPTIONS),
                s=speaker,
                S=speaker[0].upper() + speaker[1:],
            )
            if 13 <= sentence.count(" ") + 1 <= 19:
                found.append(sentence)
        return found


def list_authors() -> list[tuple[str, str, str]]:
    """List 200 (login, first name, last name), all different."""
    authors = []
    for number in range(200):
        first = words.FIRST_NAMES[number % 25]
        last = words.LAST_NAMES[(number % 25 + number // 25 * 5) % 40]
        authors.append((slugify(f"{first} {last}"), first, last))
    return authors
