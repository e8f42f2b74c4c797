"""The publishing service: publish, schedule, withdraw, move, rename and delete.

Every function takes the acting account (`actor`; None is the system itself, which is
asked for no permission), holds the parent's row, checks permission, lock and version,
and writes in one transaction. What leaves the database (purges, index, mail) is bound
to its commit. Refusals are `articles.pages.errors.PublishingError`s with a message for
people; nothing has been written then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from articles.pages.addresses import lock_pages, lock_parent
from articles.pages.article import ArticlePage
from articles.pages.deletion import check_deletable
from articles.pages.errors import (
    EmbargoedError,
    NotAllowedError,
    NotReadyError,
    PageLockedError,
    StaleVersionError,
    as_publishing_error,
)

RENAME_LOG_ACTION = "newsroom.rename"
WITHDRAW_LOG_ACTION = "newsroom.withdraw"
LOG_ACTIONS = {
    RENAME_LOG_ACTION: (_lazy("Change address"), _lazy("Address changed")),
    WITHDRAW_LOG_ACTION: (_lazy("Withdraw"), _lazy("Withdrawn")),
}


def publish(
    page: Page,
    *,
    actor: Any,
    now: datetime,
    revision: Revision | None = None,
    expected_revision_id: int | None = None,
    schedule_if_embargoed: bool = False,
    is_approved: bool = False,
    log_action: bool | str = True,
) -> Page:
    """Publish a revision, the latest by default, and return the page as it is then.

    A revision whose own go-live time lies ahead is scheduled for it.

    Args:
        page: any page of ours; what it holds in memory is not written.
        actor: who publishes.
        now: aware moment, compared with the embargo.
        revision: of this page.
        expected_revision_id: the latest revision that the actor has seen.
        schedule_if_embargoed: schedule for the embargo's end instead of refusing.
        is_approved: a workflow has approved it; the right to publish is not asked for.
        log_action: Wagtail's log action, or False.

    Raises:
        PublishingError: one of its kinds, see `articles.pages.errors`.
    """
    with _one_change(page) as current:
        _check_right(
            current,
            actor,
            "can_view_revisions" if is_approved else "can_publish",
            _("You may not publish this page."),
        )
        _check_version(current, expected_revision_id)
        chosen = revision or current.get_latest_revision() or current.save_revision(user=actor)
        until = getattr(chosen.as_object(), "embargoed_until", None)
        if until is not None and until > now:
            if not schedule_if_embargoed:
                raise EmbargoedError(until=until)
            _schedule(current, chosen, at=until, actor=actor)
        else:
            chosen.publish(user=actor, log_action=log_action, skip_permission_checks=True)
    return _fresh(page)


def schedule(
    page: Page,
    *,
    actor: Any,
    at: datetime,
    now: datetime,
    expected_revision_id: int | None = None,
) -> Page:
    """Schedule the latest version for a moment that lies ahead; return the page.

    Raises:
        NotReadyError: the moment has passed.
        EmbargoedError: the moment lies before the embargo's end.
        PublishingError: as for `publish`.
    """
    if at <= now:
        raise NotReadyError(_("This time has passed: choose a later one, or publish now."))
    with _one_change(page) as current:
        _check_right(current, actor, "can_publish", _("You may not publish this page."))
        _check_version(current, expected_revision_id)
        latest = current.get_latest_revision() or current.save_revision(user=actor)
        until = getattr(latest.as_object(), "embargoed_until", None)
        if until is not None and at < until:
            raise EmbargoedError(until=until)
        _schedule(current, latest, at=at, actor=actor)
    return _fresh(page)


def withdraw(article: ArticlePage, *, actor: Any, reason: str, now: datetime) -> ArticlePage:
    """Take an article off the site for good reason; its address answers that it is gone.

    A schedule is cancelled. Publishing it again ends the withdrawal. Safe to repeat:
    the first moment and reason stay.

    Raises:
        NotReadyError: no reason is given.
        PublishingError: as for `publish`.
    """
    reason = reason.strip()
    if not reason:
        raise NotReadyError(_("Say why the article is withdrawn."))
    with _one_change(article) as current:
        _check_right(current, actor, "can_publish", _("You may not withdraw this article."))
        if current.withdrawn_at is None:
            current.withdrawn_at = now
            current.withdrawal_reason = reason[:255]
            if current.live:
                current.unpublish(log_action=False)
            else:
                current.revisions.update(approved_go_live_at=None)
                current.save(clean=False, update_fields=["withdrawn_at", "withdrawal_reason"])
            log(instance=current, action=WITHDRAW_LOG_ACTION, user=actor, data={"reason": reason})
    return _fresh(article)


def move(page: Page, *, actor: Any, target: Page) -> Page:
    """Move a page below another one; old addresses lead to the new ones.

    Raises:
        AddressTakenError: the target has a page of this slug, or reserves it.
        PublishingError: as for `publish`.
    """
    with _one_change(page, target) as current:
        target = Page.objects.get(pk=target.pk)
        if not (current.is_child_of(target) or current.can_move_to(target)):
            raise NotReadyError(
                _("“%(page)s” cannot stand below “%(target)s”: choose a section.")
                % {"page": current.title, "target": target.title}
            )
        _check_right(current, actor, "can_move", _("You may not move this page."))
        if actor is not None and not current.permissions_for_user(actor).can_move_to(target):
            raise NotAllowedError(_("You may not move this page there."))
        current.move(target, pos="last-child", user=actor)
    return _fresh(page)


def rename(page: Page, *, actor: Any, slug: str) -> Page:
    """Change a page's address; the old one leads to the new one.

    An address is not a matter of versions: the live row, the latest draft and a
    scheduled revision get it alike.

    Raises:
        AddressTakenError: a sibling has it, or it belongs to the site itself.
        PublishingError: as for `publish`.
    """
    with _one_change(page) as current:
        right = "can_publish" if current.live else "can_edit"
        _check_right(current, actor, right, _("You may not change this page’s address."))
        old = current.slug
        if slug == old:
            return current
        current.slug = slug
        current.clean_fields(exclude=_all_fields_but(current, "slug"))
        current.save()
        for revision in _living_revisions(current):
            revision.content["slug"] = slug
            revision.save(update_fields=["content"])
        log(
            instance=current,
            action=RENAME_LOG_ACTION,
            user=actor,
            data={"slug": {"old": old, "new": slug}},
        )
    return _fresh(page)


def delete(page: Page, *, actor: Any) -> None:
    """Delete a page and everything below it.

    Raises:
        HasCorrectionsError: a correction stands on an article in it: withdraw that one.
        PublishingError: as for `publish`.
    """
    with _one_change(page) as current:
        _check_right(current, actor, "can_delete", _("You may not delete this page."))
        check_deletable([current.path])
        current.delete(user=actor)


@contextmanager
def _one_change(page: Page, *others: Page) -> Iterator[Page]:
    """Open the transaction, hold the rows, and hand out the page as the database has it.

    Ends by turning the validation of models into the newsroom's own errors.
    """
    try:
        with transaction.atomic():
            current = Page.objects.get(pk=page.pk)
            if others:
                lock_pages(current.get_parent(), *others)
            else:
                lock_parent(current)
            # Read again: whoever held the row may have changed it.
            yield Page.objects.get(pk=page.pk).specific
    except ValidationError as error:
        raise as_publishing_error(error) from error


def _fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def _check_right(page: Page, actor: Any, name: str, message: str) -> None:
    """Check the lock, then the right: a lock has its own message."""
    if page.locked and (actor is None or page.locked_by_id != actor.pk):
        raise PageLockedError(
            _("The page is locked by %(who)s: it must be unlocked first.")
            % {"who": page.locked_by or _("the newsroom")}
        )
    if actor is not None and not getattr(page.permissions_for_user(actor), name)():
        raise NotAllowedError(message)


def _check_version(page: Page, expected_revision_id: int | None) -> None:
    if expected_revision_id is not None and page.latest_revision_id != expected_revision_id:
        raise StaleVersionError


def _schedule(page: Page, revision: Revision, *, at: datetime, actor: Any) -> None:
    draft = revision.as_object()
    draft.go_live_at = at
    changed = draft.save_revision(user=actor, previous_revision=revision, clean=False)
    changed.publish(user=actor, skip_permission_checks=True)


def _living_revisions(page: Page) -> list[Revision]:
    wanted = {page.latest_revision_id, page.live_revision_id}
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False)
    return list(page.revisions.filter(pk__in=wanted - {None}) | scheduled)


def _all_fields_but(page: Page, name: str) -> list[str]:
    return [field.name for field in page._meta.fields if field.name != name]
