"""Sitemaps and robots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles.feeds import sitemap_queries
from articles.feeds.sitemap_views import news_language
from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from articles.pages.static import StaticPage
from tests.factories.images import make_image, make_renditions
from tests.factories.people import make_author

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]
SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def read(client: Client, path: str) -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(response.content)


def locations(client: Client, path: str) -> list[str]:
    return [str(text) for text in read(client, path).xpath("//s:loc/text()", namespaces=NAMES)]


def all_entries(client: Client) -> dict[str, str]:
    """Return address and lastmod of everything that the index leads to."""
    found = {}
    for url in locations(client, "/sitemap.xml"):
        for entry in read(client, url.removeprefix(SITE)).findall("s:url", NAMES):
            found[entry.findtext("s:loc", "", NAMES).removeprefix(SITE)] = entry.findtext(
                "s:lastmod", "", NAMES
            )
    return found


def test_index_leads_to_everything_that_may_be_found(
    client: Client, home: HomePage, subsection: CategoryPage, make_article: Make
) -> None:
    NewsroomSettings.objects.update(time_zone="Asia/Karachi")
    about = home.add_child(instance=StaticPage(title="About", slug="about", live=True))
    at = datetime(2024, 3, 9, 10, tzinfo=UTC)
    tags = ("6G",)
    for number in range(5):
        make_article(slug=f"a{number}", published_at=at, tags=tags, parent=subsection)
    later = make_article(
        slug="later",
        published_at=at + timedelta(days=1),
        materially_updated_at=at + timedelta(days=2),
        tags=("Rare",),
    )
    make_author("Lin", later)
    entries = all_entries(client)
    assert set(entries) == {
        "/",
        about.url,
        "/technology/",
        "/technology/artificial-intelligence/",
        *(f"/technology/artificial-intelligence/a{number}/" for number in range(5)),
        "/technology/later/",
        "/authors/lin/",
        "/tags/6g/",
    }
    assert entries["/technology/later/"] == "2024-03-11T15:00:00+05:00"
    assert entries["/technology/artificial-intelligence/"] == "2024-03-09T15:00:00+05:00"
    assert entries["/technology/"] == entries["/"] == "2024-03-10T15:00:00+05:00"
    assert entries["/authors/lin/"] == "2024-03-10T15:00:00+05:00"


def test_lead_pictures_are_listed_in_their_largest_rendition(
    client: Client, make_article: Make
) -> None:
    image = make_image()
    make_renditions(image, slot="lead")
    article = make_article(lead_image=image)
    (path,) = [url for url in locations(client, "/sitemap.xml") if "articles" in url]
    tree = read(client, path.removeprefix(SITE))
    assert tree.xpath("//s:loc/text()", namespaces=NAMES) == [SITE + article.url]
    (picture,) = tree.xpath("//image:loc/text()", namespaces=NAMES)
    assert picture == f"{SITE}/media/images/{image.pk}-1600x1067.jpeg"


def test_articles_kept_from_search_engines_or_first_published_elsewhere_are_left_out(
    client: Client, make_article: Make
) -> None:
    make_article(is_noindex=True)
    make_article(canonical_url="https://elsewhere.example/a/")
    assert set(all_entries(client)) == {"/", "/technology/"}
    assert client.get("/news-sitemap.xml").content.count(b"<url>") == 0


def test_parts_are_ranges_of_ids_and_empty_ranges_are_left_out(
    client: Client, make_article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap_queries, "PART", 2)
    articles = [make_article() for _ in range(7)]
    for hidden in articles[2:5]:
        ArticlePage.objects.filter(pk=hidden.pk).update(live=False)
    shown = [*articles[:2], *articles[5:]]
    names = [url for url in locations(client, "/sitemap.xml") if "articles" in url]
    assert names == [
        f"{SITE}/sitemap-articles-{number}.xml"
        for number in sorted({article.pk // 2 + 1 for article in shown})
    ]
    listed = [url for name in names for url in locations(client, name.removeprefix(SITE))]
    assert listed == [SITE + article.url for article in shown]


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-articles-99.xml",
        "/sitemap-articles-0.xml",
        "/sitemap-articles-99999999999999999999.xml",
        "/sitemap-other-1.xml",
    ],
)
def test_parts_that_are_not_there_answer_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_empty_site_lists_its_front_page(client: Client) -> None:
    assert all_entries(client) == {"/": ""}


def test_news_sitemap_lists_two_days_without_press_releases(
    client: Client, make_article: Make
) -> None:
    NewsroomSettings.objects.update(outlet_name="The Daily & Co")
    now = timezone.now()
    make_article(title="Fresh <news>", slug="fresh", published_at=now - timedelta(hours=47))
    make_article(title="Old", published_at=now - timedelta(hours=49))
    make_article(title="Release", kind="press_release")
    make_article(title="中文", slug="zh", language="zh-hans", published_at=now)
    tree = read(client, "/news-sitemap.xml")
    assert tree.xpath("//news:title/text()", namespaces=NAMES) == ["中文", "Fresh <news>"]
    assert tree.xpath("//news:language/text()", namespaces=NAMES) == ["zh-cn", "en"]
    assert set(tree.xpath("//news:name/text()", namespaces=NAMES)) == {"The Daily & Co"}
    first = tree.xpath("//news:publication_date/text()", namespaces=NAMES)[1]
    assert datetime.fromisoformat(first) == (now - timedelta(hours=47)).replace(microsecond=0)


def test_news_sitemap_has_a_thousand_at_most(
    client: Client, make_article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap_queries, "NEWS_AT_MOST", 2)
    for _ in range(3):
        make_article()
    assert client.get("/news-sitemap.xml").content.count(b"<url>") == 2


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("ur", "ur"), ("zh-Hans", "zh-cn"), ("zh-Hant-TW", "zh-tw")],
)
def test_languages_of_news_have_two_letters_but_for_chinese(tag: str, language: str) -> None:
    assert news_language(tag) == language


def test_control_characters_do_no_harm(client: Client, make_article: Make) -> None:
    make_article(title="Bell \x07 and \ufffe end")
    tree = read(client, "/news-sitemap.xml")
    assert tree.xpath("//news:title/text()", namespaces=NAMES) == ["Bell  and  end"]


def test_clients_that_come_again_get_304_until_something_changes(
    client: Client, make_article: Make
) -> None:
    make_article()
    first = client.get("/news-sitemap.xml")
    again = {"If-None-Match": first["ETag"]}
    assert client.get("/news-sitemap.xml", headers=again).status_code == 304
    dated = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/news-sitemap.xml", headers=dated).status_code == 304
    make_article(published_at=timezone.now() - timedelta(hours=3))
    assert client.get("/news-sitemap.xml", headers=again).status_code == 200


def test_robots_find_the_sitemaps_and_are_kept_out_of_desk_and_search(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    everyone, trainers, sitemaps = text.strip().split("\n\n")
    assert everyone.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /_v/",
    ]
    assert "User-agent: GPTBot" in trainers.splitlines()
    assert trainers.splitlines()[-1] == "Disallow: /"
    assert sitemaps.splitlines() == [
        f"Sitemap: {SITE}/sitemap.xml",
        f"Sitemap: {SITE}/news-sitemap.xml",
    ]


def test_crawlers_of_models_are_let_in_when_the_outlet_says_so(client: Client) -> None:
    NewsroomSettings.objects.update(ai_crawlers_allowed=True)
    assert "GPTBot" not in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-articles-1.xml", "/news-sitemap.xml"])
def test_number_of_queries_is_the_same_for_3_and_30_articles(
    client: Client, make_article: Make, path: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    image = make_image()
    make_renditions(image, slot="lead")
    for _ in range(3):
        make_article(lead_image=image)
    few = count()
    for _ in range(27):
        make_article(lead_image=image)
    assert count() == few <= 9


def test_head_and_post_behave(client: Client) -> None:
    for path in ("/robots.txt", "/sitemap.xml", "/news-sitemap.xml"):
        assert client.head(path).content == b""
        assert client.post(path).status_code == 405
