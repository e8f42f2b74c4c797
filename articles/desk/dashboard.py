"""Panels of the desk's first screen. Each shows a few rows, and where all of them are."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from articles.desk.new_article import sections_to_write_in
from articles.desk.reviews import list_waiting
from articles.desk.rights import editable_by, made_or_signed_by
from articles.desk.states import annotate_moments, prefetch_reviews, state_of
from articles.desk.upcoming import list_upcoming
from articles.media.models import NewsImage
from articles.navigation.models import BreakingBanner
from articles.pages.article import ArticlePage
from articles.pages.failures import ReleaseFailure

SHOWN_AT_MOST = 8
UNFINISHED = Q(live=False, first_published_at__isnull=True) | Q(
    live=True, has_unpublished_changes=True
)


class StartPanel(Component):
    """What one comes to do: a new article in the usual section, a photo, a banner. Two queries."""

    name = "start"
    template_name = "desk/panels/start.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables, as its head comment names them."""
        user = parent_context["request"].user
        sections = sections_to_write_in(user)
        images = policy_registry.get_by_type(NewsImage)
        usual = [section for section in sections if section.is_usual or len(sections) == 1]
        return {
            "usual": usual[0] if usual else None,
            "has_sections": bool(sections),
            "may_upload": images.user_has_permission(user, "add"),
            "may_break": user.has_perm("articles.add_breakingbanner"),
        }


class OnAirPanel(Component):
    """The breaking banners readers see now, and the way to take them down. One query."""

    name = "on_air"
    template_name = "desk/panels/on_air.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: `banners`, `csrf_token`."""
        banners = BreakingBanner.objects.none()
        if parent_context["request"].user.has_perm("articles.change_breakingbanner"):
            banners = BreakingBanner.objects.on_air(now=timezone.now())[:SHOWN_AT_MOST]
        return {"banners": banners, "csrf_token": parent_context["csrf_token"]}


class FailedReleasesPanel(Component):
    """Scheduled items that did not go out: which, when and why. Two queries."""

    name = "failed_releases"
    template_name = "desk/panels/failed_releases.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: `failures` that this account may see to."""
        failures = list(ReleaseFailure.objects.select_related("page"))
        ids = [failure.page_id for failure in failures]
        pages = Page.objects.filter(editable_by(parent_context["request"].user), pk__in=ids)
        own = set(pages.values_list("pk", flat=True)) if ids else set()
        shown = [failure for failure in failures if failure.page_id in own]
        return {"failures": shown[:SHOWN_AT_MOST]}


class MyDraftsPanel(Component):
    """What the account has begun and readers do not have yet. Four queries."""

    name = "my_drafts"
    template_name = "desk/panels/my_drafts.html"
    order = 80

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: `rows` [{article, state}], `all_url`."""
        articles = (
            prefetch_reviews(annotate_moments(ArticlePage.objects.filter(UNFINISHED)))
            .filter(made_or_signed_by(parent_context["request"].user))
            .select_related("section")
            .defer_streamfields()
            .order_by("-latest_revision_created_at", "-pk")
        )
        now = timezone.now()
        rows = [
            {"article": article, "state": state_of(article, now=now)}
            for article in articles[:SHOWN_AT_MOST]
        ]
        return {"rows": rows, "all_url": reverse("articles:index") + "?mine=on"}


class ReviewsPanel(Component):
    """What waits for the account's review, the longest first.

    In the place of Wagtail's panel, whose queries grow with all that waits.
    """

    name = "reviews"
    template_name = "desk/panels/reviews.html"
    order = 220

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: `rows`, `count` of all, `all_url`."""
        waiting, count = list_waiting(
            parent_context["request"].user, now=timezone.now(), at_most=SHOWN_AT_MOST
        )
        all_url = reverse("articles:index") + "?state=review"
        return {"rows": waiting, "count": count, "all_url": all_url}


class UpcomingPanel(Component):
    """What happens by itself in the next 24 hours. Three queries."""

    name = "upcoming"
    template_name = "desk/panels/upcoming.html"
    order = 230

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: `events`, `all_url`."""
        events = list_upcoming(
            editable_by(parent_context["request"].user),
            now=timezone.now(),
            at_most=SHOWN_AT_MOST,
        )
        url = reverse("articles:index") + "?state=scheduled&ordering=goes_live_at"
        return {"events": events, "all_url": url}


PANELS = (
    StartPanel,
    OnAirPanel,
    FailedReleasesPanel,
    MyDraftsPanel,
    ReviewsPanel,
    UpcomingPanel,
)
