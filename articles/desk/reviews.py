"""What waits for somebody's review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Page, Revision, TaskState

from articles.pages.article import ArticlePage

LONG = timedelta(minutes=30)
TOO_LONG = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page at a step of its review, with what the account may do about it.

    `age` is `fresh`, `long` or `too-long`; `actions` are Wagtail's (name, label, asks more).
    """

    page_id: int
    title: str
    section: str
    step: str
    by: str
    since: datetime
    age: str
    task_state_id: int
    actions: tuple[tuple[str, Any, bool], ...]
    revision_id: int
    previous_revision_id: int | None
    is_live: bool


def list_waiting(user: Any, *, now: datetime, at_most: int) -> tuple[list[Waiting], int]:
    """Return what waits for an account, the longest first, and how much there is in all.

    The number of queries depends on the steps of reviews, not on what waits.
    """
    states = TaskState.objects.reviewable_by(user)
    count = states.count()
    if not count:
        return [], 0
    some = list(
        states.select_related("workflow_state__requested_by", "revision", "task")
        .defer("revision__content")
        .annotate(before=Revision.objects.previous_revision_id_subquery())
        .order_by("started_at", "pk")[:at_most]
    )
    pages = Page.objects.in_bulk([int(state.revision.object_id) for state in some])
    sections = dict(ArticlePage.objects.filter(pk__in=pages).values_list("pk", "section__title"))
    steps = {task.pk: task.specific for task in {state.task for state in some}}
    return [
        _waiting(
            state,
            page=pages[int(state.revision.object_id)],
            section=sections.get(int(state.revision.object_id)) or "",
            actions=steps[state.task_id].get_actions(pages[int(state.revision.object_id)], user),
            now=now,
        )
        for state in some
        if int(state.revision.object_id) in pages
    ], count


def _waiting(
    state: Any, *, page: Page, section: str, actions: list[tuple[str, Any, bool]], now: datetime
) -> Waiting:
    waited = now - state.started_at
    age = "fresh" if waited < LONG else "long" if waited < TOO_LONG else "too-long"
    return Waiting(
        page_id=page.pk,
        title=page.draft_title or page.title,
        section=section,
        step=state.task.name,
        by=str(state.workflow_state.requested_by or ""),
        since=state.started_at,
        age=age,
        task_state_id=state.pk,
        actions=tuple(actions),
        revision_id=state.revision_id,
        previous_revision_id=state.before,
        is_live=page.live,
    )
