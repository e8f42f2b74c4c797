"""Scheduled releases: what is due goes out, each in its own transaction.

Wagtail's `publish_scheduled` stops at the first error and loses the item that caused
it (`survival.md`, fact 3). Here one that fails stays scheduled, is written down in
`ReleaseFailure` for the dashboard, is tried again with growing pauses, and holds up
nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, Revision

from articles.pages import actions
from articles.pages.addresses import lock_parent
from articles.pages.errors import PublishingError
from articles.pages.failures import ReleaseFailure

logger = logging.getLogger(__name__)

BATCH = 100
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(slots=True)
class ReleaseReport:
    """Page ids of one run, in the order of their moments."""

    published: list[int] = field(default_factory=list)
    expired: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.published or self.expired or self.failed)


def release_due(*, now: datetime) -> ReleaseReport:
    """Publish the revisions and take down the pages whose moment has come.

    Two queries when nothing is due. Never early; safe to run twice and by several
    processes at once: who comes second finds the row held, or no longer due.
    """
    report = ReleaseReport()
    for revision_id, page_id in list(_due_revisions(now)[:BATCH]):
        _try(
            page_id,
            partial(_publish_one, revision_id, page_id, now=now),
            succeeded=report.published,
            failed=report.failed,
            now=now,
        )
    for page_id in list(_expired_pages(now)[:BATCH]):
        _try(
            page_id,
            partial(_expire_one, page_id, now=now),
            succeeded=report.expired,
            failed=report.failed,
            now=now,
        )
    return report


def _due_revisions(now: datetime) -> QuerySet[Revision, Any]:
    waiting = ReleaseFailure.objects.filter(next_attempt_at__gt=now).values("page_id")
    return (
        Revision.page_revisions.filter(approved_go_live_at__lte=now)
        .annotate(page_id=_object_id_as_number())
        .exclude(page_id__in=waiting)
        .order_by("approved_go_live_at", "pk")
        .values_list("pk", "page_id")
    )


def _object_id_as_number() -> Any:
    return Cast("object_id", BigIntegerField())


def _expired_pages(now: datetime) -> QuerySet[Page, int]:
    waiting = ReleaseFailure.objects.filter(next_attempt_at__gt=now).values("page_id")
    return (
        Page.objects.filter(live=True, expire_at__lte=now)
        .exclude(pk__in=waiting)
        .order_by("expire_at", "pk")
        .values_list("pk", flat=True)
    )


def _publish_one(revision_id: int, page_id: int, *, now: datetime) -> bool:
    page = _hold(page_id)
    # Looked up under the lock: another process may have published it meanwhile.
    revision = Revision.objects.filter(pk=revision_id, approved_go_live_at__lte=now).first()
    if page is None or revision is None:
        return False
    actions.publish(
        page, actor=None, now=now, revision=revision, log_action="wagtail.publish.scheduled"
    )
    return True


def _expire_one(page_id: int, *, now: datetime) -> bool:
    page = _hold(page_id)
    if page is None or not Page.objects.filter(pk=page_id, live=True, expire_at__lte=now).exists():
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _hold(page_id: int) -> Page | None:
    """Hold a page as every other change of it does: by its parent's row."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        lock_parent(page)
    return page


def _try(
    page_id: int,
    release: Callable[[], bool],
    *,
    succeeded: list[int],
    failed: list[int],
    now: datetime,
) -> None:
    try:
        with transaction.atomic():
            if not release():
                return
            ReleaseFailure.objects.filter(page_id=page_id).delete()
    except Exception as error:
        logger.exception("Page %d could not be released; it stays scheduled.", page_id)
        failed.append(page_id)
        _write_down(page_id, error, now=now)
    else:
        succeeded.append(page_id)


def _write_down(page_id: int, error: Exception, *, now: datetime) -> None:
    message = error.message if isinstance(error, PublishingError) else str(error) or repr(error)
    try:
        with transaction.atomic():
            failure, is_new = ReleaseFailure.objects.get_or_create(
                page_id=page_id,
                defaults={
                    "message": message[:1000],
                    "failed_at": now,
                    "next_attempt_at": now + FIRST_PAUSE,
                },
            )
            if not is_new:
                pause = min(FIRST_PAUSE * 2**failure.attempts, LONGEST_PAUSE)
                ReleaseFailure.objects.filter(pk=failure.pk).update(
                    message=message[:1000],
                    failed_at=now,
                    next_attempt_at=now + pause,
                    attempts=F("attempts") + 1,
                )
    except DatabaseError:
        logger.exception("The failure of page %d could not be written down.", page_id)


def forget_settled_failures() -> int:
    """Forget failures of pages that are neither scheduled nor past their expiry any more."""
    scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    ids = scheduled.annotate(page_id=_object_id_as_number()).values("page_id")
    settled = ReleaseFailure.objects.exclude(
        Q(page_id__in=ids) | Q(page__live=True, page__expire_at__isnull=False)
    )
    return settled.delete()[0]
