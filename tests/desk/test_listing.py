from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.roles import PUBLISHER, REPORTER, SECTION_EDITOR
from articles.desk.section_roles import make_section_role
from articles.desk.states import STATES, annotate_moments, prefetch_reviews, state_of
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.people.models import Author, Byline
from articles.popularity.models import ArticlePopularity
from articles.tags.models import Topic
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def publisher(sign_in):
    return sign_in(PUBLISHER)


@pytest.fixture
def in_each_state(make_article, publisher):
    """One article in every state, named after it."""
    now = timezone.now()
    made = {
        "live": make_article(title="is live"),
        "changed": make_article(title="is changed", has_unpublished_changes=True),
        "scheduled": make_article(title="is scheduled", live=False),
        "embargoed": make_article(title="is embargoed", live=False, embargoed_until=now + HOUR),
        "draft": make_article(title="is draft", live=False),
        "unpublished": make_article(title="is unpublished", live=False, first_published_at=now),
        "withdrawn": make_article(
            title="is withdrawn", live=False, withdrawn_at=now, first_published_at=now
        ),
        "review": make_article(title="is review", live=False),
    }
    actions.schedule(made["scheduled"], actor=None, at=now + HOUR, now=now)
    made["review"].save_revision()
    made["review"].get_workflow().start(made["review"], publisher[1])
    return made


def rows(client, **query):
    html = client.get("/admin/articles/results/", query).content.decode()
    assert "<table" in html or "no articles" in html
    return html


@pytest.mark.parametrize("state", [name for name, _label in STATES])
def test_each_state_finds_its_article(publisher, in_each_state, state):
    html = rows(publisher[0], state=state)
    assert f"is {state}" in html
    other = "is live" if state not in {"live", "changed"} else "is draft"
    assert other not in html


def test_each_article_shows_its_state_without_a_query(in_each_state, django_assert_num_queries):
    articles = list(prefetch_reviews(annotate_moments(ArticlePage.objects.all())))
    with django_assert_num_queries(0):
        states = {article.title: state_of(article, now=timezone.now()) for article in articles}
    assert {title: f"is {state.name}" for title, state in states.items()} == {
        title: title for title in states
    }
    assert states["is scheduled"].at is not None
    assert states["is review"].step == "Section edit"


def test_filters_find_by_section_author_type_topic_and_oneself(publisher, make_article, subsection):
    client, user = publisher
    article = make_article(parent=subsection, title="Deep story", kind="analysis", tags=("AI",))
    author = Author.objects.create(name="Lin", slug="lin", user=user)
    Byline.objects.create(article=article, author=author)
    make_article(title="Flat story")
    for query in (
        {"section": subsection.pk},
        {"section": subsection.get_parent().pk, "author": author.pk},
        {"author": author.pk},
        {"kind": "analysis"},
        {"topic": Topic.objects.get().pk},
        {"mine": "on"},
    ):
        html = rows(client, **query)
        assert ("Deep story" in html, "Flat story" in html) == (True, False)
    assert "Flat story" in rows(client, section=subsection.get_parent().pk)


def test_filters_find_by_day(publisher, make_article):
    day = timezone.now().replace(hour=12) - timedelta(days=40)
    make_article(title="Old story", published_at=day)
    make_article(title="New story")
    html = rows(
        publisher[0],
        published_at_from=f"{day:%Y-%m-%d}",
        published_at_to=f"{day + timedelta(days=1):%Y-%m-%d}",
    )
    assert ("Old story" in html, "New story" in html) == (True, False)


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("-published_at", ["B", "A", "C"]),
        ("published_at", ["A", "B", "C"]),
        ("-popularity__views_24h", ["A", "B", "C"]),
        ("goes_live_at", ["C", "B", "A"]),
        ("title", ["A", "B", "C"]),
        ("nonsense", ["C", "B", "A"]),
    ],
)
def test_orders_put_those_without_a_value_last(publisher, make_article, ordering, expected):
    now = timezone.now()
    first = make_article(title="Story A", published_at=now - 2 * HOUR)
    second = make_article(title="Story B", published_at=now - HOUR)
    third = make_article(title="Story C", live=False)
    for article in (first, second, third):
        article.save_revision()
    actions.schedule(third, actor=None, at=now + HOUR, now=now)
    ArticlePopularity.objects.create(article=first, views_24h=90)
    ArticlePopularity.objects.create(article=second, views_24h=8)
    html = rows(publisher[0], ordering=ordering)
    assert sorted(expected, key=lambda letter: html.index(f"Story {letter}")) == expected


def test_an_account_sees_the_part_of_the_tree_it_has_rights_on(
    sign_in, make_article, section, home
):
    economy = make_category("Economy", parent=home)
    make_article(title="Chips story")
    make_article(title="Bonds story", parent=economy)
    client, user = sign_in(SECTION_EDITOR)
    user.groups.set([make_section_role(SECTION_EDITOR, section=section)])
    html = rows(client)
    assert ("Chips story" in html, "Bonds story" in html) == (True, False)
    assert "Bonds story" not in rows(client, q="Bonds")


def test_what_was_made_this_second_is_found_by_its_headline(publisher, make_article):
    article = make_article(title="Undersea cables")
    make_article(title="Night trains")
    article.title = "Fibers below"
    article.save_revision()
    for words in ("undersea", "cab UNDER", "fibers"):
        html = rows(publisher[0], q=words)
        assert ("Fibers below" in html, "Night trains" in html) == (True, False)


@pytest.mark.parametrize("role", [PUBLISHER, REPORTER])
@pytest.mark.parametrize("query", [{}, {"state": "draft"}, {"state": "live"}])
def test_the_list_takes_equal_queries_for_three_and_for_fifty(
    sign_in, make_article, role, query, django_assert_num_queries
):
    client, user = sign_in(role)

    def fill(count):
        for number in range(count):
            article = make_article(live=bool(number % 2), owner=user if number % 3 else None)
            author = Author.objects.create(name=f"A {number}", slug=f"a-{article.pk}")
            Byline.objects.create(article=article, author=author)
            ArticlePopularity.objects.create(article=article, views_24h=number)
            article.save_revision()

    fill(4)
    rows(client, **query)
    with CaptureQueriesContext(connection) as few:
        rows(client, **query)
    fill(46)
    with django_assert_num_queries(len(few)):
        rows(client, **query)


def test_a_list_can_be_bookmarked_and_taken_away_as_a_table(publisher, make_article):
    make_article(title="Deep story", kind="analysis")
    html = publisher[0].get("/admin/articles/?kind=analysis&ordering=title").content.decode()
    assert "Deep story" in html
    assert publisher[0].get("/admin/").content.decode().count("/admin/articles/") >= 1
