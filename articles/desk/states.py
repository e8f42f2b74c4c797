"""What state an article is in, in one word: to filter by, and to show in lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState, get_default_page_content_type

from articles.pages.article import ArticlePage

STATES = [
    ("live", _("Live")),
    ("changed", _("Live + changes")),
    ("scheduled", _("Scheduled")),
    ("embargoed", _("Embargoed")),
    ("review", _("In review")),
    ("draft", _("Draft")),
    ("unpublished", _("Unpublished")),
    ("withdrawn", _("Withdrawn")),
]
LABELS = dict(STATES)


@dataclass(frozen=True, slots=True)
class State:
    """One of `STATES`; `at` is the moment it ends, where there is one, `step` that of a review."""

    name: str
    at: datetime | None = None
    step: str = ""

    @property
    def label(self) -> Any:
        """The word people read."""
        return LABELS[self.name]

    @property
    def is_public(self) -> bool:
        """Whether readers have the article in front of them."""
        return self.name in {"live", "changed"}


def scheduled_revisions() -> QuerySet[Revision]:
    """Return the revisions that wait for their moment, with the number of their page."""
    return Revision.page_revisions.filter(approved_go_live_at__isnull=False).annotate(
        page_id=Cast("object_id", BigIntegerField())
    )


def articles_in_state(
    articles: QuerySet[ArticlePage], state: str, *, now: datetime
) -> QuerySet[ArticlePage]:
    """Return the articles that one of `STATES` fits; adds no query of its own.

    An article may fit several: an embargoed one that is in review, say.
    """
    reviews = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    conditions = {
        "live": Q(live=True),
        "changed": Q(live=True, has_unpublished_changes=True),
        "scheduled": Q(pk__in=scheduled_revisions().values("page_id")),
        "embargoed": Q(embargoed_until__gt=now),
        "review": Q(Exists(reviews)),
        "draft": Q(live=False, first_published_at__isnull=True),
        "unpublished": Q(live=False, first_published_at__isnull=False, withdrawn_at__isnull=True),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }
    return articles.filter(conditions[state])


def annotate_moments(articles: Any) -> Any:
    """Annotate `goes_live_at`, the moment an article is scheduled for, which `state_of` reads."""
    due = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id=Cast(OuterRef("pk"), CharField())
    ).order_by("approved_go_live_at")
    return articles.annotate(goes_live_at=Subquery(due.values("approved_go_live_at")[:1]))


def prefetch_reviews(articles: Any) -> Any:
    """Prefetch what `state_of` reads of an article's review.

    Wagtail's `prefetch_workflow_states` finds nothing where articles are asked for by
    their own type and not through `specific()`.
    """
    reviews = WorkflowState.objects.active().select_related("current_task_state__task")
    return articles.prefetch_related(
        Prefetch("_specific_workflow_states", queryset=reviews, to_attr="_current_workflow_states")
    )


def state_of(article: Any, *, now: datetime) -> State:
    """Return the state that matters most to an editor.

    No query for an article of `annotate_moments` and `prefetch_reviews`.
    """
    due = article.goes_live_at
    if article.withdrawn_at is not None:
        return State("withdrawn")
    if due is not None:
        return State("scheduled", at=due)
    review = article.current_workflow_state
    if review is not None:
        task = review.current_task_state.task if review.current_task_state else None
        return State("review", step=task.name if task else "")
    if article.live:
        return State("changed" if article.has_unpublished_changes else "live")
    if article.embargoed_until is not None and article.embargoed_until > now:
        return State("embargoed", at=article.embargoed_until)
    return State("draft" if article.first_published_at is None else "unpublished")
