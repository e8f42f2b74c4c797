"""Old addresses lead to what is now there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    Byline,
    CategoryItem,
    MediaItem,
    Record,
    SourceInfo,
    TagItem,
)
from articles.imports.options import ImportOptions
from articles.imports.report import Report
from articles.imports.run import import_records
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from tests.factories.pages import make_category

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OUT = datetime(2024, 3, 9, 7, 30, tzinfo=UTC)
OLD = "https://old.example"

pytestmark = pytest.mark.django_db


def item(number: int = 1, **fields: Any) -> ArticleItem:
    values: dict[str, Any] = {
        "external_id": f"g#{number}",
        "title": f"Headline {number}",
        "slug": f"headline-{number}",
        "status": "published",
        "body": "<p>Some words of the text.</p>",
        "categories": ((("world", "World"),),),
        "published_at": OUT,
        "old_urls": (f"{OLD}/2024/03/headline-{number}/", f"/?p={number}"),
    }
    return ArticleItem(**{**values, **fields})


def run(*records: Record, **options: Any) -> Report:
    info = SourceInfo(format="wxr", base_url=OLD)
    chosen = ImportOptions(**{"media": "skip", **options})
    return import_records(info, records, options=chosen, now=NOW, fingerprint=repr(records))


def paths() -> dict[str, str]:
    """Return where each redirect leads: a page's slug, or a link."""
    found = Redirect.objects.select_related("redirect_page")
    return {
        row.old_path: row.redirect_page.slug if row.redirect_page else row.redirect_link
        for row in found
    }


def test_every_old_address_leads_to_the_page_itself() -> None:
    urls = (f"{OLD}/a/?b=2&a=1", "/?p=1", f"{OLD}/Ünï/", f"{OLD}/a/?a=1&b=2", f"{OLD}/x.html")
    report = run(item(old_urls=urls))
    assert paths() == dict.fromkeys(
        ["/a?a=1&b=2", "/?p=1", "/Ünï", "/ünï", "/x.html"], "headline-1"
    )
    assert set(Redirect.objects.values_list("site_id", flat=True)) == {Site.objects.get().pk}
    assert report.created_by_type["redirects"] == 5


def test_an_old_address_answers_301_and_follows_a_move(client: Client, home: Any) -> None:
    run(item())
    trade = make_category("Trade", parent=home)
    article = ArticlePage.objects.get()
    answer = client.get("/2024/03/headline-1/")
    assert (answer.status_code, answer["Location"]) == (301, article.url)
    actions.move(article, actor=None, target=trade)
    assert client.get("/2024/03/headline-1/")["Location"].endswith("/trade/headline-1/")


def test_an_address_that_stayed_gets_no_redirect() -> None:
    run(item(old_urls=(f"{OLD}/world/headline-1/", f"{OLD}/", "")))
    assert paths() == {}


def test_an_address_of_another_live_page_is_told() -> None:
    taken = item(2, old_urls=(f"{OLD}/world/headline-1/",))
    report = run(item(old_urls=()), taken)
    assert paths() == {}
    assert report.problem_kinds == {"address_taken": 1, "audit_loss": 1}


def test_two_claims_to_one_address_are_told_and_the_first_holds() -> None:
    both = (f"{OLD}/shared/",)
    run(item(old_urls=both), source="a")
    report = run(item(2, old_urls=both), source="b")
    assert paths() == {"/shared": "headline-1"}
    assert report.problem_kinds == {"redirect_taken": 1, "audit_loss": 1}


def test_an_address_that_is_too_long_is_told() -> None:
    report = run(item(old_urls=(f"{OLD}/{'x' * 300}/",)))
    assert paths() == {}
    assert report.problem_kinds == {"redirect_too_long": 1}


def test_what_was_never_public_gets_no_redirect() -> None:
    run(
        item(1, status="draft", published_at=None),
        item(2, status="private"),
        item(3, status="scheduled", published_at=datetime(2040, 1, 1, tzinfo=UTC)),
    )
    assert paths() == {}


def test_articles_that_wait_as_drafts_keep_their_addresses() -> None:
    run(item(), status="draft")
    assert set(paths()) == {"/2024/03/headline-1", "/?p=1"}


def test_archives_of_sections_tags_and_authors_lead_on_with_their_feeds() -> None:
    run(
        AuthorItem("ann", "Ann Oak", slug="ann-oak", old_urls=("/author/ann/",)),
        CategoryItem("category:world", (("world", "World"),), old_urls=("/category/world/",)),
        TagItem("tag:ai", "AI", slug="ai", old_urls=("/tag/ai/",)),
        item(1, bylines=(Byline("Ann Oak", "ann"),), old_urls=()),
    )
    assert paths() == {
        "/author/ann": "/authors/ann-oak/",
        "/author/ann/feed": "/authors/ann-oak/feed/",
        "/category/world": "world",
        "/category/world/feed": "/world/feed/",
        "/tag/ai": "/tags/ai/",
        "/tag/ai/feed": "/tags/ai/feed/",
    }


def test_a_section_that_keeps_its_address_needs_none() -> None:
    run(CategoryItem("category:world", (("world", "World"),), old_urls=("/world/",)))
    assert CategoryPage.objects.count() == 1
    assert paths() == {}


def test_a_picture_s_own_page_leads_to_its_article() -> None:
    address = f"{OLD}/headline-1/a-picture/"
    picture = MediaItem("m#9", f"{OLD}/a.jpg", parent_id="g#1", old_urls=(address,))
    orphan = MediaItem("m#10", f"{OLD}/b.jpg", old_urls=(f"{OLD}/b/",))
    run(picture, orphan, item(old_urls=()))
    assert paths() == {"/headline-1/a-picture": "headline-1"}


def test_an_editor_s_own_redirect_wins() -> None:
    site = Site.objects.get()
    Redirect.objects.create(site=site, old_path="/?p=1", redirect_link="/elsewhere/")
    report = run(item())
    assert paths()["/?p=1"] == "/elsewhere/"
    assert report.problem_kinds == {"redirect_taken": 1, "audit_loss": 1}


def test_a_second_run_adds_none() -> None:
    run(item())
    assert run(item()).created_by_type["redirects"] == 0
