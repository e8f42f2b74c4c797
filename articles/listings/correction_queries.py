"""The public log of corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncYear

from articles.corrections.models import Correction, CorrectionKind
from articles.listings.days import year_period
from articles.pages.article import ArticlePage
from articles.reading.facts import SiteFacts


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A note in the log; a withdrawn article has a title and no address."""

    kind_label: str
    text: str
    at: datetime
    article_title: str
    article_url: str


def logged_corrections(*, now: datetime) -> QuerySet[Correction]:
    """Return the notes of articles that readers may see, or could until they were withdrawn.

    Articles that left the site in silence, or have not reached it, are not named.
    """
    visible = ArticlePage.objects.visible_to_readers(now=now).filter(pk=OuterRef("article"))
    withdrawn = ArticlePage.objects.withdrawn_from_readers(now=now).filter(pk=OuterRef("article"))
    notes = Correction.objects.filter(Q(Exists(visible)) | Q(Exists(withdrawn)))
    return notes.filter(published_at__lte=now).order_by("-published_at", "-pk")


def within_year(notes: QuerySet[Correction], *, year: int, zone: ZoneInfo) -> QuerySet[Correction]:
    """Return the notes of a year in a zone."""
    start, end = year_period(year).bounds(zone)
    return notes.filter(published_at__gte=start, published_at__lt=end)


def list_years(notes: QuerySet[Correction], *, zone: ZoneInfo) -> list[int]:
    """Return the years that have notes, the latest first. One query."""
    years = notes.order_by().annotate(year=TruncYear("published_at", tzinfo=zone))
    return sorted({year.year for year in years.values_list("year", flat=True).distinct()})[::-1]


def load_entries(ids: list[int], *, facts: SiteFacts) -> list[LogEntry]:
    """Return the entries of notes, in the order of their ids. One query."""
    rows = Correction.objects.filter(pk__in=ids).values_list(
        *("pk", "kind", "text", "published_at"),
        *("article__title", "article__url_path", "article__withdrawn_at"),
    )
    entries = {
        pk: LogEntry(
            kind_label=str(CorrectionKind(kind).label),
            text=text,
            at=at,
            article_title=title,
            article_url="" if withdrawn_at else facts.url_of(url_path),
        )
        for pk, kind, text, at, title, url_path, withdrawn_at in rows
    }
    return [entries[pk] for pk in ids if pk in entries]
