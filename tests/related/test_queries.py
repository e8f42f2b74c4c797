from datetime import timedelta

import pytest
from django.db.models import OuterRef
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.related.queries import (
    COMMONEST,
    Candidate,
    count_topic_articles,
    list_related,
    rank,
    rarity,
)
from articles.tags.models import TaggedArticle
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category

NOW = timezone.now()
DAY = timedelta(days=1)


def topics_of(article):
    rows = TaggedArticle.objects.filter(content_object=article.pk).values_list(
        "tag_id", count_topic_articles(OuterRef("tag_id"))
    )
    return dict(rows)


def related(article, **arguments):
    return list_related(
        article.pk,
        **{
            "section_id": article.section_id,
            "topics": topics_of(article),
            "limit": 3,
            "now": timezone.now(),
        }
        | arguments,
    )


@pytest.fixture
def elsewhere(home):
    """A section apart, so that only topics relate what lies in it."""
    return make_category("Elsewhere", parent=home)


@pytest.mark.django_db
def test_rare_topics_count_more_than_common_ones(make_article, elsewhere):
    article = make_article(tags=("China", "Kelp"))
    common = [build_article(parent=elsewhere, tags=("China",)) for _ in range(20)]
    rare = build_article(parent=elsewhere, tags=("Kelp",), published_at=NOW - 900 * DAY)
    both = build_article(parent=elsewhere, tags=("China", "Kelp"), published_at=NOW - 900 * DAY)
    assert related(article)[:2] == [both.pk, rare.pk]
    assert related(article)[2] in {other.pk for other in common}


@pytest.mark.django_db
def test_section_and_age_decide_where_no_topic_is_shared(make_article, elsewhere):
    article = make_article(published_at=NOW - DAY)
    outside = build_article(parent=elsewhere, published_at=NOW - 2 * DAY)
    older = make_article(published_at=NOW - 30 * DAY)
    newer = make_article(published_at=NOW - 2 * DAY)
    assert related(article) == [newer.pk, older.pk, outside.pk]


@pytest.mark.django_db
def test_never_itself_a_press_release_or_what_readers_may_not_see(make_article, home):
    closed = make_category("Closed", parent=home)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    tags = ("Kelp",)
    article = make_article(tags=tags)
    shown = make_article(tags=tags)
    make_article(tags=tags, kind="press_release")
    make_article(tags=tags, live=False)
    make_article(tags=tags, live=False, published_at=NOW, first_published_at=NOW)
    make_article(tags=tags, embargoed_until=timezone.now() + DAY)
    make_article(tags=tags, expire_at=NOW - DAY)
    make_article(tags=tags, withdrawn_at=NOW)
    make_article(tags=tags, published_at=timezone.now() + DAY)
    make_article(tags=tags, parent=closed)
    assert related(article, limit=9) == [shown.pk]


@pytest.mark.django_db
def test_excluded_articles_are_left_to_their_place(make_article):
    article, other, third = (make_article(tags=("Kelp",)) for _ in range(3))
    assert related(article, exclude=[other.pk]) == [third.pk]


@pytest.mark.django_db
def test_article_of_many_topics_and_none_is_served(make_article):
    many = make_article(tags=tuple(f"Topic {number}" for number in range(20)))
    none = make_article()
    assert related(many) == [none.pk]
    assert related(none) == [many.pk]
    assert related(none, section_id=None) == [many.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 300])
def test_related_articles_take_two_queries(count, make_article, django_assert_num_queries):
    for number in range(count):
        make_article(tags=(f"Topic {number % 9}", "Common"))
    article = make_article(tags=("Common", "Topic 1", "Topic 2"))
    topics = topics_of(article)
    with django_assert_num_queries(2):
        found = list_related(
            article.pk, section_id=article.section_id, topics=topics, limit=3, now=timezone.now()
        )
    assert len(found) == 3
    assert found == related(article)


@pytest.mark.django_db
def test_count_of_a_topic_is_bounded(make_article, monkeypatch):
    monkeypatch.setattr("articles.related.queries.COMMONEST", 2)
    article = make_article(tags=("Kelp", "Rare"))
    for _ in range(4):
        make_article(tags=("Kelp",))
    assert sorted(topics_of(article).values()) == [1, 2]


def test_same_score_is_decided_by_moment_then_id():
    candidates = [Candidate(1, 1.0), Candidate(2, 1.0), Candidate(3, 1.0)]
    published = dict.fromkeys((1, 2, 3), NOW)
    assert rank(candidates, published=published, limit=2, now=NOW) == [3, 2]


def test_rarity_falls_with_frequency_down_to_a_floor():
    assert rarity(1) > rarity(2) > rarity(500) > rarity(COMMONEST)
    assert rarity(10 * COMMONEST) == rarity(COMMONEST) > 0
