"""The curve of the demo's views: its sums, its windows, its shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from articles.demo.content import load_content
from articles.demo.records import DemoArticle
from articles.demo.views import count_older_views, list_hourly_views

NOW = datetime(2031, 5, 4, 12, 25, tzinfo=UTC)


def make(**fields) -> DemoArticle:
    return DemoArticle(slug="s", section="world", title="T", standfirst="", body_html="", **fields)


def in_window(rows, days: float) -> int:
    return sum(views for hour, views in rows if hour > NOW - timedelta(days=days))


@pytest.mark.parametrize("article", load_content().articles, ids=lambda article: article.slug)
def test_sums_are_those_that_the_article_states(article):
    rows = list(list_hourly_views(article, now=NOW))

    assert in_window(rows, 7) == article.weekly_views
    assert sum(views for _, views in rows) + (count_older_views(article, now=NOW) or 0) == (
        article.views
    )
    assert (count_older_views(article, now=NOW) or 0) >= 0


@pytest.mark.parametrize("age_hours", [0.7, 12, 167.9, 168, 400, 719, 721, 20_000])
def test_hours_lie_between_publication_and_now_and_are_whole(age_hours):
    article = make(age_hours=age_hours, views=9000, weekly_views=9000 if age_hours < 168 else 700)

    rows = list(list_hourly_views(article, now=NOW))

    first = NOW - timedelta(hours=age_hours + 1)
    assert all(first < hour <= NOW for hour, _ in rows)
    assert all((hour.minute, hour.second, hour.microsecond) == (0, 0, 0) for hour, _ in rows)
    assert len({hour for hour, _ in rows}) == len(rows)
    assert all(views > 0 for _, views in rows)
    assert in_window(rows, 7) == article.weekly_views


def test_attention_fades():
    rows = list(list_hourly_views(make(age_hours=96, views=9000, weekly_views=9000), now=NOW))

    def on_day(number: int) -> int:
        return sum(rows[i][1] for i in range(24 * number, 24 * (number + 1)))

    assert on_day(0) > 2 * on_day(1) > 2 * on_day(2) > on_day(3) > 0


def test_old_article_has_most_of_its_views_from_before():
    article = make(published=datetime(2024, 3, 9, 6, tzinfo=UTC), views=48_210, weekly_views=1290)

    assert count_older_views(article, now=NOW) == 48_210 - 1290 - 2838


def test_article_that_nobody_read_has_no_numbers():
    assert list(list_hourly_views(make(age_hours=5), now=NOW)) == []
    assert count_older_views(make(age_hours=5), now=NOW) is None
