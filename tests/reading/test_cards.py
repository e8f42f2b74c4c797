from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.people.models import Author, Byline
from articles.reading.cards import load_cards
from articles.reading.site import get_site_facts
from tests.factories.images import make_image, make_renditions
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(section):
    return get_site_facts(RequestFactory().get("/"))


def sign(article, name, *, role="by", order=0, **fields):
    author, _ = Author.objects.get_or_create(
        slug=name.lower().replace(" ", "-"), defaults={"name": name} | fields
    )
    return Byline.objects.create(article=article, author=author, role=role, sort_order=order)


def test_card_bears_what_its_article_says(make_article, facts):
    image = make_image(description="Cranes over a harbor")
    make_renditions(image)
    article = make_article(
        title="A long headline",
        short_headline="A headline",
        kicker="Chips",
        kind="analysis",
        standfirst="What is new.",
        lead_image=image,
    )
    sign(article, "Second Writer", order=2)
    sign(article, "First Writer", order=1)
    sign(article, "A Photographer", role="photographs", order=0)
    (card,) = load_cards([article.pk], facts=facts)
    assert (card.title, card.url) == ("A headline", "/technology/a-long-headline/")
    assert (card.kicker, card.kind_label, card.label_visible) == ("Chips", "Analysis", True)
    assert (card.section_title, card.section_url) == ("Technology", "/technology/")
    assert card.authors == (
        ("First Writer", "/authors/first-writer/"),
        ("Second Writer", "/authors/second-writer/"),
    )
    assert card.image is not None
    assert card.image_alt == "Cranes over a harbor"
    assert card.published_at == article.published_at.replace(microsecond=0)


def test_cards_keep_the_order_of_ids_and_show_each_once(make_article, facts):
    first, second, third = (make_article() for _ in range(3))
    wanted = [third.pk, first.pk, third.pk, second.pk]
    assert [card.id for card in load_cards(wanted, facts=facts)] == [third.pk, first.pk, second.pk]


def test_what_readers_may_not_see_has_no_card(make_article, home, facts):
    now = timezone.now()
    hour = timedelta(hours=1)
    closed = make_category("Closed", parent=home)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    hidden = [
        make_article(live=False),
        make_article(embargoed_until=now + hour),
        make_article(expire_at=now - hour),
        make_article(published_at=now + hour),
        make_article(withdrawn_at=now),
        make_article(parent=closed),
    ]
    assert load_cards([article.pk for article in hidden], facts=facts) == []


def test_section_has_no_card(section, facts):
    assert load_cards([section.pk], facts=facts) == []


def test_news_shows_no_label_and_a_press_release_names_who_issued_it(make_article, facts):
    news = make_article()
    release = make_article(kind="press_release", issuer="Ministry of Trade", kicker="Trade")
    first, second = load_cards([news.pk, release.pk], facts=facts)
    assert not first.label_visible
    assert second.label_visible
    assert second.kicker == "Ministry of Trade"


def test_portrait_slot_shows_who_signs_first(make_article, facts):
    portrait = make_image(description="A writer")
    make_renditions(portrait, slot="portrait")
    article = make_article(lead_image=make_image())
    sign(article, "A Writer", portrait=portrait)
    (card,) = load_cards([article.pk], facts=facts, slots={article.pk: "portrait"})
    assert card.image is not None
    assert f"/{portrait.pk}-128x128.jpeg" in card.image.src


@pytest.mark.parametrize("count", [3, 30])
def test_cards_take_three_queries_and_two_without_images(
    count, make_article, facts, django_assert_num_queries
):
    image = make_image()
    make_renditions(image)
    ids = []
    for number in range(count):
        article = make_article(lead_image=image)
        sign(article, f"Writer {number}")
        ids.append(article.pk)
    with django_assert_num_queries(3):
        assert len(load_cards(ids, facts=facts)) == count
    with django_assert_num_queries(2):
        load_cards(ids, facts=facts, with_images=False)
