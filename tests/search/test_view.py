"""The search page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.search.actions import index_articles
from tests.factories.people import make_author

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]


@pytest.fixture
def indexed(make_article: Make) -> Make:
    def make(**fields: object) -> ArticlePage:
        article = make_article(**fields)
        index_articles([article.pk])
        return article

    return make


def test_page_without_words_shows_the_form_and_the_latest(client: Client, indexed: Make) -> None:
    indexed(title="Zinc")
    response = client.get("/search/")
    assert response.status_code == 200
    assert [card.title for card in response.context["latest"]] == ["Zinc"]
    assert response.context["error"] == ""
    assert response.context["meta"]["robots"] == "noindex, follow"


def test_found_words_are_marked_in_headline_standfirst_and_body(
    client: Client, indexed: Make
) -> None:
    indexed(title="Zinc & tin", standfirst="Prices of zinc.", body=[("paragraph", "<p>Zinc</p>")])
    indexed(title="Metals", standfirst="Dull.", body=[("paragraph", "<p>Much <b>zinc</b>!</p>")])
    html = client.get("/search/?q=zinc").content.decode()
    assert "2 results for “zinc”" in html
    assert "<mark>Zinc</mark> &amp; tin" in html
    assert "Prices of <mark>zinc</mark>." in html
    assert "Much <mark>zinc</mark>!" in html
    assert "Dull." not in html


def test_nothing_found_shows_the_latest_and_how_to_remove_filters(
    client: Client, indexed: Make
) -> None:
    indexed(title="Zinc")
    response = client.get("/search/?q=nickel&type=analysis")
    assert "Nothing was found." in response.content.decode()
    assert [card.title for card in response.context["latest"]] == ["Zinc"]
    assert response.context["active_filters"] == [("Analysis", "/search/?q=nickel")]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("!!!", "type at least one"),
        ("-zinc", "add one to look for"),
        ("z" * 201, "longer than 200 characters"),
        ("+".join(["ab"] * 21), "more than 20 words"),
    ],
)
def test_what_cannot_be_searched_is_explained_and_kept(
    client: Client, query: str, message: str
) -> None:
    response = client.get(f"/search/?q={query}")
    assert response.status_code == 200
    assert message in response.context["error"]
    assert response.context["query"] == query.replace("+", " ")


def test_filters_narrow_the_search_and_are_named(
    client: Client, indexed: Make, subsection: CategoryPage
) -> None:
    NewsroomSettings.objects.update(time_zone="Asia/Karachi")
    evening = datetime(2024, 3, 9, 20, tzinfo=UTC)  # the tenth, in Karachi
    wanted = indexed(title="Zinc one", parent=subsection, kind="analysis", published_at=evening)
    indexed(title="Zinc two", published_at=evening - timedelta(days=1))
    author = make_author("Lin Meifeng", wanted)
    url = (
        f"/search/?q=zinc&type=analysis&section=technology&author={author.slug}"
        "&from=2024-03-10&to=2024-03-10"
    )
    response = client.get(url)
    assert response.context["count"] == 1
    labels = dict(response.context["active_filters"])
    assert list(labels) == [
        "Analysis",
        "Technology",
        "Lin Meifeng",
        "from March 10, 2024",
        "to March 10, 2024",
    ]
    assert "author" not in labels["Lin Meifeng"]
    assert client.get("/search/?q=zinc&to=2024-03-09").context["count"] == 1
    assert client.get("/search/?q=zinc&section=technology").context["count"] == 2


def test_results_are_paged_and_keep_the_question(
    client: Client, indexed: Make, settings: object
) -> None:
    settings.NEWSROOM_PAGE_SIZE = 2  # type: ignore[attr-defined]
    now = timezone.now()
    for days in range(3):
        indexed(title=f"Zinc {days}", published_at=now - timedelta(days=days))
    first = client.get("/search/?q=zinc&sort=newest")
    assert [card.title for card in first.context["cards"]] == [
        "<mark>Zinc</mark> 0",
        "<mark>Zinc</mark> 1",
    ]
    following = first.context["pager"].next_url
    assert following == "/search/?q=zinc&sort=newest&page=2"
    assert [card.title for card in client.get(following).context["cards"]] == [
        "<mark>Zinc</mark> 2"
    ]
    assert client.get("/search/?q=zinc&page=3").status_code == 404
    assert client.get("/search/?q=zinc&page=x").status_code == 404


def test_number_of_queries_is_the_same_for_3_and_300_articles(
    client: Client, indexed: Make
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/search/?q=zinc").context["count"] > 0
        return len(captured)

    for _ in range(3):
        indexed(title="Zinc")
    few = count()
    for _ in range(297):
        indexed(title="Zinc")
    assert count() == few <= 22


def test_slash_head_and_post_behave(client: Client) -> None:
    assert client.get("/search?q=zinc").status_code == 301
    assert client.head("/search/?q=zinc").content == b""
    assert client.post("/search/").status_code == 405


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["q", "type", "section", "author", "from", "to", "sort", "page"]),
        st.text(max_size=30) | st.sampled_from(["2024-01-01", "0001-01-01", "9999-12-31", "1"]),
    )
)
def test_no_address_breaks_the_page(client: Client, parameters: dict[str, str]) -> None:
    safe = {key: value.encode(errors="replace").decode() for key, value in parameters.items()}
    assert client.get("/search/", safe).status_code in {200, 404}
