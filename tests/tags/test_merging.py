import pytest
from wagtail.contrib.redirects.models import Redirect

from articles.pages.article import ArticlePage
from articles.tags.actions import merge_topics
from articles.tags.models import TaggedArticle, Topic, find_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    return [Topic.objects.create(name=name) for name in ("Chips", "Microchips", "Semiconductors")]


def names(article):
    return sorted(ArticlePage.objects.get(pk=article.pk).tags.names())


def test_every_article_keeps_its_topic_once(make_article, topics):
    one = make_article(tags=("Microchips",))
    both = make_article(tags=("Microchips", "Semiconductors", "Chips", "Trade"))
    assert merge_topics(topics[0], topics[1:]) == 1
    assert names(one) == ["Chips"]
    assert names(both) == ["Chips", "Trade"]
    assert TaggedArticle.objects.count() == 3


def test_old_spellings_give_the_topic_that_stays(make_article, topics):
    merge_topics(topics[0], topics[1:])
    assert find_topics(["micro chips"])["microchips"] == topics[0]
    article = make_article(tags=("SEMICONDUCTORS",))
    assert names(article) == ["Chips"]


def test_old_addresses_lead_straight_to_the_one_that_stays(topics, client):
    merge_topics(topics[1], [topics[2]])
    merge_topics(topics[0], [topics[1]])
    for old in ("microchips", "semiconductors"):
        response = client.get(f"/tags/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/tags/chips/")


def test_a_draft_does_not_lose_the_topic_when_it_is_published(make_article, topics):
    article = make_article(tags=("Microchips",))
    article.tags.add("Semiconductors")
    draft = article.save_revision()
    merge_topics(topics[0], topics[1:])
    draft.refresh_from_db()
    draft.publish()
    assert names(article) == ["Chips"]


def test_merging_again_and_with_itself_changes_nothing(make_article, topics):
    article = make_article(tags=("Chips",))
    merge_topics(topics[0], topics)
    assert merge_topics(topics[0], topics) == 0
    assert names(article) == ["Chips"]
    assert Redirect.objects.count() == 2


def test_a_failure_leaves_everything_as_it_was(make_article, topics, monkeypatch):
    article = make_article(tags=("Microchips",))
    monkeypatch.setattr("articles.tags.actions._keep_addresses", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge_topics(topics[0], topics[1:])
    assert names(article) == ["Microchips"]
    assert Topic.objects.count() == 3
