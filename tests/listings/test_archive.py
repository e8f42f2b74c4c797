"""The archive goes by the site's days, and knows no empty ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.listings.archive_queries import list_years
from articles.listings.days import build_calendar, day_period, midnight
from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticlePage

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]


@pytest.fixture
def _karachi(db: None) -> None:
    NewsroomSettings.objects.update(time_zone="Asia/Karachi")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.usefixtures("_karachi")
def test_day_holds_what_was_published_on_it_in_the_sites_zone(
    client: Client, make_article: Make
) -> None:
    make_article(title="Late on the ninth", published_at=at(2024, 3, 9, 18, 59))
    make_article(title="Early on the tenth", published_at=at(2024, 3, 9, 19, 1))
    ninth = client.get("/archive/2024/03/09/").content.decode()
    tenth = client.get("/archive/2024/03/10/").content.decode()
    assert "Late on the ninth" in ninth
    assert "Early on the tenth" not in ninth
    assert "Early on the tenth" in tenth
    assert "Late on the ninth" not in tenth


def test_day_leads_to_its_neighbors_and_the_month_links_days_with_articles_only(
    client: Client, make_article: Make
) -> None:
    for day in (1, 9, 20):
        make_article(published_at=at(2024, 3, day, 12))
    response = client.get("/archive/2024/03/09/")
    context = response.context
    assert context["heading"] == "9 March 2024"
    assert context["previous"] == ("1 March 2024", "/archive/2024/03/01/")
    assert context["next"] == ("20 March 2024", "/archive/2024/03/20/")
    cells = [cell for week in context["calendar"]["weeks"] for cell in week if cell]
    assert [cell["day"] for cell in cells if cell["url"]] == [1, 9, 20]
    assert [cell["day"] for cell in cells if cell["is_current"]] == [9]
    assert [title for title, _ in context["breadcrumb"]] == [
        "Home",
        "Archive",
        "2024",
        "March",
        "9 March 2024",
    ]


def test_month_and_year_count_their_articles_and_lead_on(
    client: Client, make_article: Make
) -> None:
    for moment in (at(2022, 5, 1), at(2024, 3, 9), at(2024, 3, 10), at(2024, 7, 1)):
        make_article(published_at=moment)
    month = client.get("/archive/2024/03/").context
    assert len(month["cards"]) == 2
    assert month["previous"] == ("May 2022", "/archive/2022/05/")
    assert month["next"] == ("July 2024", "/archive/2024/07/")
    year = client.get("/archive/2024/").context
    assert year["months"] == [
        ("March", "/archive/2024/03/", 2),
        ("July", "/archive/2024/07/", 1),
    ]
    assert year["previous"] == ("2022", "/archive/2022/")
    assert year["next"] is None
    assert client.get("/archive/").context["years"] == [
        ("2024", "/archive/2024/"),
        ("2022", "/archive/2022/"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/archive/2024/03/10/",
        "/archive/2024/04/",
        "/archive/2023/",
        "/archive/2024/02/30/",
        "/archive/2024/13/",
        "/archive/2024/00/01/",
        "/archive/2024/3/9/",
        "/archive/0000/",
        "/archive/2999/12/31/",
        "/archive/2024/03/09/?page=2",
        "/archive/2024/03/09/?page=0",
        "/archive/2024/03/09/?page=x",
    ],
)
def test_empty_future_and_impossible_dates_are_not_there(
    client: Client, make_article: Make, path: str
) -> None:
    make_article(published_at=at(2024, 3, 9))
    assert client.get(path).status_code == 404


def test_future_is_not_there_even_when_something_waits_for_it(
    client: Client, make_article: Make
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    make_article(published_at=tomorrow)
    assert client.get(f"/archive/{tomorrow:%Y/%m/%d}/").status_code == 404
    assert client.get("/archive/").context["years"] == []


def test_address_without_slash_leads_to_the_one_with_it(client: Client, make_article: Make) -> None:
    make_article(published_at=at(2024, 3, 9))
    response = client.get("/archive/2024/03/09")
    assert response.status_code == 301
    assert response["Location"] == "/archive/2024/03/09/"


def test_head_has_no_body_and_post_is_refused(client: Client, make_article: Make) -> None:
    make_article(published_at=at(2024, 3, 9))
    response = client.head("/archive/2024/03/09/")
    assert (response.status_code, response.content) == (200, b"")
    assert client.post("/archive/2024/03/09/").status_code == 405


@pytest.mark.parametrize(
    "path", ["/archive/", "/archive/2024/", "/archive/2024/03/", "/archive/2024/03/09/"]
)
def test_number_of_queries_is_the_same_for_3_and_30_articles(
    client: Client, make_article: Make, path: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    for _ in range(3):
        make_article(published_at=at(2024, 3, 9))
    few = count()
    for _ in range(27):
        make_article(published_at=at(2024, 3, 9))
    assert count() == few <= 13


def test_years_without_articles_are_left_out(make_article: Make) -> None:
    for year in (1998, 2001, 2024):
        make_article(published_at=at(year, 6, 1))
    assert list_years(zone=ZoneInfo("UTC"), now=timezone.now()) == [2024, 2001, 1998]


def test_day_of_a_clock_change_has_23_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    start, end = day_period(2026, 3, 29).bounds(zone)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=23)
    assert midnight(date(2026, 3, 29), zone=zone).astimezone(UTC) == at(2026, 3, 28, 23)


@pytest.mark.parametrize(("language", "first"), [("en", "Sun"), ("de", "Mo")])
def test_weeks_begin_as_the_language_does(settings: object, language: str, first: str) -> None:
    from django.utils import translation

    with translation.override(language):
        month = build_calendar(date(2024, 3, 1), days=set())
    assert month["weekdays"][0].startswith(first)
    assert all(len(week) == 7 for week in month["weeks"])
