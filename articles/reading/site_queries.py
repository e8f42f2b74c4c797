"""The queries by which a site's facts are read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, Site

from articles.navigation.models import BreakingBanner, FooterLink, SocialProfile
from articles.pages.category import CategoryPage
from articles.pages.visibility import visible_pages

PROFILE, FOOTER, BANNER = 0, 1, 2


class SiteLine(NamedTuple):
    """A profile, a footer link or a banner; a link to a page has `page_id` and no `url`."""

    kind: int
    order: int | None
    text: str
    url: str
    page_id: int | None
    at: datetime | None


class PageLine(NamedTuple):
    """A page that readers may see."""

    id: int
    path: str
    url_path: str
    title: str
    is_section: bool


def find_site(request: HttpRequest) -> Site | None:
    """Return the site that answers a request, with home page and settings loaded.

    One query, none when it is known: Wagtail's memo on the request is used and filled.
    The choice is Wagtail's (`wagtail.models.sites.get_site_for_hostname`): host and port,
    host, the default site.
    """
    if not hasattr(request, "_wagtail_site"):
        raw_host = request._get_raw_host()  # type: ignore[attr-defined]  # as Wagtail does
        host, port = split_domain_port(raw_host)[0], request.get_port()
        sites = list(
            Site.objects.filter(Q(hostname=host) | Q(is_default_site=True))
            .order_by()
            .select_related("root_page__homepage", "newsroomsettings")
        )
        site = _choose(sites, host=host, port=port)
        if site is not None and hasattr(site.root_page, "homepage"):
            site.root_page = site.root_page.homepage
        request._wagtail_site = site  # type: ignore[attr-defined]  # Wagtail's own memo
    return request._wagtail_site  # type: ignore[attr-defined]


def _choose(sites: list[Site], *, host: str, port: str) -> Site | None:
    named = [site for site in sites if site.hostname == host]
    for site in named:
        if str(site.port) == str(port):
            return site
    for site in named:
        if site.is_default_site:
            return site
    if len(named) == 1:
        return named[0]
    return next((site for site in sites if site.is_default_site), None)


def load_site_lines(settings_id: int | None, *, now: datetime) -> list[SiteLine]:
    """Return profiles and footer links in their order, and banners on air. One query."""
    profiles = _as_lines(
        SocialProfile.objects.filter(settings=settings_id),
        kind=PROFILE,
        order=F("sort_order"),
        text="label",
    )
    footer = _as_lines(
        FooterLink.objects.filter(settings=settings_id),
        kind=FOOTER,
        order=F("sort_order"),
        text="title",
        page=F("page_id"),
    )
    banners = _as_lines(
        BreakingBanner.objects.on_air(now=now),
        kind=BANNER,
        order=Value(0),
        text="text",
        page=F("page_id"),
        at=F("starts_at"),
    )
    # One statement of three tables that have little to do with each other: it stands on
    # every page of the site.
    lines = profiles.union(footer, banners, all=True)
    return sorted(
        (SiteLine(*line) for line in lines), key=lambda line: (line.kind, line.order or 0)
    )


def _as_lines(
    rows: QuerySet, *, kind: int, order: Any, text: str, page: Any = None, at: Any = None
) -> QuerySet:
    return rows.order_by().values_list(
        Value(kind, output_field=IntegerField()),
        Cast(order, IntegerField()),
        Cast(F(text), CharField()),
        Cast(F("url"), CharField()),
        Cast(page or Value(None), BigIntegerField()),
        Cast(at or Value(None), DateTimeField()),
    )


def load_page_lines(*, root_path: str, page_ids: Collection[int], now: datetime) -> list[PageLine]:
    """Return all sections of a site, and the pages asked for; only what readers may see.

    In the order of the tree. One query, whatever its depth.
    """
    ids = CategoryPage.objects.order_by().values("pk")
    if page_ids:
        ids = ids.union(Page.objects.order_by().filter(pk__in=page_ids).values("pk"))
    rows = (
        visible_pages(now=now)
        .filter(pk__in=ids, path__startswith=root_path)
        .order_by("path")
        .values_list("pk", "path", "url_path", "title", "categorypage__pk")
    )
    return [
        PageLine(pk, path, url_path, title, category_id is not None)
        for pk, path, url_path, title, category_id in rows
    ]
