"""What all page types of the newsroom share."""

from __future__ import annotations

from datetime import datetime
from http import HTTPMethod
from typing import Any, NoReturn

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from articles.pages.addresses import check_slug_is_allowed, lock_pages, lock_parent
from articles.pages.errors import NotReadyError
from articles.pages.permissions import NewsroomPermissionTester
from articles.pages.presentation import present
from articles.pages.redirects import leave_redirects
from articles.pages.routing import ReaderState, find_page, get_reader_state
from articles.pages.visibility import NewsroomPageManager

RESERVED_ROOT_SLUGS = frozenset(
    {"_v", "admin", "api", "archive", "authors", "corrections", "documents", "feed", "healthz"}
    | {"media", "readyz", "search", "static", "tags"}
    | {"favicon.ico", "llms.txt", "news-sitemap.xml", "robots.txt", "sitemap.xml"}
)
"""First path segments that belong to the project: no page directly below home may take one."""

RESERVED_LIST_SLUGS = frozenset({"feed"})
"""Segments that belong to every list: no page below a category or home may take one."""


class NewsroomPage(Page):
    """Abstract base of our page types; siblings rather than children of a concrete page.

    Wagtail has no single way into the tree: views, bulk actions, workflow and APIs
    build the classes of `wagtail.actions` or call these methods. So each of them is
    one transaction here and holds the parent's row; `articles/pages/actions.py`
    is what our own code calls.
    """

    objects = NewsroomPageManager()
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    reader_state: ReaderState | None = None
    """What readers may do with the page; known once a request has been routed to it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save while holding the parent's row; a changed address leaves a redirect."""
        if self.alias_of_id is not None:
            raise NotReadyError(
                _("A page has one address: list an article in further sections instead.")
            )
        with transaction.atomic():
            lock_parent(self)
            before = None
            fields = kwargs.get("update_fields")
            if self.pk is not None and (fields is None or "slug" in fields):
                before = Page.objects.filter(pk=self.pk).values_list(
                    "slug", "url_path", "first_published_at"
                )[:1]
                before = next(iter(before), None)
            super().save(*args, **kwargs)
            if before is not None and before[0] != self.slug and (before[2] or self.live):
                leave_redirects(self, old_url_path=before[1], new_url_path=self.url_path)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish or schedule a revision in one transaction."""
        with transaction.atomic():
            lock_parent(self)
            super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Take the page off the site in one transaction."""
        with transaction.atomic():
            lock_parent(self)
            super().unpublish(*args, **kwargs)

    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        """Move in one transaction, holding the old parent and the new one."""
        with transaction.atomic():
            lock_pages(self.get_parent(), target)
            super().move(target, pos=pos, user=user)

    def copy(self, *args: Any, **kwargs: Any) -> Page:
        """Copy in one transaction."""
        with transaction.atomic():
            return super().copy(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete in one transaction; see `NewsroomPageQuerySet.delete` for what is refused."""
        with transaction.atomic():
            lock_parent(self)
            return super().delete(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> NewsroomPermissionTester:
        return NewsroomPermissionTester(user, self)

    def _check_slug_is_unique(self) -> None:
        # Part of every save and of every form, live or draft.
        super()._check_slug_is_unique()
        check_slug_is_allowed(self, parent=self.get_parent())

    def is_visible_to_readers(self, *, now: datetime | None = None) -> bool:
        """Tell whether the public may see this very page (one query)."""
        return type(self).objects.filter(pk=self.pk).visible_to_readers(now=now).exists()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead a request to the page it asks for: to one that readers may see, or sign in for.

        One query. Live is not enough: an embargo, an expiry, a withdrawal are obeyed here.

        Raises:
            Http404: no such page, or it is not published. `Withdrawn`: it was.
        """
        now = timezone.now()
        if path_components:
            page = find_page(self, components=path_components, now=now)
            return page.route(request, [])
        if self.reader_state is None:
            self.reader_state = get_reader_state(self, now=now)
        if not self.reader_state.is_published:
            self.refuse_reader(now=now)
        return RouteResult(self)

    def refuse_reader(self, *, now: datetime) -> NoReturn:
        """Answer for a page that is not published."""
        raise Http404("The page is not published.")

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions of the page; no query if it is known to have none."""
        if self.reader_state is not None and self.reader_state.is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | present(self, request)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        response["Content-Language"] = self.text_language
        return response

    @property
    def text_language(self) -> str:
        """BCP 47 tag of the text: the site's."""
        return get_language() or settings.LANGUAGE_CODE

    def slug_is_reserved(self, slug: str, *, parent: Page) -> bool:
        """Tell whether a slug would hide one of the project's own addresses."""
        if slug in RESERVED_LIST_SLUGS:
            return True
        return parent.depth == 2 and slug in RESERVED_ROOT_SLUGS
