"""The archive: years, months and days in the site's time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.listings import archive_queries as queries
from articles.listings.days import (
    Period,
    build_calendar,
    day_name,
    day_period,
    day_url,
    month_name,
    month_period,
    month_url,
    year_period,
    year_url,
)
from articles.listings.rendering import collection_node, list_context
from articles.pages.article import ArticlePage
from articles.reading.facts import SiteFacts
from articles.reading.frame import Link, page_context
from articles.reading.site import get_site_facts

ARCHIVE_URL = "/archive/"


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Show the years that have articles."""
    facts = get_site_facts(request)
    heading = _("Archive")
    years = queries.list_years(zone=facts.zone, now=timezone.now())
    context = page_context(
        request,
        title=heading,
        breadcrumb=[(heading, "")],
        json_ld=[collection_node(facts, url=ARCHIVE_URL, name=heading)],
    )
    context |= {
        "heading": heading,
        "years": [(str(year), year_url(date(year, 1, 1))) for year in years],
    }
    return render(request, "listings/archive.html", context)


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the months of a year, with how many articles each has."""
    facts, now = get_site_facts(request), timezone.now()
    period = _period(year_period, year)
    counts = queries.count_by_month(period, zone=facts.zone, now=now)
    if not counts:
        raise Http404("Nothing was published in this year.")
    previous, following = queries.find_neighbors(period, zone=facts.zone, now=now)
    heading = str(year)
    context = list_context(
        request,
        heading=heading,
        base_url=year_url(period.first),
        article_ids=ArticlePage.objects.none().values_list("pk", flat=True),
        breadcrumb=[_archive_link()],
        total=0,
    )
    context |= {
        "months": [
            (date_format(month, "F"), month_url(month), count)
            for month, count in sorted(counts.items())
        ],
        "previous": previous and (str(previous.year), year_url(previous)),
        "next": following and (str(following.year), year_url(following)),
    }
    return render(request, "listings/archive_year.html", context)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show a month as a calendar, and its articles."""
    facts, now = get_site_facts(request), timezone.now()
    period = _period(month_period, year, month)
    context, days = _articles_context(
        request,
        facts,
        period=period,
        within=period,
        heading=month_name(period.first),
        base_url=month_url(period.first),
        breadcrumb=[_archive_link(), _year_link(period.first)],
        now=now,
    )
    previous, following = queries.find_neighbors(period, zone=facts.zone, now=now)
    context |= {
        "calendar": build_calendar(period.first, days=set(days)),
        "previous": previous and (month_name(previous), month_url(previous)),
        "next": following and (month_name(following), month_url(following)),
    }
    return render(request, "listings/archive_month.html", context)


@require_safe
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Show everything of a day."""
    facts, now = get_site_facts(request), timezone.now()
    period = _period(day_period, year, month, day)
    context, days = _articles_context(
        request,
        facts,
        period=period,
        within=_period(month_period, year, month),
        heading=day_name(period.first),
        base_url=day_url(period.first),
        breadcrumb=[_archive_link(), _year_link(period.first), _month_link(period.first)],
        now=now,
    )
    previous, following = queries.find_neighbors(period, zone=facts.zone, now=now)
    context |= {
        "calendar": build_calendar(period.first, days=set(days), current=period.first),
        "previous": previous and (day_name(previous), day_url(previous)),
        "next": following and (day_name(following), day_url(following)),
    }
    return render(request, "listings/archive_day.html", context)


def _articles_context(
    request: HttpRequest,
    facts: SiteFacts,
    *,
    period: Period,
    within: Period,
    heading: str,
    base_url: str,
    breadcrumb: list[Link],
    now: datetime,
) -> tuple[dict[str, Any], dict[date, int]]:
    """Return the list of a period's articles, and the counts by day of the month around it."""
    days = queries.count_by_day(within, zone=facts.zone, now=now)
    total = sum(count for day, count in days.items() if period.first <= day < period.end)
    if not total:
        raise Http404("Nothing was published then.")
    articles = queries.articles_of(period, zone=facts.zone, now=now)
    context = list_context(
        request,
        heading=heading,
        base_url=base_url,
        article_ids=articles.values_list("pk", flat=True),
        breadcrumb=breadcrumb,
        total=total,
    )
    return context, days


def _period(make: Callable[..., Period], *numbers: int) -> Period:
    try:
        return make(*numbers)
    except ValueError as error:
        raise Http404("The calendar has no such day.") from error


def _archive_link() -> Link:
    return _("Archive"), ARCHIVE_URL


def _year_link(day: date) -> Link:
    return str(day.year), year_url(day)


def _month_link(day: date) -> Link:
    return date_format(day, "F"), month_url(day)
