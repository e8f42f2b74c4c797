import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.popularity.models import ArticlePopularity
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


def get(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def links(html):
    """Return the addresses of the cards of a list, in order."""
    return re.findall(r'<h2 class="card__title"><a href="([^"]+)">', html)


@pytest.fixture
def many(section, subsection):
    """Thirty articles by age, the newest first, in a section and below it."""
    return [
        build_article(
            parent=subsection if number % 2 else section, published_at=NOW - number * HOUR
        )
        for number in range(30)
    ]


def test_section_lists_its_own_articles_and_those_below_once_each(client, section, many, outlet):
    first, second = get(client, section.url), get(client, f"{section.url}?page=2")
    assert links(first) + links(second) == [article.url for article in many]
    assert len(links(first)) == 4 + 20
    assert '<div class="package">' in first
    assert '<div class="package">' not in second


def test_articles_that_also_appear_in_a_section_are_listed(client, home, make_article, outlet):
    economy = make_category("Economy", parent=home)
    below = make_category("Trade", parent=economy)
    article = make_article(title="Elsewhere")
    article.further_categories = [below, economy]
    article.save()
    assert links(get(client, economy.url)) == [article.url]
    assert links(get(client, below.url)) == [article.url]


def test_small_subsection_is_a_plain_list(client, subsection, outlet):
    for _ in range(7):
        build_article(parent=subsection)
    assert '<div class="package">' not in get(client, subsection.url)
    build_article(parent=subsection)
    assert '<div class="package">' in get(client, subsection.url)


def test_pin_leads_the_section_and_is_not_listed_again(client, section, many, outlet):
    section.pins = [("pin", {"article": many[25], "short_headline": "Pinned here"})]
    section.save()
    first, second = get(client, section.url), get(client, f"{section.url}?page=2")
    assert links(first)[0] == many[25].url
    assert "Pinned here" in first
    assert many[25].url not in links(second)
    assert len(links(first) + links(second)) == 30


def test_page_that_is_none_is_not_found(client, section, many, outlet):
    for number in ("0", "3", "x", "01"):
        assert client.get(f"{section.url}?page={number}").status_code == 404


def test_section_without_articles_says_so(client, section, outlet):
    assert "Nothing has been published here yet." in get(client, section.url)


def test_section_shows_where_it_stands(client, section, subsection, outlet):
    html = get(client, section.url)
    assert f'<a class="chip" href="{subsection.url}">Artificial intelligence</a>' in html
    assert f'<a class="list-head__feed" href="{section.url}feed/">' in html
    trail = get(client, subsection.url).partition('<nav class="breadcrumb')[2]
    assert '<a href="/technology/">Technology</a>' in trail
    assert '<span aria-current="page">Artificial intelligence</span>' in trail


def test_most_popular_is_that_of_the_section(client, home, section, subsection, outlet):
    other = make_category("Other", parent=home)
    for number, parent in enumerate([section, subsection, subsection, section, other, section]):
        article = build_article(parent=parent, title=f"Read {number}")
        ArticlePopularity.objects.create(article=article, views_24h=10 + number)
    html = get(client, section.url)
    popular = html.partition('<section class="popular"')[2].partition("</section>")[0]
    assert "Most popular in Technology" in popular
    assert re.findall(r">(Read \d)<", popular) == ["Read 5", "Read 3", "Read 2", "Read 1", "Read 0"]


def test_second_page_is_its_own_canonical_one(client, section, many, outlet):
    html = get(client, f"{section.url}?page=2")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/technology/?page=2">' in html
    assert "<title>Technology, page 2 · The Daily Internationalist</title>" in html


def test_machines_get_the_list_that_readers_see(client, section, many, outlet):
    html = get(client, section.url)
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    nodes = {node["@type"]: node for node in json.loads(text)["@graph"]}
    items = nodes["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [item["url"] for item in items] == [f"http://127.0.0.1:8000{url}" for url in links(html)]


@pytest.mark.parametrize("count", [3, 300])
def test_section_takes_twelve_queries_whatever_the_size(
    count, client, outlet, make_archive, django_assert_num_queries
):
    first = make_archive(count)[0]
    section = first.get_parent().specific
    section.pins = [("pin", {"article": first})]
    section.save()
    url = section.url
    with django_assert_num_queries(12):
        get(client, url)


def test_far_pages_go_on_where_near_ones_end(client, section, many, outlet, monkeypatch, settings):
    settings.NEWSROOM_PAGE_SIZE = 5
    many[20].further_categories = [section]
    many[20].save()
    near = [links(get(client, f"{section.url}?page={page}")) for page in range(2, 7)]
    monkeypatch.setattr("articles.reading.section_list.NEAR", 5)
    far = [links(get(client, f"{section.url}?page={page}")) for page in range(2, 7)]
    assert near == far
    assert [url for page in near for url in page] == [article.url for article in many[9:]]


def test_count_of_a_long_list_may_be_a_minute_old(client, section, many, outlet, monkeypatch):
    monkeypatch.setattr("articles.reading.pager.LONG_LIST", 10)
    assert client.get(f"{section.url}?page=2").status_code == 200
    many[0].live = False
    many[0].save()
    html = get(client, f"{section.url}?page=2")
    assert many[29].url in html
    assert many[0].url not in get(client, section.url)
