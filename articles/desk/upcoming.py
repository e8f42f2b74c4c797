"""What happens by itself soon: articles that go out, embargoes that end, pages that come down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.desk.states import scheduled_revisions
from articles.pages.article import ArticlePage

AHEAD = timedelta(hours=24)
WORDS = {
    "goes_live": _("Goes live"),
    "embargo_ends": _("Embargo ends"),
    "comes_down": _("Comes down"),
}


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A moment ahead: which page, and what happens to it (one of `WORDS`)."""

    at: datetime
    page_id: int
    title: str
    kind: str

    @property
    def label(self) -> Any:
        """The word people read."""
        return WORDS[self.kind]


def list_upcoming(pages: Q, *, now: datetime, at_most: int) -> list[Event]:
    """Return what happens within 24 hours, the soonest first; three queries.

    Args:
        pages: which pages may be shown.
        now: aware moment.
        at_most: how many.
    """
    end = now + AHEAD
    scheduled = dict(
        scheduled_revisions()
        .filter(approved_go_live_at__lte=end)
        .order_by("-approved_go_live_at")
        .values_list("page_id", "approved_go_live_at")
    )
    going = Page.objects.filter(pages, pk__in=list(scheduled)) if scheduled else Page.objects.none()
    embargoed = ArticlePage.objects.filter(
        pages, embargoed_until__gt=now, embargoed_until__lte=end
    ).exclude(pk__in=list(scheduled))
    leaving = Page.objects.filter(pages, live=True, expire_at__gt=now, expire_at__lte=end)
    events = [
        Event(scheduled[pk], pk, title, "goes_live")
        for pk, title in going.values_list("pk", "draft_title")
    ]
    events += [
        Event(at, pk, title, "embargo_ends")
        for pk, title, at in embargoed.values_list("pk", "draft_title", "embargoed_until")
    ]
    events += [
        Event(at, pk, title, "comes_down")
        for pk, title, at in leaving.values_list("pk", "draft_title", "expire_at")
    ]
    return sorted(events)[:at_most]
