"""Lists by topic and by author."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.pages.article import ArticlePage
from articles.people.models import AuthorProfile, Byline
from articles.tags.actions import merge_topics
from articles.tags.models import Topic
from tests.factories.images import make_image, make_renditions
from tests.factories.people import make_author

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]


def titles(client: Client, path: str) -> list[str]:
    return [card.title for card in client.get(path).context["cards"]]


def test_topic_lists_its_articles_newest_first(client: Client, make_article: Make) -> None:
    now = timezone.now()
    for days in (3, 1, 2):
        make_article(title=f"{days} days", tags=("6G",), published_at=now - timedelta(days=days))
    make_article(title="Other", tags=("Chips",))
    assert titles(client, "/tags/6g/") == ["1 days", "2 days", "3 days"]


def test_topic_is_for_search_engines_from_five_articles_on(
    client: Client, make_article: Make
) -> None:
    for _ in range(4):
        make_article(tags=("6G",))
    assert client.get("/tags/6g/").context["meta"]["robots"] == "noindex, follow"
    make_article(tags=("6G",))
    assert client.get("/tags/6g/").context["meta"]["robots"] == "max-image-preview:large"


def test_topic_leads_to_those_it_stands_with_most(client: Client, make_article: Make) -> None:
    make_article(tags=("6G", "Chips", "China"))
    make_article(tags=("6G", "China"))
    make_article(tags=("6G", "Secret"), live=False)
    assert client.get("/tags/6g/").context["subsections"] == [
        ("China", "/tags/china/"),
        ("Chips", "/tags/chips/"),
    ]


def test_merged_topic_leads_to_the_one_that_stayed(client: Client, make_article: Make) -> None:
    make_article(tags=("6G", "Sixth generation"))
    topics = {topic.name: topic for topic in Topic.objects.all()}
    merge_topics(topics["6G"], [topics["Sixth generation"]])
    response = client.get("/tags/sixth-generation/")
    assert response.status_code == 301
    assert response["Location"] == "/tags/6g/"


def test_topics_and_authors_of_drafts_only_are_nowhere(client: Client, make_article: Make) -> None:
    draft = make_article(tags=("Secret",), live=False)
    make_author("Nobody Yet", draft)
    assert client.get("/tags/secret/").status_code == 404
    assert client.get("/authors/nobody-yet/").status_code == 404
    assert client.get("/tags/").context["topics"] == []
    assert client.get("/authors/").context["authors"] == []


def test_author_page_says_who_it_is_and_lists_each_article_once(
    client: Client, make_article: Make
) -> None:
    image = make_image()
    make_renditions(image, slot="portrait")
    first = make_article(title="Signed twice")
    author = make_author(
        "Lin Meifeng", first, portrait=image, base="Beijing", languages="English, Mandarin"
    )
    Byline.objects.create(article=first, author=author, role="photographs")
    AuthorProfile.objects.create(author=author, label="Mastodon", url="https://social.example/@l")
    response = client.get("/authors/lin-meifeng/")
    assert [card.title for card in response.context["cards"]] == ["Signed twice"]
    html = response.content.decode()
    assert '<a href="https://social.example/@l" rel="me">Mastodon</a>' in html
    nodes = {
        node["@type"]: node for node in json.loads(response.context["meta"]["json_ld"])["@graph"]
    }
    person = nodes["ProfilePage"]["mainEntity"]
    assert person["name"] == "Lin Meifeng"
    assert person["knowsLanguage"] == ["English", "Mandarin"]
    assert person["image"].startswith("http")


def test_biography_links_lead_to_pages_that_may_be_seen(client: Client, make_article: Make) -> None:
    seen, hidden = make_article(title="Seen"), make_article(title="Hidden", live=False)
    biography = "".join(
        f'<p><a linktype="page" id="{page.pk}">{page.title}</a></p>' for page in (seen, hidden)
    )
    make_author("Lin", seen, biography=biography)
    html = client.get("/authors/lin/").content.decode()
    assert f'<p><a href="{seen.url}">Seen</a></p><p>Hidden</p>' in html


def test_names_of_authors_are_escaped(client: Client, make_article: Make) -> None:
    make_author("<b>Lin</b>", make_article(), slug="lin", biography="<p>Reports.</p>")
    html = client.get("/authors/lin/").content.decode()
    assert "<b>Lin</b>" not in html


@pytest.mark.parametrize(
    "path", ["/tags/6g/", "/tags/", "/authors/lin/", "/authors/", "/corrections/"]
)
def test_lists_end_with_their_last_page_and_know_one_spelling(
    client: Client, make_article: Make, path: str
) -> None:
    make_author("Lin", make_article(tags=("6G",)))
    assert client.get(path).status_code == 200
    assert client.get(f"{path}?page=2").status_code == 404
    assert client.get(f"{path}?page=01").status_code == 404
    assert client.get(path.removesuffix("/")).status_code == 301
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_second_page_is_its_own_canonical_page(
    client: Client, make_article: Make, settings: object
) -> None:
    settings.NEWSROOM_PAGE_SIZE = 2  # type: ignore[attr-defined]
    for _ in range(3):
        make_article(tags=("6G",))
    context = client.get("/tags/6g/?page=2").context
    assert len(context["cards"]) == 1
    assert context["meta"]["canonical_url"].endswith("/tags/6g/?page=2")
    assert context["pager"].previous_url == "/tags/6g/"


@pytest.mark.parametrize("path", ["/tags/6g/", "/tags/", "/authors/lin/", "/authors/"])
def test_number_of_queries_is_the_same_for_3_and_30_articles(
    client: Client, make_article: Make, path: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    author = make_author("Lin")

    def make(amount: int) -> None:
        for number in range(amount):
            article = make_article(tags=("6G", f"Topic {number}"))
            Byline.objects.create(article=article, author=author)

    make(3)
    few = count()
    make(27)
    assert count() == few <= 13
