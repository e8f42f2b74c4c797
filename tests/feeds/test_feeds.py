"""Feeds, read by feedparser and lxml as others read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from articles.corrections.models import Correction
from articles.feeds.html import feed_html
from articles.navigation.models import NewsroomSettings
from articles.pages import actions as publishing
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from tests.factories.images import make_image, make_renditions
from tests.factories.people import make_author

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]
SITE = "http://127.0.0.1:8000"
AT = datetime(2024, 3, 9, 10, tzinfo=UTC)


def read(client: Client, path: str) -> feedparser.FeedParserDict:
    response = client.get(path)
    assert response.status_code == 200, path
    etree.fromstring(response.content)
    headers = {name.lower(): value for name, value in response.headers.items()}
    feed = feedparser.parse(response.content, response_headers=headers)
    assert not feed.bozo, feed.bozo_exception
    return feed


def titles(client: Client, path: str) -> list[str]:
    return [entry.title for entry in read(client, path).entries]


@pytest.fixture
def article(make_article: Make, subsection: CategoryPage) -> ArticlePage:
    """An article with everything that a feed may carry."""
    image = make_image(description="Cranes", credit="Chen / TDI")
    make_renditions(image, slot="lead")
    target = make_article(title="The target", slug="target", published_at=AT - timedelta(days=9))
    made = make_article(
        title="Chips & <fabs>",
        slug="chips",
        standfirst="What comes next.",
        parent=subsection,
        published_at=AT,
        materially_updated_at=AT + timedelta(hours=2),
        lead_image=image,
        lead_caption="The port at dusk.",
        tags=("6G", "China"),
        dateline_place="Beijing",
        body=[
            ("paragraph", f'<p>First <a linktype="page" id="{target.pk}">words</a>.</p>'),
            ("also_read", {"article": target}),
        ],
    )
    make_author("Lin Meifeng", made)
    make_author("Amina Wanjiru", made)
    make_author("Chen Yao", made, role="photographs")
    return made


@pytest.mark.parametrize(
    "path",
    [
        "/feed/",
        "/technology/artificial-intelligence/feed/",
        "/technology/feed/",
        "/tags/6g/feed/",
        "/authors/lin-meifeng/feed/",
    ],
)
@pytest.mark.parametrize(("ending", "version"), [("", "rss20"), ("atom/", "atom10")])
def test_every_list_has_a_feed_in_both_formats(
    client: Client, article: ArticlePage, path: str, ending: str, version: str
) -> None:
    NewsroomSettings.objects.update(outlet_name="The Daily & Co", time_zone="Asia/Karachi")
    feed = read(client, path + ending)
    assert feed.version == version
    assert feed.feed.title.endswith("The Daily & Co")
    assert feed.feed.link == SITE + path.removesuffix("feed/")
    assert feed.feed.language == "en"
    (self_link,) = [link.href for link in feed.feed.links if link.rel == "self"]
    assert self_link == SITE + path + ending
    (entry,) = [entry for entry in feed.entries if entry.title != "The target"]
    assert entry.title == "Chips & <fabs>"
    assert entry.link == f"{SITE}/technology/artificial-intelligence/chips/"
    assert entry.summary == "What comes next."
    assert [author.name for author in entry.authors] == ["Lin Meifeng", "Amina Wanjiru"]
    assert [tag.term for tag in entry.tags] == ["Artificial intelligence", "6G", "China"]
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == AT
    (picture,) = entry.media_content
    assert picture["url"].startswith(f"{SITE}/media/images/")
    assert (picture["width"], picture["type"]) == ("640", "image/jpeg")
    assert entry.media_credit[0]["content"] == "Chen / TDI"


def test_rss_says_when_it_was_built_and_names_articles_apart_from_their_address(
    client: Client, article: ArticlePage
) -> None:
    tree = etree.fromstring(client.get("/technology/artificial-intelligence/feed/").content)
    assert tree.findtext("channel/lastBuildDate") == "Sat, 09 Mar 2024 12:00:00 +0000"
    guid = tree.find("channel/item/guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert guid.text is not None
    assert guid.text.startswith("urn:uuid:")
    publishing.rename(article, actor=None, slug="other-address")
    again = etree.fromstring(client.get("/technology/artificial-intelligence/feed/").content)
    assert again.findtext("channel/item/guid") == guid.text
    assert again.findtext("channel/item/link", "").endswith("/other-address/")


def test_summaries_are_the_default_and_full_texts_a_setting(
    client: Client, article: ArticlePage
) -> None:
    assert "content" not in read(client, "/feed/").entries[0]
    NewsroomSettings.objects.update(feed_content="full", agency_code="TDI")
    for path in ("/feed/", "/feed/atom/"):
        (content,) = read(client, path).entries[0].content
        assert "<b>Beijing, 9 March 2024 (TDI):</b> First " in content.value
        assert f'<a href="{SITE}/technology/target/">words</a>' in content.value
        assert "class=" not in content.value
        assert f'<a href="{SITE}/technology/target/">The target</a>' in content.value


def test_article_without_standfirst_is_summed_up_by_its_first_words(
    client: Client, make_article: Make
) -> None:
    make_article(body=[("paragraph", f"<p>{'Word ' * 200}</p>")])
    (entry,) = read(client, "/feed/").entries
    assert entry.summary.startswith("Word Word")
    assert entry.summary.endswith("…")
    assert len(entry.summary) <= 300


def test_retraction_stands_in_place_of_what_it_takes_back(
    client: Client, article: ArticlePage
) -> None:
    NewsroomSettings.objects.update(feed_content="full")
    Correction.objects.create(article=article, kind="retraction", text="It was made up.")
    entry = read(client, "/feed/").entries[0]
    assert entry.summary == "It was made up."
    assert "content" not in entry
    assert "media_content" not in entry


def test_newest_articles_come_first_and_there_are_thirty(
    client: Client, make_article: Make
) -> None:
    now = timezone.now()
    for number in range(32):
        make_article(title=f"N{number}", published_at=now - timedelta(hours=number))
    assert titles(client, "/feed/") == [f"N{number}" for number in range(30)]


@pytest.mark.parametrize(
    "path",
    [
        "/other/feed/",
        "/technology/chips/feed/",
        "/tags/other/feed/",
        "/authors/other/feed/",
        "/technology/feed/rdf/",
    ],
)
def test_feeds_of_lists_that_are_not_there_answer_404(
    client: Client, article: ArticlePage, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_feeds_of_hidden_sections_topics_and_authors_answer_404(
    client: Client, make_article: Make, section: CategoryPage
) -> None:
    draft = make_article(tags=("Secret",), live=False)
    make_author("Nobody Yet", draft)
    CategoryPage.objects.filter(pk=section.pk).update(live=False)
    for path in ("/tags/secret/feed/", "/authors/nobody-yet/feed/", "/technology/feed/"):
        assert client.get(path).status_code == 404


def test_empty_front_page_and_section_have_empty_feeds(
    client: Client, section: CategoryPage
) -> None:
    for path in ("/feed/", "/feed/atom/", "/technology/feed/"):
        first = client.get(path)
        assert read(client, path).entries == []
        assert client.get(path)["ETag"] == first["ETag"]


def test_section_with_another_script_in_its_address_has_a_feed(
    client: Client, home: CategoryPage, make_article: Make
) -> None:
    section = home.add_child(instance=CategoryPage(title="技术", slug="技术", live=True))
    make_article(title="中文", parent=section)
    assert titles(client, "/技术/feed/") == ["中文"]


def test_clients_that_come_again_get_304_until_something_changes(
    client: Client, make_article: Make
) -> None:
    first_article = make_article(published_at=AT)
    for path in ("/feed/", "/feed/atom/"):
        first = client.get(path)
        assert first["Last-Modified"] == "Sat, 09 Mar 2024 10:00:00 GMT"
        known = {"If-None-Match": first["ETag"]}
        dated = {"If-Modified-Since": first["Last-Modified"]}
        for headers in (known, dated, known | dated):
            response = client.get(path, headers=headers)
            assert (response.status_code, response.content) == (304, b"")
    make_article(published_at=AT - timedelta(hours=1))
    assert client.get("/feed/", headers=known).status_code == 200
    first_article.unpublish()
    assert client.get("/feed/", headers=dated).status_code == 200


def test_head_has_no_body_slash_is_added_and_post_refused(
    client: Client, article: ArticlePage
) -> None:
    for path in ("/feed/", "/technology/feed/atom/", "/tags/6g/feed/"):
        assert client.head(path).content == b""
        assert client.head(path)["ETag"] == client.get(path)["ETag"]
        assert client.get(path.removesuffix("/"))["Location"] == path
        assert client.post(path).status_code == 405


@pytest.mark.parametrize("content", ["summary", "full"])
@pytest.mark.parametrize("path", ["/feed/", "/technology/feed/atom/"])
def test_number_of_queries_is_the_same_for_3_and_30_articles(
    client: Client, make_article: Make, content: str, path: str
) -> None:
    NewsroomSettings.objects.update(feed_content=content)
    image = make_image()
    make_renditions(image, slot="lead")
    author = make_author("Lin")
    target = make_article(published_at=AT)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def make(amount: int) -> None:
        for _ in range(amount):
            made = make_article(
                lead_image=image,
                tags=("6G",),
                body=[
                    ("paragraph", f'<p><a linktype="page" id="{target.pk}">Link</a></p>'),
                    ("image", {"image": image}),
                ],
            )
            author.bylines.create(article=made)

    make(3)
    few = count()
    make(27)
    assert count() == few <= 13


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=40))
def test_no_character_makes_a_feed_ill_formed(
    client: Client, article: ArticlePage, text: str
) -> None:
    words = text.replace("\0", "").encode(errors="ignore").decode()
    NewsroomSettings.objects.update(feed_content="full", tagline=words)
    ArticlePage.objects.filter(pk=article.pk).update(
        title=words, standfirst=words, lead_credit=words, dateline_place=words
    )
    for path in ("/feed/", "/feed/atom/", "/news-sitemap.xml"):
        response = client.get(path)
        assert response.status_code == 200
        etree.fromstring(response.content)


def test_html_of_feeds_is_plain_and_leads_home() -> None:
    html = (
        '<figure class="x"><picture><source srcset="/a.avif"><img src="/m/a.jpg" alt="A"'
        ' width="1" height="1" loading="lazy"></picture></figure>'
        '<p onclick="x()">One<script>x</script><svg><path/></svg></p><iframe src="/x"></iframe>'
        '<a href="https://example.org/">out</a> <a href="javascript:x">bad</a>\x07'
    )
    assert feed_html(html, root_url="https://news.example") == (
        '<figure><img src="https://news.example/m/a.jpg" alt="A" width="1" height="1"></figure>'
        '<p>One</p><a href="https://example.org/">out</a> <a>bad</a>'
    )
