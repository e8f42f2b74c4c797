"""The form of the outlet's settings."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

TIME_ZONES = [
    ("", _("The server’s own")),
    *((name, name) for name in sorted(available_timezones())),
]
NAMED_LINK = [FieldRowPanel([FieldPanel("label"), FieldPanel("url")])]

OUTLET = [
    FieldPanel("outlet_name"),
    FieldPanel("tagline"),
    FieldRowPanel([FieldPanel("agency_code"), FieldPanel("founding_year")]),
    FieldPanel("logo"),
    FieldRowPanel(
        [
            FieldPanel("contact_email"),
            FieldPanel("time_zone", widget=forms.Select(choices=TIME_ZONES)),
        ]
    ),
    FieldPanel("address"),
    InlinePanel("social_profiles", heading=_("Follow us"), label=_("Profile"), panels=NAMED_LINK),
]

POLICIES = [
    MultiFieldPanel(
        [
            FieldPanel(f"{name}_page")
            for name in ("about", "ethics", "corrections", "ownership", "masthead", "privacy")
        ],
        heading=_("Pages readers look for"),
    ),
    InlinePanel(
        "footer_links",
        heading=_("Further links in the footer"),
        label=_("Link"),
        panels=[FieldPanel("title"), FieldRowPanel([FieldPanel("page"), FieldPanel("url")])],
    ),
    MultiFieldPanel(
        [FieldPanel("feed_content"), FieldPanel("ai_crawlers_allowed")], heading=_("Machines")
    ),
]


def outlet_editor() -> TabbedInterface:
    """Return the form of the settings: who the outlet is, and where its policies stand."""
    return TabbedInterface(
        [
            ObjectList(OUTLET, heading=_("Outlet")),
            ObjectList(POLICIES, heading=_("Policies and links")),
        ]
    )
