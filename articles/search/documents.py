"""What of an article enters the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import F, JSONField
from django.db.models.functions import Cast

from articles.blocks.words import body_texts
from articles.pages.article import ArticlePage
from articles.people.models import Byline
from articles.search.backends.base import Document
from articles.search.words import fold_words
from articles.tags.models import TaggedArticle
from articles.text.html import plain_text

MAX_BODY_BYTES = 400_000
"""UTF-8 bytes of a body that are searched. PostgreSQL stores at most 1 MB of different
words and their places in an article; this stays below that whatever the words are."""


def read_documents(article_ids: Collection[int]) -> Iterator[Document]:
    """Yield the articles among some that belong into the index, in three queries.

    Belonging are those that are live, published, not withdrawn and not restricted;
    moments that come by themselves (embargo, expiry) are left to each search.
    """
    names = _read_names(article_ids)
    rows = (
        ArticlePage.objects.filter(pk__in=article_ids, live=True)
        .filter(published_at__isnull=False, withdrawn_at__isnull=True)
        .unrestricted()
        .annotate(raw_body=Cast(F("body"), JSONField()))
        .order_by("pk")
        .values_list(
            *("pk", "published_at", "kind", "section_id", "title", "standfirst"),
            *("kicker", "dateline_place", "raw_body"),
        )
    )
    for pk, at, kind, section, title, standfirst, kicker, place, body in rows:
        yield Document(
            article_id=pk,
            published_at=at,
            kind=kind,
            section_id=section,
            headline=fold_words(title),
            standfirst=fold_words(standfirst),
            names=fold_words(" ".join([kicker, place, *names[pk]])),
            body=_cut(fold_words(read_body(body))),
        )


def read_body(raw: object) -> str:
    """Return the plain text of a raw StreamField value: what readers see of it."""
    return " ".join(plain_text(text) for text in body_texts(raw))


def _read_names(article_ids: Collection[int]) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    tagged = TaggedArticle.objects.filter(content_object__in=article_ids).order_by("pk")
    for article_id, name in tagged.values_list("content_object_id", "tag__name"):
        names[article_id].append(name)
    bylines = Byline.objects.filter(article__in=article_ids).order_by("pk")
    for article_id, name in bylines.values_list("article_id", "author__name"):
        names[article_id].append(name)
    return names


def _cut(words: str) -> str:
    if len(words) <= MAX_BODY_BYTES // 4:
        return words
    return words.encode()[:MAX_BODY_BYTES].decode(errors="ignore")
