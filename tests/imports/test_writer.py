"""What becomes of items: status, address, sections, authors, topics, texts, numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Revision

from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    Byline,
    CategoryItem,
    Dateline,
    MediaItem,
    Record,
    SourceInfo,
    TagItem,
)
from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.report import Report
from articles.imports.run import import_records
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.release import release_due
from articles.pages.signals import articles_written
from articles.pages.static import StaticPage
from articles.people.models import Author, AuthorProfile
from articles.popularity.models import ArticlePopularity
from articles.tags.models import Topic, TopicAlias
from tests.factories.pages import make_article, make_category

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OUT = datetime(2024, 3, 9, 7, 30, tzinfo=UTC)
WORLD = (("world", "World"),)

pytestmark = pytest.mark.django_db


def item(number: int = 1, **fields: Any) -> ArticleItem:
    values: dict[str, Any] = {
        "external_id": f"g#{number}",
        "title": f"Headline {number}",
        "slug": f"headline-{number}",
        "status": "published",
        "body": "<p>Some words of the text.</p>",
        "categories": (WORLD,),
        "published_at": OUT,
    }
    return ArticleItem(**{**values, **fields})


def run(*records: Record, info: SourceInfo | None = None, **options: Any) -> Report:
    info = info or SourceInfo(format="wxr", base_url="https://www.old.example/")
    chosen = ImportOptions(**{"media": "skip", **options})
    return import_records(info, records, options=chosen, now=NOW, fingerprint=repr(records))


def titles_of(article: ArticlePage) -> list[str]:
    return [page.title for page in article.get_ancestors().filter(depth__gt=2)]


def kinds(report: Report) -> set[str]:
    return {line["kind"] for line in report.iter_problems()}


# Status


def test_each_status_becomes_what_it_says() -> None:
    ahead = NOW + timedelta(days=30)
    report = run(
        item(1),
        item(2, status="draft", published_at=None),
        item(3, status="scheduled", published_at=ahead),
        item(4, status="private"),
        item(5, has_password=True, published_at=None),
        item(6, status="published", published_at=None),
    )
    assert report.by_status == {"published": 1, "draft": 3, "scheduled": 1, "private": 1}
    assert list(ArticlePage.objects.visible_to_readers().values_list("slug", flat=True)) == [
        "headline-1"
    ]
    scheduled = ArticlePage.objects.get(slug="headline-3")
    assert (scheduled.live, scheduled.go_live_at) == (False, ahead)
    assert Revision.objects.get(approved_go_live_at=ahead).pk == scheduled.latest_revision_id
    assert PageViewRestriction.objects.get().page_id == _page_id("headline-4")
    assert "no_date" in kinds(report)


def _page_id(slug: str) -> int:
    return Page.objects.get(slug=slug).pk


def test_a_private_article_that_is_published_by_mistake_stays_closed() -> None:
    run(item(status="private"))
    actions.publish(ArticlePage.objects.get(), actor=None, now=NOW)
    assert ArticlePage.objects.get().live
    assert not ArticlePage.objects.visible_to_readers().exists()


def test_the_worker_releases_a_scheduled_article_at_its_moment() -> None:
    ahead = NOW + timedelta(days=1)
    run(item(status="scheduled", published_at=ahead))
    assert release_due(now=ahead - timedelta(seconds=1)).published == []
    article = ArticlePage.objects.get()
    assert release_due(now=ahead).published == [article.pk]
    article.refresh_from_db()
    assert article.live
    assert not article.has_unpublished_changes


def test_a_schedule_that_has_passed_and_an_embargo_keep_an_article_back() -> None:
    until = NOW + timedelta(days=2)
    report = run(
        item(1, status="scheduled", published_at=NOW - timedelta(days=1)),
        item(2, embargoed_until=until),
    )
    assert report.by_status == {"published": 0, "draft": 1, "scheduled": 1, "private": 0}
    embargoed = ArticlePage.objects.get(slug="headline-2")
    assert (embargoed.live, embargoed.go_live_at) == (False, until)
    assert {"schedule_passed", "embargoed"} <= kinds(report)


def test_status_draft_publishes_nothing_and_keeps_the_dates() -> None:
    run(item(), status="draft")
    article = ArticlePage.objects.get()
    assert not article.live
    assert article.published_at == OUT
    assert article.latest_revision_created_at == OUT


def test_times_are_the_source_s_and_never_now() -> None:
    updated = OUT + timedelta(hours=3)
    run(item(1, updated_at=updated), item(2, updated_at=OUT + timedelta(minutes=4)))
    first, second = ArticlePage.objects.order_by("slug")
    assert (first.first_published_at, first.last_published_at) == (OUT, updated)
    assert first.latest_revision_created_at == first.materially_updated_at == updated
    assert first.latest_revision.created_at == updated
    assert second.materially_updated_at is None
    assert second.last_published_at == OUT


def test_an_update_that_most_items_share_is_none() -> None:
    bulk = OUT + timedelta(days=400)
    info = SourceInfo(format="wxr", base_url="https://old.example", bulk_updated_at=bulk)
    run(item(updated_at=bulk + timedelta(seconds=20)), info=info)
    article = ArticlePage.objects.get()
    assert article.materially_updated_at is None
    assert article.last_published_at == OUT


# Addresses and texts


def test_a_slug_that_is_taken_gets_a_suffix_of_its_own() -> None:
    report = run(item(1, slug="same"), item(22, slug="same"), item(3, slug="same", categories=()))
    slugs = {article.title: article.slug for article in ArticlePage.objects.all()}
    assert slugs == {"Headline 1": "same", "Headline 22": "same-22", "Headline 3": "same"}
    assert report.problem_kinds["address"] == 1


def test_a_slug_of_an_editor_s_page_is_not_taken_away(section: CategoryPage) -> None:
    make_article(parent=section, title="Same", slug="same")
    run(item(7, slug="same", categories=((("technology", "Technology"),),)))
    assert ArticlePage.objects.get(title="Headline 7").slug == "same-7"


@pytest.mark.parametrize("slug", ["feed", "search", "admin", "tags"])
def test_no_page_hides_an_address_of_the_site(slug: str) -> None:
    path = ((slug, slug.title()),)
    run(
        item(1, slug="feed", categories=(path,)),
        item(2, kind="page", slug=slug, categories=()),
    )
    assert CategoryPage.objects.get().slug.startswith(f"{slug}-")
    assert StaticPage.objects.get().slug == f"{slug}-2"
    assert ArticlePage.objects.get().slug == "feed-1"


def test_an_item_without_slug_or_title_gets_an_address() -> None:
    run(item(1, slug="", title="Été à Paris"), item(2, slug="", title="***"), item(3, slug=""))
    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"été-à-paris", "2", "headline-3"}


def test_file_endings_are_no_part_of_an_address() -> None:
    run(item(1, slug="old-page.html"), item(2, slug="%d0%bc%d0%b8%d1%80"))
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {"old-page", "мир"}


def test_texts_are_plain_and_cut_at_a_word_with_the_whole_kept() -> None:
    title = "word " * 80
    report = run(item(1, title=f"\x1b[31mRed\x00 {title}", kicker="k " * 40, seo_title=title))
    article = ArticlePage.objects.get()
    assert len(article.title) <= 255
    assert article.title.startswith("[31mRed word")
    assert article.title.endswith("…")
    assert len(article.kicker) <= 32
    record = ImportedRecord.objects.get(kind="article")
    assert len(record.data["title"]) > 255
    assert set(record.data["whole"]) == {"title", "kicker", "seo_title"}
    assert report.problem_kinds["text_cut"] == 3


def test_a_standfirst_that_repeats_the_text_is_left_empty() -> None:
    run(
        item(1, standfirst="Some words of…"),
        item(2, standfirst="New words.", excerpt="Teaser of another kind."),
    )
    first, second = ArticlePage.objects.order_by("slug")
    assert first.standfirst == ""
    assert (second.standfirst, second.social_text) == ("New words.", "Teaser of another kind.")


def test_a_dateline_keeps_its_own_day_only_if_it_is_another() -> None:
    run(
        item(1, dateline=Dateline("Beijing", "TDI", "2024-03-09")),
        item(2, dateline=Dateline("Beijing", "TDI", "2024-03-08")),
    )
    first, second = ArticlePage.objects.order_by("slug")
    assert (first.dateline_place, first.dateline_agency) == ("Beijing", "TDI")
    assert first.dateline_date is None
    assert str(second.dateline_date) == "2024-03-08"


def test_bad_addresses_and_languages_are_left_out_and_told() -> None:
    report = run(item(1, canonical_url="javascript:alert(1)", language="not a tag"))
    article = ArticlePage.objects.get()
    assert (article.canonical_url, article.language) == ("", "")
    assert {"bad_address", "unknown_language"} <= kinds(report)


# Sections


def test_sections_are_reused_by_their_slug_path(section: CategoryPage) -> None:
    make_category("Chips", parent=section)
    path = (("technology", "Tech"), ("chips", "Chips and such"))
    report = run(CategoryItem("category:chips", path), item(1, categories=(path,)))
    assert titles_of(ArticlePage.objects.get()) == ["Technology", "Chips"]
    assert report.created_by_type["categories"] == 0


def test_items_without_a_section_go_to_into_else_to_news() -> None:
    run(item(1, categories=()), source="a")
    run(item(2, categories=()), source="b", into=("Old", "Archive"))
    run(item(3, categories=()), source="c")
    found = {article.slug: titles_of(article) for article in ArticlePage.objects.all()}
    assert found == {
        "headline-1": ["News"],
        "headline-2": ["Old", "Archive"],
        "headline-3": ["News"],
    }
    assert CategoryPage.objects.filter(title="News").count() == 1


def test_further_sections_are_kept_once_and_the_first_is_primary() -> None:
    trade = (("trade", "Trade"),)
    run(item(1, categories=(WORLD, trade, WORLD)))
    article = ArticlePage.objects.get()
    assert titles_of(article) == ["World"]
    assert [section.title for section in article.further_categories.all()] == ["Trade"]
    assert article.section_id == article.get_parent().pk


def test_a_section_map_sends_sections_elsewhere_and_drops_some(tmp_path: Path) -> None:
    path = tmp_path / "sections.csv"
    path.write_text("old path,new path\nworld,News/Abroad\nTrade,\n")
    trade = (("trade", "Trade"),)
    run(item(1, categories=(trade, WORLD)), section_map=path)
    article = ArticlePage.objects.get()
    assert titles_of(article) == ["News", "Abroad"]
    assert not article.further_categories.exists()
    assert not CategoryPage.objects.filter(title="Trade").exists()


def test_static_pages_nest_although_children_come_first() -> None:
    pages: dict[str, Any] = {"kind": "page", "categories": ()}
    report = run(
        item(3, parent_id="g#2", **pages),
        item(2, parent_id="g#1", **pages),
        item(1, **pages),
        item(4, parent_id="g#99", **pages),
        item(5, parent_id="g#6", **pages),
        item(6, parent_id="g#5", **pages),
        batch_size=2,
    )
    found = {page.slug: page.get_parent().slug for page in StaticPage.objects.all()}
    assert found["headline-3"] == "headline-2"
    assert found["headline-2"] == "headline-1"
    assert found["headline-1"] == found["headline-4"] == "home"
    assert report.created_by_type["pages"] == 6
    assert Page.find_problems() == ([], [], [], [], [])


# People and topics


def test_authors_are_by_id_and_never_by_name() -> None:
    records = (
        AuthorItem("ann", "Ann Oak", slug="ann", biography_html="<script>x</script><p>Hi</p>"),
        AuthorItem("ann2", "Ann Oak", slug="ann", website="https://ann.example"),
    )
    both = (Byline("Ann Oak", "ann"), Byline("Ann Oak", "ann2"), Byline("Ann Oak", "ann"))
    report = run(*records, item(1, bylines=both), item(2, bylines=(Byline("Cy Ash"),)))
    assert report.created_by_type["authors"] == 3
    assert list(Author.objects.order_by("pk").values_list("slug", flat=True)) == [
        *("ann", "ann-2", "cy-ash"),
    ]
    assert Author.objects.get(slug="ann").biography == "<p>Hi</p>"
    assert AuthorProfile.objects.get().url == "https://ann.example"
    assert ArticlePage.objects.get(slug="headline-1").bylines.count() == 2
    run(item(3, bylines=(Byline("Cy Ash"),)))
    assert Author.objects.count() == 3


def test_an_author_map_makes_two_ids_one_author(tmp_path: Path) -> None:
    known = Author.objects.create(name="Staff", slug="staff")
    path = tmp_path / "authors.csv"
    path.write_text("old id,name\ndesk,Staff\nann,Ann Oak\nann2,Ann Oak\n")
    lines = (Byline("desk", "desk"), Byline("A. Oak", "ann"), Byline("Oak", "ann2"))
    report = run(item(1, bylines=lines), author_map=path)
    names = [line.author.name for line in ArticlePage.objects.get().bylines.all()]
    assert names == ["Staff", "Ann Oak"]
    assert report.created_by_type["authors"] == 1
    assert ArticlePage.objects.get().bylines.first().author_id == known.pk
    record = ImportedRecord.objects.get(kind="article")
    assert record.data["stated"]["authors"] == ["Staff", "Ann Oak"]


def test_tags_fold_into_topics_and_their_aliases() -> None:
    known = Topic.objects.create(name="AI")
    TopicAlias.objects.create(folded="machinelearning", topic=known)
    tags = (("", "A.I."), ("", "Machine learning"), ("", "Élysée"), ("", "elysee"), ("", "!!"))
    report = run(TagItem("tag:ai", "ai"), item(1, tags=tags))
    assert [topic.name for topic in ArticlePage.objects.get().tags.order_by("pk")] == [
        *("AI", "Élysée"),
    ]
    assert report.created_by_type["tags"] == 1
    assert report.problem_kinds == {"tag_without_letters": 1}


# Numbers, and what stages find


def test_views_of_items_and_of_a_file_become_the_base(tmp_path: Path) -> None:
    path = tmp_path / "views.csv"
    path.write_text("id,views\n2,70\nhttps://old.example/three/,80\nnobody,5\n")
    report = run(
        item(1, views=60),
        item(2, views=10),
        item(3, old_urls=("https://www.old.example/three",)),
        views=path,
    )
    found = ArticlePopularity.objects.order_by("article__slug")
    assert list(found.values_list("base_views", "views_total", "views_7d")) == [
        *((60, 60, 0), (70, 70, 0), (80, 80, 0)),
    ]
    assert report.problem_kinds["views_unused"] == 1


def test_comments_and_sticky_items_are_told() -> None:
    report = run(item(1, comment_count=2, is_sticky=True), item(2, comment_count=3))
    assert report.totals == {"comments": 5}
    assert {"sticky", "comments"} <= kinds(report)


def test_pictures_are_remembered_and_counted_as_left_out() -> None:
    media = MediaItem("m#9", "https://old.example/a.jpg", caption="C", parent_id="g#1")
    report = run(media, item(1, body='<p>Text <img src="https://old.example/a.jpg"></p>'))
    record = ImportedRecord.objects.get(kind="media")
    assert record.object_id is None
    assert (record.data["url"], record.data["parent"]) == ("https://old.example/a.jpg", "g#1")
    assert ImportedRecord.objects.get(kind="article").data["pending_media"]
    assert report.items["skipped"] == 1


def test_articles_are_announced_after_their_batch(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    told: list[list[int]] = []

    def listen(sender: Any, article_ids: list[int], **kwargs: Any) -> None:
        told.append(article_ids)

    articles_written.connect(listen)
    try:
        run(*(item(number) for number in range(5)), batch_size=2)
    finally:
        articles_written.disconnect(listen)
    assert [len(ids) for ids in told] == [2, 2, 1]
    assert {pk for ids in told for pk in ids} == set(
        ArticlePage.objects.values_list("pk", flat=True)
    )


def test_a_batch_takes_as_many_queries_for_3_articles_as_for_30() -> None:
    def queries(first: int, number: int) -> int:
        items = [
            item(
                at,
                tags=(("", f"Tag {at % 3}"),),
                bylines=(Byline(f"Author {at % 3}"),),
                old_urls=(f"https://old.example/{at}/",),
                views=at,
            )
            for at in range(first, first + number)
        ]
        with CaptureQueriesContext(connection) as captured:
            run(*items, source=f"s{first}")
        return len(captured)

    queries(1, 3)
    assert queries(100, 3) == queries(200, 30)
