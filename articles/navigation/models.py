"""The outlet's settings, and the breaking banner."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def policy_page(help_text: str | StrPromise) -> models.ForeignKey:
    """Return a link to the page that holds one of the outlet's policies."""
    return models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=help_text,
    )


class FeedContent(models.TextChoices):
    """How much of an article a feed carries."""

    FULL = "full", _("Full text")
    SUMMARY = "summary", _("Summary")


@register_setting(icon="site", order=100)
class NewsroomSettings(ClusterableModel, BaseSiteSetting):
    """What the outlet is called, how it signs, and where its policies stand."""

    outlet_name = models.CharField(max_length=120, default="Newsroom")
    tagline = models.CharField(max_length=255, blank=True)
    agency_code = models.CharField(
        max_length=40,
        blank=True,
        help_text=_("Stands in datelines: Beijing, 9 March 2024 (TDI)."),
    )
    logo = models.ForeignKey(
        "articles.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact_email = models.EmailField(blank=True)
    founding_year = models.PositiveSmallIntegerField(null=True, blank=True)
    address = models.CharField(max_length=255, blank=True)
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("IANA name, such as Asia/Karachi; empty: the server's TIME_ZONE setting."),
    )
    feed_content = models.CharField(max_length=8, choices=FeedContent, default=FeedContent.SUMMARY)
    ai_crawlers_allowed = models.BooleanField(
        _("AI crawlers allowed"),
        default=False,
        help_text=_("Whether robots.txt lets crawlers in that gather text to train models."),
    )
    about_page = policy_page(_("Who you are."))
    ethics_page = policy_page(_("Ethics and publishing principles."))
    corrections_page = policy_page(_("How errors are corrected."))
    ownership_page = policy_page(_("Ownership and funding."))
    masthead_page = policy_page(_("Who works here."))
    privacy_page = policy_page(_("Privacy policy."))

    class Meta:
        verbose_name = _("newsroom settings")

    def __str__(self) -> str:
        return self.outlet_name

    def clean(self) -> None:
        super().clean()
        if self.time_zone and self.time_zone not in available_timezones():
            raise ValidationError(
                {
                    "time_zone": _(
                        "This is no time zone that we know: write its name as in Asia/Karachi."
                    )
                }
            )

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the outlet tells the time; a name gone bad counts as empty."""
        try:
            return ZoneInfo(self.time_zone or settings.TIME_ZONE)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(settings.TIME_ZONE)


class SocialProfile(Orderable):
    """One of the outlet's own profiles: the *Follow us* links."""

    settings = ParentalKey(
        NewsroomSettings, on_delete=models.CASCADE, related_name="social_profiles"
    )
    label = models.CharField(max_length=60, help_text=_("Such as: Mastodon."))
    url = models.URLField(max_length=500)

    def __str__(self) -> str:
        return self.label


class FooterLink(Orderable):
    """A further link in the footer."""

    settings = ParentalKey(NewsroomSettings, on_delete=models.CASCADE, related_name="footer_links")
    title = models.CharField(max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.URLField(max_length=500, blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(page__isnull=False) & Q(url="")) | (Q(page__isnull=True) & ~Q(url="")),
                name="footer_link_is_a_page_or_an_address",
                violation_error_message=_("Choose a page, or give an address; not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BreakingBannerQuerySet(models.QuerySet):
    """Banners by time."""

    def on_air(self, *, now: object) -> BreakingBannerQuerySet:
        """Return those that readers see at a moment, the newest first."""
        return self.filter(starts_at__lte=now, ends_at__gt=now).order_by("-starts_at", "-pk")


class BreakingBanner(models.Model):
    """One line at the head of every page, between two moments."""

    text = models.CharField(max_length=90)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.URLField(_("or address"), max_length=500, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(help_text=_("It goes by itself."))

    objects = BreakingBannerQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="banner_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="banner_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.page_id and self.url:
            raise ValidationError({"url": _("Choose a page, or give an address; not both.")})
