import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.pages.article import ArticlePage
from articles.reading.home_front import arrange, layout_of
from articles.reading.rows import PageRow
from articles.related.models import RelatedLink
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


def row(pk, *, section="00010001000A", kind="news", hours_ago=0):
    return PageRow(
        id=pk,
        path=f"{section}{pk:04}",
        url_path=f"/home/{pk}/",
        title=f"Headline {pk}",
        kind=kind,
        published_at=NOW - hours_ago * HOUR,
    )


def arranged(pinned=(), newest=(), by_section=None, chosen=None, rows=None):
    rows = rows or {pk: row(pk, hours_ago=pk) for pk in range(1, 60)}
    return arrange(
        pinned, newest=newest, by_section=by_section or {}, chosen=chosen or {}, rows=rows
    )


def get_home(client, path="/"):
    response = client.get(path)
    assert response.status_code == 200
    return response


def headlines(html):
    return re.findall(r'<h2 class="card__title"><a href="[^"]*">(.*?)</a>', html)


def test_pins_lead_and_the_newest_fill_the_rest():
    front = arranged(pinned=[40, 41], newest=range(1, 20))
    assert front.lead == (40,)
    assert front.top == (41, 1, 2)
    assert front.latest == (3, 4, 5, 6, 7)


def test_lead_bears_what_the_editor_chose_then_what_stands_beside_it():
    rows = {pk: row(pk, section="00010001000A" if pk < 9 else "00010001000B") for pk in range(20)}
    front = arranged(
        newest=[1, 2, 3, 4, 5], by_section={7: [1, 12, 5, 6]}, chosen={1: [15]}, rows=rows
    )
    assert front.lead_related == (15, 5)
    assert 5 not in front.top + front.latest


def test_nothing_stands_twice_in_the_head_and_the_first_three_containers():
    newest = list(range(1, 20))
    front = arranged(
        pinned=[3],
        newest=newest,
        by_section={section: [1, 2, 3, 20 + section, 30 + section] for section in range(5)},
        chosen={3: [4]},
    )
    head = [*front.lead, *front.lead_related, *front.top, *front.latest]
    first = [pk for container in front.containers[:3] for pk in container.article_ids]
    assert len(head + first) == len(set(head + first))
    assert front.containers[3].article_ids == (1, 2, 3, 23, 33)


def test_what_readers_may_not_see_gets_no_place():
    rows = {pk: row(pk) for pk in (2, 4)}
    front = arranged(pinned=[1], newest=[2, 3, 4], by_section={9: [3]}, rows=rows)
    assert (front.lead, front.top, front.containers) == ((2,), (4,), ())


def test_section_of_mostly_opinion_shows_voices():
    rows = {pk: row(pk, kind="opinion" if pk < 4 else "news") for pk in range(1, 8)}
    assert layout_of([1, 2, 3, 4, 5], rows=rows) == "opinion"
    assert layout_of([1, 2, 4, 5], rows=rows) == "feature"
    rows[4] = row(4, section="00010001000B")
    front = arranged(by_section={9: [1, 2, 3]}, newest=[4, 5, 6, 7], rows=rows)
    assert front.slots[1] == "portrait"


def test_front_page_shows_its_stories_once_each(client, make_archive, outlet):
    make_archive(40)
    html = get_home(client).content.decode()
    assert '<h1 class="visually-hidden">The Daily Internationalist</h1>' in html
    main = html.partition('<div class="split home__top">')[2]
    links = re.findall(r'<h[23] class="card__title"><a href="([^"]+)">', main)
    assert len(links) == len(set(links))
    assert html.count('<section class="container') == 3
    assert "container--opinion" in html


def test_pin_bears_its_headline_until_its_time_is_over(client, home, make_article, outlet):
    pinned = make_article(title="Pinned", published_at=NOW - 9 * HOUR)
    over = make_article(title="Over", published_at=NOW - 8 * HOUR)
    draft = make_article(title="Draft", live=False)
    make_article(title="Newest")
    home.pins = [
        ("pin", {"article": draft}),
        ("pin", {"article": over, "until": NOW - HOUR}),
        ("pin", {"article": pinned, "until": NOW + HOUR, "short_headline": "For this place"}),
    ]
    home.save()
    html = get_home(client).content.decode()
    assert headlines(html) == ["For this place"]
    assert "Draft" not in html


def test_front_page_of_an_empty_site_is_a_page(client, outlet):
    response = get_home(client)
    assert "The Daily Internationalist" in response.content.decode()


def test_hidden_articles_are_nowhere_on_the_front_page(client, make_article, home, outlet):
    closed = make_category("Closed", parent=home)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    lead = make_article(title="Open")
    hidden = [
        make_article(title="Hidden", live=False, published_at=NOW, first_published_at=NOW),
        make_article(title="Hidden", embargoed_until=timezone.now() + HOUR),
        make_article(title="Hidden", expire_at=timezone.now() - HOUR),
        make_article(title="Hidden", withdrawn_at=NOW),
        make_article(title="Hidden", parent=closed),
    ]
    for article in hidden:
        RelatedLink.objects.create(article=lead, target=article)
    home.pins = [("pin", {"article": article}) for article in hidden]
    home.save()
    html = get_home(client).content.decode()
    assert "Open" in html
    assert "Hidden" not in html
    assert "Closed" not in html


def test_graph_lists_what_leads(client, make_archive, outlet):
    make_archive(12)
    html = get_home(client).content.decode()
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    nodes = {node["@type"]: node for node in json.loads(text)["@graph"]}
    items = nodes["WebPage"]["mainEntity"]["itemListElement"]
    assert items[0]["name"] == headlines(html)[0]
    assert len(items) == 4


def test_cold_articles_of_dead_sections_are_found(client, home, outlet, make_article):
    old = make_category("Old", parent=home)
    ancient = make_article(title="Ancient", parent=old, published_at=NOW - timedelta(days=4000))
    for _ in range(15):
        make_article()
    assert ancient.url in get_home(client).content.decode()


@pytest.mark.parametrize("count", [3, 300])
def test_front_page_takes_eleven_queries_whatever_the_size(
    count, client, outlet, home, make_archive, django_assert_num_queries
):
    articles = make_archive(count)
    home.pins = [("pin", {"article": article}) for article in articles[:2]]
    home.save()
    with django_assert_num_queries(11):
        get_home(client)
    assert ArticlePage.objects.count() == count
