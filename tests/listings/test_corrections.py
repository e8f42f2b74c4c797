"""The corrections log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.corrections.models import Correction
from articles.listings.correction_queries import LogEntry
from articles.pages import actions as publishing
from articles.pages.article import ArticlePage

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]


def note(article: ArticlePage, text: str = "Twelve, not ten.", **fields: object) -> None:
    Correction.objects.create(article=article, text=text, **fields)


def entries(client: Client, path: str = "/corrections/") -> list[LogEntry]:
    return list(client.get(path).context["entries"])


def test_log_lists_notes_newest_first_with_their_articles(
    client: Client, make_article: Make
) -> None:
    article = make_article(title="Zones", slug="zones")
    note(article, "Old", published_at=datetime(2023, 5, 1, tzinfo=UTC))
    note(article, "New", kind="clarification", published_at=datetime(2024, 5, 1, tzinfo=UTC))
    first, second = entries(client)
    assert (first.text, first.kind_label, first.article_title, first.article_url) == (
        "New",
        "Clarification",
        "Zones",
        "/technology/zones/",
    )
    assert second.text == "Old"
    assert client.get("/corrections/").context["years"] == [
        ("2024", "/corrections/?year=2024"),
        ("2023", "/corrections/?year=2023"),
    ]
    assert [entry.text for entry in entries(client, "/corrections/?year=2023")] == ["Old"]


@pytest.mark.parametrize("year", ["2022", "x", "20243", "-1"])
def test_year_without_notes_is_not_there(client: Client, make_article: Make, year: str) -> None:
    note(make_article(), published_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert client.get(f"/corrections/?year={year}").status_code == 404


def test_withdrawn_article_is_named_without_a_link(client: Client, make_article: Make) -> None:
    article = make_article(title="Zones", slug="zones")
    note(article)
    publishing.withdraw(article, actor=None, reason="Made up", now=timezone.now())
    (entry,) = entries(client)
    assert (entry.article_title, entry.article_url) == ("Zones", "")
    html = client.get("/corrections/").content.decode()
    assert "/technology/zones/" not in html
    assert "Made up" not in html


def test_articles_that_readers_never_saw_or_that_left_in_silence_are_not_named(
    client: Client, make_article: Make
) -> None:
    now = timezone.now()
    unpublished = make_article()
    note(unpublished)
    unpublished.unpublish()
    note(make_article(expire_at=now - timedelta(hours=1)))
    note(make_article(embargoed_until=now + timedelta(hours=1)))
    draft = make_article(live=False)
    note(draft)
    publishing.withdraw(draft, actor=None, reason="Never out", now=now)
    assert entries(client) == []


def test_number_of_queries_is_the_same_for_3_and_30_notes(
    client: Client, make_article: Make
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/corrections/").status_code == 200
        return len(captured)

    for _ in range(3):
        note(make_article())
    few = count()
    for _ in range(27):
        note(make_article())
    assert count() == few <= 10
