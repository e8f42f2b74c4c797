import pytest

from articles.tags.models import Topic, TopicAlias

pytestmark = pytest.mark.django_db


def test_spellings_of_one_name_are_one_topic(make_article):
    article = make_article(tags=("AI", "A.I.", "ai ", "Élysée", "elysee"))
    assert sorted(article.tags.names()) == ["AI", "Élysée"]


def test_a_merged_spelling_leads_to_its_topic(make_article):
    topic = Topic.objects.create(name="Artificial intelligence")
    TopicAlias.objects.create(folded="ai", topic=topic)
    assert list(make_article(tags=("A.I.",)).tags.all()) == [topic]
