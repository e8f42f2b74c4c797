"""A second run writes what changed at the source, and keeps what was edited here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Revision

from articles.corrections.models import Correction
from articles.imports.items import ArticleItem, Byline, CorrectionItem, LeadImage, SourceInfo
from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.report import Report
from articles.imports.run import import_records
from articles.media.models import NewsImage
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.release import release_due
from articles.popularity.models import ArticlePopularity
from articles.related.models import RelatedLink
from tests.imports.database import read_tables

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OUT = datetime(2024, 3, 9, 7, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def item(**fields: Any) -> ArticleItem:
    values: dict[str, Any] = {
        "external_id": "g#1",
        "title": "First headline",
        "slug": "first",
        "status": "published",
        "body": "<p>Some words.</p>",
        "categories": ((("world", "World"),),),
        "tags": (("", "Grain"),),
        "bylines": (Byline("Ann Oak", "ann"),),
        "published_at": OUT,
    }
    return ArticleItem(**{**values, **fields})


def run(*items: ArticleItem, **options: Any) -> Report:
    info = SourceInfo(format="wxr", base_url="https://old.example")
    chosen = ImportOptions(**{"source": "old", "media": "skip", **options})
    return import_records(info, items, options=chosen, now=NOW, fingerprint=repr(items))


def test_a_changed_item_keeps_its_page_and_address() -> None:
    run(item())
    before = ArticlePage.objects.get()
    changed = item(
        title="Second headline",
        slug="second",
        body="<p>Other words.</p>",
        tags=(("", "Wheat"),),
        bylines=(Byline("Bo Elm", "bo"),),
    )
    report = run(changed)
    article = ArticlePage.objects.get()
    assert report.items["updated"] == 1
    assert (article.pk, article.url_path) == (before.pk, before.url_path)
    assert article.title == article.draft_title == "Second headline"
    assert "Other words" in str(article.body)
    assert [topic.name for topic in article.tags.all()] == ["Wheat"]
    assert [line.author.name for line in article.bylines.all()] == ["Bo Elm"]
    assert article.live
    assert not article.has_unpublished_changes
    assert article.latest_revision_id == article.live_revision_id != before.latest_revision_id
    draft = article.get_latest_revision_as_object()
    assert draft.title == "Second headline"
    assert [line.author.name for line in draft.bylines.all()] == ["Bo Elm"]
    record = ImportedRecord.objects.get(kind="article")
    assert record.revision_id == article.latest_revision_id
    assert record.run_id != record.updated_run_id
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_updated_page_refers_to_what_the_api_says_it_refers_to() -> None:
    run(item())
    run(item(tags=(("", "Wheat"),), related_ids=()))
    article = ArticlePage.objects.get()

    def references() -> set[Any]:
        found = ReferenceIndex.objects.filter(object_id=str(article.pk))
        return set(found.values_list("to_object_id", "model_path", "content_path"))

    written = references()
    ReferenceIndex.create_or_update_for_object(article)
    assert references() == written


def test_an_item_that_was_edited_here_is_kept_and_told() -> None:
    run(item())
    article = ArticlePage.objects.get()
    article.title = "Our headline"
    article.save_revision().publish()
    report = run(item(title="Their headline"))
    assert report.items["kept_edited"] == 1
    assert ArticlePage.objects.get().title == "Our headline"
    assert report.problem_kinds == {"kept_edited": 1}
    assert report.by_status["published"] == 1


def test_an_article_that_was_withdrawn_here_stays_withdrawn() -> None:
    run(item())
    actions.withdraw(ArticlePage.objects.get(), actor=None, reason="Legal.", now=NOW)
    report = run(item(title="Their headline"))
    assert report.items["kept_edited"] == 1
    assert not ArticlePage.objects.get().live


def test_an_article_that_was_deleted_here_is_not_made_again() -> None:
    run(item())
    actions.delete(ArticlePage.objects.get(), actor=None)
    report = run(item(title="Their headline"))
    assert report.items["kept_edited"] == 1
    assert report.problem_kinds == {"deleted_here": 1}
    assert not ArticlePage.objects.exists()


def test_an_item_that_is_missing_in_a_later_file_stays() -> None:
    run(item(), item(external_id="g#2", slug="two"))
    report = run(item())
    assert report.items["read"] == 1
    assert ArticlePage.objects.filter(live=True).count() == 2


def test_the_same_items_write_nothing() -> None:
    items = (item(views=7, corrections=(CorrectionItem("correction", "It was ten.", OUT),)),)
    run(*items)
    before = read_tables(leave_out=["articles_importrun"])
    assert run(*items).items["unchanged"] == 1
    assert read_tables(leave_out=["articles_importrun"]) == before


def test_other_views_are_set_without_a_new_version() -> None:
    run(item(views=7))
    report = run(item(views=9))
    assert report.items["unchanged"] == 1
    assert ArticlePopularity.objects.get().base_views == 9
    assert Revision.objects.filter(content__title="First headline").count() == 1


def test_a_new_correction_is_added_and_an_old_one_is_not_repeated() -> None:
    first = CorrectionItem("correction", "It was ten, not nine.", OUT)
    second = CorrectionItem("update", "Now eleven.", OUT + timedelta(days=1))
    run(item(corrections=(first,)))
    run(item(corrections=(first, second)))
    assert list(Correction.objects.order_by("published_at").values_list("kind", "text")) == [
        ("correction", "It was ten, not nine."),
        ("update", "Now eleven."),
    ]


def test_a_scheduled_item_that_the_worker_released_is_no_edit() -> None:
    ahead = NOW + timedelta(days=1)
    scheduled = item(status="scheduled", published_at=ahead)
    run(scheduled)
    release_due(now=ahead + timedelta(seconds=1))
    article = ArticlePage.objects.get()
    assert article.published_at is not None or article.go_live_at == ahead
    assert run(scheduled).items["unchanged"] == 1
    report = run(replace(scheduled, status="published", title="Out"))
    assert report.items["kept_edited"] + report.items["updated"] == 1


def test_drafts_are_published_by_a_second_run_with_another_rule() -> None:
    run(item(), status="draft")
    assert not ArticlePage.objects.get().live
    report = run(item())
    assert report.items["updated"] == 1
    assert ArticlePage.objects.visible_to_readers().get().published_at == OUT


def test_a_private_item_that_became_public_at_the_source_is_opened() -> None:
    run(item(status="private"))
    assert PageViewRestriction.objects.count() == 1
    run(item())
    assert not PageViewRestriction.objects.exists()
    assert ArticlePage.objects.visible_to_readers().exists()


def test_another_section_at_the_source_is_told_and_the_address_stays() -> None:
    run(item())
    before = ArticlePage.objects.get().url_path
    report = run(item(categories=((("trade", "Trade"),),)))
    article = ArticlePage.objects.get()
    assert article.url_path == before
    assert [section.title for section in article.further_categories.all()] == ["Trade"]
    assert "moved_at_source" in report.problem_kinds


def test_the_lead_picture_that_is_here_stays_when_the_text_changes() -> None:
    lead = LeadImage(url="https://old.example/a.jpg")
    run(item(lead=lead))
    image = NewsImage.objects.create(title="a", width=1, height=1)
    ArticlePage.objects.update(lead_image=image)
    run(item(lead=lead, title="Second headline"))
    article = ArticlePage.objects.get()
    assert article.lead_image_id == image.pk
    assert article.get_latest_revision_as_object().lead_image_id == image.pk
    run(item(lead=LeadImage(url="https://old.example/b.jpg")))
    assert ArticlePage.objects.get().lead_image_id is None


def test_related_articles_are_linked_when_all_are_known_and_once_only() -> None:
    first = item(related_ids=("g#2", "g#9", "g#1"))
    report = run(first, item(external_id="g#2", slug="two", title="Two"))
    one, two = ArticlePage.objects.order_by("pk")
    assert [link.target_id for link in one.related_links.all()] == [two.pk]
    assert report.problem_kinds == {"related_missing": 1}
    draft = one.get_latest_revision_as_object()
    assert [link.target_id for link in draft.related_links.all()] == [two.pk]
    run(first, item(external_id="g#2", slug="two", title="Two"), restart=True)
    run(replace(first, title="Changed"))
    assert [link.target_id for link in RelatedLink.objects.all()] == [two.pk]


def test_one_item_can_be_imported_again_although_it_is_the_same() -> None:
    run(item(), item(external_id="g#2", slug="two"))
    before = ArticlePage.objects.get(slug="first").latest_revision_id
    report = run(item(), item(external_id="g#2", slug="two"), only="1")
    assert report.items["read"] == report.items["updated"] == 1
    assert ArticlePage.objects.get(slug="first").latest_revision_id != before


def test_a_second_item_with_the_same_id_is_refused_within_a_run() -> None:
    report = run(item(), item(title="Twin"), batch_size=1)
    assert report.items["refused"] == 1
    assert ArticlePage.objects.get().title == "First headline"
