"""One walk over everything that the public can open, past articles that nobody may see.

Each hidden article bears a word of its own in all that it has: headline, address, texts,
topic, author, picture, correction. A surface that shows any of these words leaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.corrections.models import Correction
from articles.media.models import NewsRendition
from articles.navigation.models import BreakingBanner, NewsroomSettings
from articles.pages import actions as publishing
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from articles.people.models import Author, Byline
from articles.popularity.models import ArticlePopularity
from articles.related.models import RelatedLink
from articles.search.actions import index_articles
from articles.text.xml import xml_text
from tests.factories.images import make_image, make_renditions
from tests.factories.pages import make_article

pytestmark = pytest.mark.django_db

HIDDEN = ("draft", "scheduled", "embargoed", "expired", "private", "unpublished", "withdrawn")
SHARED_TOPIC = "Sharedtopic"
COMMON_WORD = "commonword"


def secret(state: str) -> str:
    """Return the word that only an article of a state bears."""
    return f"Zq{state}x"


@dataclass
class Newsroom:
    """A newsroom with one hidden article of each state, and some that everybody may see."""

    control: ArticlePage
    reader: ArticlePage
    hidden: dict[str, ArticlePage]
    section: CategoryPage
    subsection: CategoryPage


def make_marked(word: str, *, parent: CategoryPage, shared_author: Author) -> ArticlePage:
    """Make a live article that bears a word in everything it has."""
    image = make_image(title=word, description=word, caption=word, credit=word)
    for slot in ("lead", "thumb", "social", "social_16x9"):
        make_renditions(image, slot=slot)
    for rendition in NewsRendition.objects.filter(image=image):
        rendition.file.name = rendition.file.name.replace("images/", f"images/{word}-")
        rendition.save()
    article = make_article(
        parent=parent,
        title=f"{word} {COMMON_WORD} headline",
        slug=word.lower(),
        short_headline=f"{word} short",
        kicker=word,
        standfirst=f"{word} standfirst",
        body=[("paragraph", f"<p>{word} body</p>"), ("image", {"image": image, "caption": word})],
        lead_image=image,
        lead_caption=word,
        dateline_place=word,
        source_name=word,
        search_description=word,
        social_title=word,
        tags=(word, SHARED_TOPIC),
    )
    author = Author.objects.create(name=f"{word} Author", slug=f"author-{word.lower()}")
    Byline.objects.create(article=article, author=author, sort_order=0)
    Byline.objects.create(article=article, author=shared_author, sort_order=1)
    Correction.objects.create(article=article, text=f"{word} was wrong.")
    ArticlePopularity.objects.create(article=article, views_24h=900, views_7d=900, trending=9)
    return article


@pytest.fixture
def newsroom(home: HomePage, section: CategoryPage, subsection: CategoryPage) -> Newsroom:
    """Everything public points at hidden articles, and the index has not heard of the changes."""
    NewsroomSettings.objects.update(feed_content="full")
    shared_author = Author.objects.create(name="Shared Author", slug="shared-author")
    control = make_marked("Qcontrol", parent=subsection, shared_author=shared_author)
    hidden = {
        state: make_marked(secret(state), parent=subsection, shared_author=shared_author)
        for state in HIDDEN
    }
    everything = [control, *hidden.values()]
    links = "".join(
        f'<p><a linktype="page" id="{article.pk}">link</a></p>' for article in everything
    )
    body = [("paragraph", links), *(("also_read", {"article": article}) for article in everything)]
    reader = make_article(
        parent=subsection, title="Reader", slug="reader", tags=(SHARED_TOPIC,), body=body
    )
    third = make_article(parent=section, title="Third", slug="third")
    ArticlePopularity.objects.bulk_create(
        ArticlePopularity(article=article, views_24h=5, views_7d=5) for article in (reader, third)
    )
    for order, article in enumerate([*hidden.values(), control]):
        RelatedLink.objects.create(article=reader, target=article, sort_order=order)
    for front in (HomePage.objects.get(), section, subsection):
        front.pins = [("pin", {"article": article}) for article in everything]
        front.save()
    index_articles([article.pk for article in (*everything, reader, third)])
    hide(hidden)
    BreakingBanner.objects.create(
        text="Banner", page=hidden["draft"], ends_at=timezone.now() + timedelta(hours=1)
    )
    return Newsroom(control, reader, hidden, section, subsection)


def hide(hidden: dict[str, ArticlePage]) -> None:
    """Bring each article into its state; the search index is not told."""
    now = timezone.now()

    def change(state: str, **fields: object) -> None:
        ArticlePage.objects.filter(pk=hidden[state].pk).update(**fields)

    never_out = {"live": False, "published_at": None, "first_published_at": None}
    change("draft", **never_out)
    change("scheduled", **never_out)
    scheduled = ArticlePage.objects.get(pk=hidden["scheduled"].pk)
    publishing.schedule(scheduled, actor=None, at=now + timedelta(hours=1), now=now)
    change("embargoed", embargoed_until=now + timedelta(hours=1))
    change("expired", expire_at=now - timedelta(seconds=1))
    PageViewRestriction(page=hidden["private"], restriction_type="login").save()
    change("unpublished", live=False)
    change(
        "withdrawn",
        live=False,
        withdrawn_at=now,
        withdrawal_reason=f"{secret('withdrawn')} reason",
    )


def surfaces(newsroom: Newsroom, client: Client) -> Iterator[tuple[str, bool]]:
    """Yield each address of a list or page, and whether the control article stands on it."""
    day = timezone.now().date()
    sub = newsroom.subsection.url
    yield from ((path, True) for path in ("/", newsroom.section.url, sub, newsroom.reader.url))
    yield newsroom.control.url, True
    yield f"/archive/{day:%Y/%m/%d}/", True
    yield f"/archive/{day:%Y/%m}/", True
    yield from ((path, False) for path in (f"/archive/{day:%Y}/", "/archive/"))
    yield from ((path, True) for path in ("/authors/shared-author/", "/tags/sharedtopic/"))
    yield from ((path, True) for path in ("/authors/", "/tags/", "/corrections/"))
    yield from (
        (f"/search/?q={COMMON_WORD}{narrowed}", True)
        for narrowed in ("", "&sort=newest", "&section=technology", "&author=shared-author")
    )
    yield "/search/", True
    yield "/search/?q=nothingatall", True
    lists = ("/", newsroom.section.url, sub, "/tags/sharedtopic/", "/authors/shared-author/")
    yield from ((f"{url}feed/{kind}", True) for url in lists for kind in ("", "atom/"))
    yield from ((path, False) for path in ("/sitemap.xml", "/robots.txt", "/not-there/"))
    yield "/news-sitemap.xml", True
    for name in client.get("/sitemap.xml").content.decode().split("<loc>")[1:]:
        path = name.partition("</loc>")[0].partition(":8000")[2]
        yield path, "articles" in path or "authors" in path


def test_no_surface_shows_what_readers_may_not_see(newsroom: Newsroom, client: Client) -> None:
    leaks, missing = [], []
    for path, has_control in surfaces(newsroom, client):
        response = client.get(path)
        assert response.status_code == (404 if path == "/not-there/" else 200), path
        text = b"".join(response).decode().lower()
        expected = [
            # Withdrawn articles are named in the log, with what was wrong about them.
            text.count(f"{secret('withdrawn').lower()} {COMMON_WORD} headline")
            + text.count(f"{secret('withdrawn').lower()} was wrong.")
            if path == "/corrections/" and state == "withdrawn"
            else 0
            for state in HIDDEN
        ]
        found = [text.count(secret(state).lower()) for state in HIDDEN]
        leaks += [
            (path, state)
            for state, count, allowed in zip(HIDDEN, found, expected, strict=True)
            if count != allowed
        ]
        if has_control and xml_text(newsroom.control.slug) not in text:
            missing.append(path)
    assert leaks == []
    assert missing == []


@pytest.mark.parametrize("state", HIDDEN)
def test_addresses_of_a_hidden_article_answer_as_if_it_were_not_there(
    newsroom: Newsroom, client: Client, state: str
) -> None:
    word, article = secret(state), newsroom.hidden[state]
    slug = word.lower()
    statuses = {"withdrawn": 410, "private": 302}
    own = client.get(f"{newsroom.subsection.url}{slug}/")
    assert own.status_code == statuses.get(state, 404)
    assert slug not in own.content.decode().lower()
    for path in (
        f"/authors/author-{slug}/",
        f"/authors/author-{slug}/feed/",
        f"/authors/author-{slug}/feed/atom/",
        f"/tags/{slug}/",
        f"/tags/{slug}/feed/",
        f"/tags/{slug}/feed/atom/",
    ):
        response = client.get(path)
        assert response.status_code == 404, path
        assert slug not in response.content.decode().lower(), path
    found = client.get(f"/search/?q={word}").context
    assert (found["count"], found["cards"]) == (0, [])
    assert client.post(f"/_v/{article.pk}").status_code == 404
    assert client.get(f"/_v/{article.pk}.gif").status_code == 404


def test_control_article_is_counted(newsroom: Newsroom, client: Client) -> None:
    assert client.post(f"/_v/{newsroom.control.pk}").status_code == 204


def test_boxes_beside_an_article_show_the_control_article(
    newsroom: Newsroom, client: Client
) -> None:
    context = client.get(newsroom.reader.url).context
    titles = {newsroom.control.title, newsroom.control.short_headline}
    for box in (context["related"], context["most_popular"]["today"]):
        assert titles & {card.title for card in box}
    assert context["article"]["body_html"].count(newsroom.control.url) == 2
