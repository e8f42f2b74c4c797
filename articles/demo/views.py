"""How the demo's readers came: a plausible curve of views, hour by hour. Pure.

Attention is highest in the first hours and fades by a power of the age, as it does on
news sites; within a day it has a peak at noon and another one in the evening (UTC).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate

from articles.demo.records import DemoArticle

HOUR = timedelta(hours=1)
COUNTED_FOR = timedelta(days=30)
WEEK = timedelta(days=7)

FADING = 1.15
"""Exponent of the age in hours; larger is forgotten sooner."""

LONG_TAIL = 2.2
"""Of an article older than what is counted: views in the three weeks before the last
one, as a multiple of that week's."""


def count_older_views(article: DemoArticle, *, now: datetime) -> int | None:
    """Return the views before the hours that are counted here; None for an unread article.

    They enter like the numbers of an older system: into the total, and no window.
    """
    if not article.views:
        return None
    return article.views - article.weekly_views - _views_before_week(article, now=now)


def list_hourly_views(article: DemoArticle, *, now: datetime) -> Iterator[tuple[datetime, int]]:
    """Return (beginning of an hour, views), oldest first; hours without views are left out.

    The views of the last seven days add up to `weekly_views`, and everything together
    with `count_older_views` to `views`.
    """
    published = article.published_at(now=now)
    if not article.views or published is None:
        return
    # A window holds the hours that begin within it.
    start = max(_hour(published), _hour(now - COUNTED_FOR) + HOUR)
    week = max(start, _hour(now - WEEK) + HOUR)
    before = _views_before_week(article, now=now)
    yield from _spread(before, since=start, until=week, published=published)
    yield from _spread(article.weekly_views, since=week, until=now, published=published)


def _views_before_week(article: DemoArticle, *, now: datetime) -> int:
    published = article.published_at(now=now)
    rest = article.views - article.weekly_views
    if published is None or published > now - COUNTED_FOR:
        return rest
    return min(rest, round(article.weekly_views * LONG_TAIL))


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _spread(
    views: int, *, since: datetime, until: datetime, published: datetime
) -> Iterator[tuple[datetime, int]]:
    """Share views out over the hours that begin between two full hours, by their weights."""
    count = math.ceil((until - since) / HOUR)
    hours = [since + HOUR * number for number in range(count)]
    weights = [_weight(hour, published=published) for hour in hours]
    whole, given = sum(weights), 0
    for hour, reached in zip(hours, accumulate(weights), strict=True):
        wanted = round(views * reached / whole)
        if wanted > given:
            yield hour, wanted - given
        given = wanted


def _weight(hour: datetime, *, published: datetime) -> float:
    age = max(0.0, (hour - published) / HOUR)
    noon = math.exp(-(((hour.hour - 12) / 4) ** 2))
    evening = math.exp(-(((hour.hour - 19) / 3) ** 2))
    return (0.35 + noon + 0.8 * evening) / (age + 2) ** FADING
