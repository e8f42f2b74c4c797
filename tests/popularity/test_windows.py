from datetime import timedelta

import pytest
from django.utils import timezone

from articles.popularity.models import ArticlePopularity
from articles.popularity.queries import list_most_popular, list_most_popular_by_window

pytestmark = pytest.mark.django_db


def read(article, **views):
    ArticlePopularity.objects.create(article=article, **views)
    return article.pk


def test_windows_agree_with_each_asked_alone(make_article):
    now = timezone.now()
    for number in range(12):
        article = make_article(kind="press_release" if number == 11 else "news")
        read(article, views_24h=number % 5, views_7d=20 - number)
    read(make_article(embargoed_until=now + timedelta(hours=1)), views_24h=99, views_7d=99)
    found = list_most_popular_by_window(("24h", "7d"))
    assert found["24h"] == list_most_popular("24h")
    assert found["7d"] == list_most_popular("7d")


def test_section_counts_only_what_lies_in_it(make_article, section, subsection, home):
    inside = read(make_article(parent=subsection), views_24h=1, views_7d=1)
    outside = read(make_article(), views_24h=5, views_7d=5)
    found = list_most_popular_by_window(("24h", "7d"), section_ids=[subsection.pk])
    assert found == {"24h": [inside], "7d": [inside]}
    assert list_most_popular_by_window(("24h",))["24h"] == [outside, inside]


@pytest.mark.parametrize("count", [3, 30])
def test_all_windows_take_one_query(count, make_article, django_assert_num_queries):
    for number in range(count):
        read(make_article(), views_24h=number + 1, views_7d=number + 1)
    with django_assert_num_queries(1):
        list_most_popular_by_window(("24h", "7d"))
