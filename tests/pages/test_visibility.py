from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.pages.article import ArticlePage

pytestmark = pytest.mark.django_db


def visible_titles() -> set[str]:
    return set(ArticlePage.objects.visible_to_readers().values_list("title", flat=True))


def test_readers_see_only_what_is_live_and_past_its_embargo(make_article):
    hour = timedelta(hours=1)
    now = timezone.now()
    make_article(title="Open")
    make_article(title="Draft", live=False)
    make_article(title="Embargoed", embargoed_until=now + hour)
    make_article(title="Past embargo", embargoed_until=now - hour)
    make_article(title="Expired", expire_at=now - hour)
    make_article(title="From the future", published_at=now + hour)
    make_article(title="Withdrawn", withdrawn_at=now)
    assert visible_titles() == {"Open", "Past embargo"}


def test_a_restriction_of_a_section_hides_its_articles(make_article, section):
    make_article(title="Private")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert visible_titles() == set()


def test_the_rule_takes_one_query(make_article, section, django_assert_num_queries):
    make_article()
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    with django_assert_num_queries(1):
        list(ArticlePage.objects.visible_to_readers())
