"""What must follow or stop a change of a page, whichever route it came by.

Each receiver runs inside the transaction of the change (`NewsroomPage`, and
`articles/desk/middleware.py` for the routes that go round it): a refusal raised here
leaves nothing behind.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published, post_page_move, pre_page_move

from articles.pages.addresses import check_slug_is_allowed, check_slug_is_free, lock_pages
from articles.pages.article import ArticlePage
from articles.pages.errors import EmbargoedError
from articles.pages.pictures import make_sizes_of_page, make_sizes_of_revision
from articles.pages.redirects import leave_redirects
from articles.pages.static import StaticPage


def keep_section(sender: type, instance: Any, **kwargs: Any) -> None:
    """A moved article belongs to the section it was moved to."""
    if isinstance(instance.specific, ArticlePage):
        ArticlePage.objects.filter(pk=instance.pk).update(section_id=instance.get_parent().pk)


def check_new_place(
    sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Refuse to move a page to where its slug is taken or reserved."""
    lock_pages(parent_page_before, parent_page_after)
    if parent_page_before.pk != parent_page_after.pk:
        check_slug_is_allowed(instance.specific, parent=parent_page_after)
        check_slug_is_free(instance, parent=parent_page_after)


def leave_old_addresses(
    sender: type, instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    """The old addresses of a moved page and of those below lead to the new ones."""
    if instance.first_published_at or instance.live or not instance.is_leaf():
        leave_redirects(instance, old_url_path=url_path_before, new_url_path=url_path_after)


def hold_back_embargoed(sender: type, instance: Page, **kwargs: Any) -> None:
    """Refuse to publish before the embargo ends, and to schedule before it."""
    if not isinstance(instance, ArticlePage) or instance.embargoed_until is None:
        return
    goes_live_at = timezone.now() if instance.live else instance.go_live_at
    if goes_live_at and goes_live_at < instance.embargoed_until:
        raise EmbargoedError(until=instance.embargoed_until, title=instance.title)


def end_withdrawal(sender: type, instance: Page, **kwargs: Any) -> None:
    """An article that is published again is no longer withdrawn."""
    if isinstance(instance, ArticlePage) and instance.live and instance.withdrawn_at:
        instance.withdrawn_at = None
        instance.withdrawal_reason = ""
        ArticlePage.objects.filter(pk=instance.pk).update(withdrawn_at=None, withdrawal_reason="")


def register_signal_handlers() -> None:
    """Connect them; called once, from `apps.py`."""
    pre_page_move.connect(check_new_place, dispatch_uid="articles.pages.check_new_place")
    post_page_move.connect(keep_section, dispatch_uid="articles.pages.keep_section")
    post_page_move.connect(leave_old_addresses, dispatch_uid="articles.pages.leave_old_addresses")
    page_published.connect(hold_back_embargoed, dispatch_uid="articles.pages.hold_back_embargoed")
    page_published.connect(end_withdrawal, dispatch_uid="articles.pages.end_withdrawal")
    for page_type in (ArticlePage, StaticPage):
        post_save.connect(
            make_sizes_of_page,
            sender=page_type,
            dispatch_uid=f"articles.pages.make_sizes_of_{page_type.__name__}",
        )
    post_save.connect(
        make_sizes_of_revision,
        sender=Revision,
        dispatch_uid="articles.pages.make_sizes_of_revision",
    )
