"""The one rule of what readers may see, and the language every list starts from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from articles.pages.deletion import check_deletable
from articles.people.models import Byline


class NewsroomPageQuerySet(PageQuerySet):
    """Pages of any type of ours."""

    def visible_to_readers(self, *, now: datetime | None = None) -> NewsroomPageQuerySet:
        """Return what the public may see at a moment (default: now).

        Live, not past its expiry, and neither itself nor an ancestor restricted to
        some readers. Adds no query of its own. Every list, feed, search, API,
        sitemap and related box starts here.
        """
        return self.published(now=now).unrestricted()

    def published(self, *, now: datetime | None = None) -> NewsroomPageQuerySet:
        """Return what is published at a moment, be it for all readers or for some."""
        now = now or timezone.now()
        return self.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now), live=True)

    def unrestricted(self) -> NewsroomPageQuerySet:
        """Return the pages that are open to everybody, and whose ancestors are."""
        path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        restricted = PageViewRestriction.objects.annotate(outer_path=path).filter(
            outer_path__startswith=F("page__path")
        )
        return self.filter(~Exists(restricted))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete pages and everything below them; every way to delete a page ends here.

        Raises:
            HasCorrectionsError: an article among them has corrections; the tree is untouched.
        """
        with transaction.atomic():
            check_deletable(list(self.order_by().values_list("path", flat=True)))
            return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class ArticleQuerySet(NewsroomPageQuerySet):
    """Articles; their rule adds embargo, publication moment and withdrawal."""

    def visible_to_readers(self, *, now: datetime | None = None) -> ArticleQuerySet:
        """Return the articles the public may see."""
        return self.published(now=now).unrestricted()

    def published(self, *, now: datetime | None = None) -> ArticleQuerySet:
        """Return the articles that are also past their embargo, and not withdrawn."""
        now = now or timezone.now()
        return super().published(now=now).filter(_article_is_published(now))

    def withdrawn_from_readers(self, *, now: datetime | None = None) -> ArticleQuerySet:
        """Return the articles that the public could see until they were withdrawn.

        They may be named, in the log of corrections and where their address answers that
        they are gone; nothing else of them may be shown.
        """
        now = now or timezone.now()
        return self.unrestricted().filter(
            Q(embargoed_until__isnull=True) | Q(embargoed_until__lte=now),
            published_at__lte=now,
            withdrawn_at__isnull=False,
        )

    def about(self, topic_id: int) -> ArticleQuerySet:
        """Return the articles under a topic."""
        return self.filter(tagged_items__tag=topic_id)

    def signed_by(self, author_id: int) -> ArticleQuerySet:
        """Return the articles that an author signed in any role, each once."""
        return self.filter(pk__in=Byline.objects.filter(author=author_id).values("article"))

    def newest_first(self) -> ArticleQuerySet:
        """Order by publication, the newest first, with a stable second key."""
        return self.order_by("-published_at", "-pk")


def _article_is_published(now: datetime, *, prefix: str = "") -> Q:
    return Q(
        Q(**{f"{prefix}embargoed_until__isnull": True})
        | Q(**{f"{prefix}embargoed_until__lte": now}),
        **{f"{prefix}published_at__lte": now, f"{prefix}withdrawn_at__isnull": True},
    )


def published_pages(*, now: datetime | None = None) -> NewsroomPageQuerySet:
    """Return the published pages of every type at once, each by the rule of its type."""
    now = now or timezone.now()
    rule = _article_is_published(now, prefix="articlepage__")
    pages = NewsroomPageQuerySet(Page).published(now=now)
    return pages.filter(Q(articlepage__isnull=True) | rule)


def visible_pages(*, now: datetime | None = None) -> NewsroomPageQuerySet:
    """Return the pages of every type that the public may see, each by the rule of its type."""
    return published_pages(now=now).unrestricted()


NewsroomPageManager = PageManager.from_queryset(NewsroomPageQuerySet)
ArticleManager = PageManager.from_queryset(ArticleQuerySet)
