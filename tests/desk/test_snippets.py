from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import rich_text

from articles.desk.roles import PUBLISHER, SECTION_EDITOR
from articles.navigation.models import BreakingBanner
from articles.people.models import Author, Byline
from articles.tags.models import Topic, TopicAlias
from tests.desk.forms import no_rows, sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(sign_in):
    return sign_in(PUBLISHER)[0]


@pytest.fixture
def lin(db):
    return Author.objects.create(name="Lin", slug="lin")


def view(model, name, *args):
    return reverse(f"wagtailsnippets_articles_{model}:{name}", args=args)


def author_data(**values):
    return values | no_rows("profiles") | {"biography": rich_text("")}


def topic_form(client, **values):
    data = {"name": "", "slug": "", "description": ""} | values
    return client.post(view("topic", "add"), data)


@pytest.mark.parametrize("model", ["author", "topic", "breakingbanner"])
def test_lists_and_forms_open(publisher, model):
    for name in ("list", "add"):
        assert publisher.get(view(model, name)).status_code == 200


@pytest.mark.parametrize("spelling", ["A.I.", "ai", "AI", "Artificial intelligence"])
def test_a_spelling_that_stands_for_a_topic_is_an_error_of_the_form(publisher, spelling):
    topic = Topic.objects.create(name="AI")
    TopicAlias.objects.create(folded="artificialintelligence", topic=topic)
    html = topic_form(publisher, name=spelling, slug="another").content.decode()
    assert "The topic “AI” has this spelling." in html or "already exists" in html
    assert Topic.objects.count() == 1


def test_a_topic_of_punctuation_is_an_error_of_the_form(publisher):
    html = topic_form(publisher, name="...", slug="dots").content.decode()
    assert "A topic’s name has letters or digits." in html
    assert not Topic.objects.exists()


def test_a_topic_keeps_its_own_spelling(publisher):
    topic = Topic.objects.create(name="AI", description="Old")
    data = {"name": "A.I.", "slug": topic.slug, "description": "New"}
    publisher.post(view("topic", "edit", topic.pk), data)
    topic.refresh_from_db()
    assert (topic.name, topic.description) == ("A.I.", "New")


def test_a_new_address_leaves_the_old_one_leading_to_it(publisher, client, lin, make_article):
    make_article(tags=("Chips",))
    topic = Topic.objects.get()
    Byline.objects.create(article=make_article(), author=lin)
    publisher.post(view("author", "edit", lin.pk), author_data(name="Lin", slug="lin-meifeng"))
    data = {"name": "Chips", "slug": "microchips", "description": ""}
    publisher.post(view("topic", "edit", topic.pk), data)
    for old, new in (
        ("/authors/lin/", "/authors/lin-meifeng/"),
        ("/tags/chips/", "/tags/microchips/"),
    ):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)


def test_an_author_who_signs_is_kept_and_the_editor_told(publisher, lin, make_article):
    Byline.objects.create(article=make_article(title="Ports"), author=lin)
    html = publisher.get(view("author", "delete", lin.pk)).content.decode()
    assert "1 time" in html
    response = publisher.post(view("author", "delete", lin.pk), follow=True)
    assert response.status_code == 200
    assert Author.objects.filter(pk=lin.pk).exists()


def test_the_usage_of_an_author_names_the_articles(publisher, lin, make_article):
    article = make_article(title="Ports at dawn")
    Byline.objects.create(article=article, author=lin)
    article.save()
    assert "Ports at dawn" in publisher.get(view("author", "usage", lin.pk)).content.decode()


def test_former_staff_leave_the_chooser_and_stay_in_the_list(publisher, lin):
    Author.objects.create(name="Ivo", slug="ivo", is_former=True)
    chooser = reverse("wagtailsnippetchoosers_articles_author:choose")
    offered = publisher.get(chooser).content.decode()
    assert ("Lin" in offered, "Ivo" in offered) == (True, False)
    assert "Ivo" in publisher.get(view("author", "list")).content.decode()


@pytest.mark.parametrize("model", ["author", "topic"])
def test_lists_take_equal_queries_for_three_and_for_thirty(
    publisher, make_article, model, django_assert_num_queries
):
    def fill(count):
        for _ in range(count):
            article = make_article()
            author = Author.objects.create(name=f"A {article.pk}", slug=f"a-{article.pk}")
            Byline.objects.create(article=article, author=author)
            article.tags.add(f"Topic {article.pk}")
            article.save()

    fill(3)
    publisher.get(view(model, "list"))
    with CaptureQueriesContext(connection) as few:
        publisher.get(view(model, "list"))
    fill(27)
    with django_assert_num_queries(len(few)):
        html = publisher.get(view(model, "list")).content.decode()
    assert f"/admin/articles/?{model}=" in html


def test_a_new_banner_stands_for_two_hours_and_the_log_says_who_put_it_up(sign_in):
    client, user = sign_in(SECTION_EDITOR)
    data = sent_by(client.get(view("breakingbanner", "add")))
    client.post(view("breakingbanner", "add"), data | {"text": "Talks adjourned"})
    banner = BreakingBanner.objects.get()
    ahead = (banner.ends_at - timezone.now()).total_seconds()
    assert 7000 < ahead <= 7260
    assert ModelLogEntry.objects.get(action="wagtail.create").user == user


def test_a_banner_that_ends_before_it_starts_is_an_error_of_the_form(publisher):
    data = {"text": "Late", "starts_at": "2026-03-09 12:00", "ends_at": "2026-03-09 11:00"}
    html = publisher.post(view("breakingbanner", "add"), data).content.decode()
    assert "The end must come after the start." in html
    assert not BreakingBanner.objects.exists()
