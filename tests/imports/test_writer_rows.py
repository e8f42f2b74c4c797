"""A page written in bulk leaves the rows that Wagtail's own API leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from wagtail.models import Page, PageViewRestriction, Revision

from articles.imports.items import (
    ArticleItem,
    AuthorItem,
    Byline,
    CategoryItem,
    LeadImage,
    Record,
    SourceInfo,
    TagItem,
)
from articles.imports.options import ImportOptions
from articles.imports.prepare import prepare_body
from articles.imports.run import import_records
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.static import StaticPage
from articles.people.models import Author
from articles.people.models import Byline as BylineRow
from articles.tags.models import Topic
from tests.imports.database import Rows, added_rows, read_tables

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OUT = datetime(2024, 3, 9, 7, 30, tzinfo=UTC)
LATER = OUT + timedelta(days=2)
AHEAD = datetime(2031, 1, 1, tzinfo=UTC)
BODY = (
    '<p>First <a href="https://example.org/a">words</a>.</p><h2>Part</h2>'
    '<figure><img src="https://example.org/p.jpg" alt="A"><figcaption>C</figcaption></figure>'
    '<p>Also read: <a href="https://example.org/b">Another headline of ours</a></p>'
    '<ul class="key-points"><li>One point.</li></ul>'
)
ENTRIES = "wagtailsearch_indexentry"
OWN = {"articles_importrun", "articles_importedrecord"}


def item(**fields: Any) -> ArticleItem:
    values: dict[str, Any] = {
        "external_id": "g#1",
        "title": "Grain ships leave",
        "slug": "grain-ships-leave",
        "status": "published",
        "body": BODY,
        "standfirst": "Two of them.",
        "kicker": "Trade",
        "bylines": (Byline("Ann Oak", "ann"), Byline("Bo Elm", "bo", role="photographs")),
        "categories": ((("technology", "Technology"),), (("world", "World"),)),
        "tags": (("", "Grain"), ("", "Odesa")),
        "lead": LeadImage(url="https://example.org/lead.jpg", caption="Ships", credit="TDI"),
        "published_at": OUT,
        "updated_at": LATER,
        "seo_title": "Ships",
        "seo_description": "Grain leaves Odesa.",
    }
    return ArticleItem(**{**values, **fields})


def run(*records: Record, **options: Any) -> None:
    info = SourceInfo(format="wxr", base_url="https://example.org")
    chosen = ImportOptions(source="old", media="skip", **options)
    report = import_records(info, records, options=chosen, now=NOW, fingerprint=repr(records))
    assert not report.items["refused"]


def rows_of(action: Callable[[], Any]) -> Rows:
    """Return the rows that an action adds, with ids from the same start, and undo them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
    before = read_tables(leave_out=OWN)
    with transaction.atomic():
        action()
        found = added_rows(before, read_tables(leave_out=OWN))
        transaction.set_rollback(True)
    # Wagtail weighs entries anew that happen to have the weight of new ones.
    entries = {(row["content_type_id"], row["object_id"]) for row in before[ENTRIES]}
    found[ENTRIES] = [
        row
        for row in found.get(ENTRIES, [])
        if (row["content_type_id"], row["object_id"]) not in entries
    ]
    return {table: sorted(map(plain, rows), key=str) for table, rows in found.items()}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without moments of writing, random ids and the order of writing."""
    masked = {"timestamp", "created_at", "translation_key"}
    if {"to_object_id", "title_norm", "action", "categorypage_id"} & row.keys():
        masked.add("id")
    return {column: "…" if column in masked else read_json(value) for column, value in row.items()}


def read_json(value: Any) -> Any:
    """Return JSON as data, without block ids that are drawn at random."""
    if isinstance(value, str) and value.startswith(("{", "[")):
        return read_json(json.loads(value))
    if isinstance(value, dict):
        masked = {"translation_key", "created"}
        return {key: "…" if key in masked else read_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [read_json(inner) for inner in value]
    return value


def stored_body() -> list[Any]:
    """Return the blocks that the import makes of `BODY`."""
    return json.loads(prepare_body(item(), base_url="https://example.org").json)


def with_api(*, sections: list[CategoryPage], live: bool = True, **fields: Any) -> ArticlePage:
    """Make the same article through Wagtail; what the source knows better is set at the end."""
    article = ArticlePage(
        title="Grain ships leave",
        slug="grain-ships-leave",
        body=json.dumps(stored_body()),
        standfirst="Two of them.",
        kicker="Trade",
        lead_source_url="https://example.org/lead.jpg",
        lead_caption="Ships",
        lead_credit="TDI",
        seo_title="Ships",
        search_description="Grain leaves Odesa.",
        live=False,
        **fields,
    )
    article.bylines = [
        BylineRow(author=Author.objects.get(name="Ann Oak"), role="by", sort_order=0),
        BylineRow(author=Author.objects.get(name="Bo Elm"), role="photographs", sort_order=1),
    ]
    article.tags.add(*Topic.objects.order_by("pk"))
    article.further_categories = sections[1:]
    Page.objects.get(pk=sections[0].pk).add_child(instance=article)
    version = article.save_revision()
    if live:
        version.publish()
    return article


def set_back(article: ArticlePage, *, version_at: datetime, **fields: Any) -> None:
    """Set what Wagtail always sets to now."""
    Page.objects.filter(pk=article.pk).update(latest_revision_created_at=version_at, **fields)
    Revision.objects.filter(object_id=str(article.pk)).update(created_at=version_at)


@pytest.fixture
def known(home: Any) -> list[CategoryPage]:
    """Sections, authors and topics that are there already; they compare elsewhere."""
    run(item(external_id="g#0", slug="first", title="Another one"))
    return [CategoryPage.objects.get(slug="technology"), CategoryPage.objects.get(slug="world")]


@pytest.mark.django_db
def test_a_published_article_has_the_rows_of_add_child_save_revision_and_publish(
    known: list[CategoryPage],
) -> None:
    def api() -> None:
        article = with_api(
            sections=known,
            published_at=OUT,
            first_published_at=OUT,
            materially_updated_at=LATER,
        )
        set_back(article, version_at=LATER, last_published_at=LATER)

    expected = rows_of(api)
    found = rows_of(lambda: run(item()))
    found.pop("wagtailredirects_redirect", None)
    assert expected["articles_articlepage"]
    assert found == expected


@pytest.mark.django_db
def test_a_scheduled_article_has_the_rows_of_a_scheduled_one(known: list[CategoryPage]) -> None:
    def api() -> None:
        set_back(with_api(sections=known, go_live_at=AHEAD), version_at=NOW)

    expected = rows_of(api)
    scheduled = item(status="scheduled", published_at=AHEAD, updated_at=None, created_at=NOW)
    found = rows_of(lambda: run(scheduled))
    assert "wagtail.publish.schedule" in str(expected["wagtailcore_pagelogentry"])
    assert found == expected


@pytest.mark.django_db
def test_a_private_article_has_the_rows_of_a_draft_behind_a_sign_in(
    known: list[CategoryPage],
) -> None:
    def api() -> None:
        article = with_api(sections=known, live=False, published_at=OUT, first_published_at=OUT)
        PageViewRestriction(page=article, restriction_type="login").save()
        set_back(article, version_at=OUT)

    expected = rows_of(api)
    found = rows_of(lambda: run(item(status="private", updated_at=None)))
    assert found == expected


@pytest.mark.django_db
def test_a_static_page_has_the_rows_of_add_child_save_revision_and_publish(home: Any) -> None:
    def api() -> None:
        body = json.dumps(stored_body())
        page = StaticPage(
            title="About", slug="about", body=body, live=False, first_published_at=OUT
        )
        Page.objects.get(pk=home.pk).add_child(instance=page)
        page.save_revision().publish()
        set_back(page, version_at=OUT, last_published_at=OUT)

    expected = rows_of(api)
    about = ArticleItem("g#1", "About", kind="page", slug="about", status="published", body=BODY)
    about.published_at = OUT
    found = rows_of(lambda: run(about))
    assert found == expected


@pytest.mark.django_db
def test_sections_authors_and_topics_have_the_rows_of_the_api(home: Any) -> None:
    def api() -> None:
        top = CategoryPage(title="World", slug="world", live=False, first_published_at=NOW)
        Page.objects.get(pk=home.pk).add_child(instance=top)
        top.save_revision().publish()
        set_back(top, version_at=NOW, last_published_at=NOW)
        Author.objects.create(name="Ann Oak", slug="ann-oak", biography="<p>Writes.</p>")
        Topic.objects.create(name="Grain", slug="grain")

    expected = rows_of(api)
    records = [
        AuthorItem("ann", "Ann Oak", biography_html="<p>Writes.</p>"),
        CategoryItem("category:world", (("world", "World"),)),
        TagItem("tag:grain", "Grain"),
    ]
    found = rows_of(lambda: run(*records))
    assert found == expected


@pytest.mark.django_db
def test_the_tree_is_sound_after_several_batches(home: Any) -> None:
    paths = ((("a", "A"), ("b", "B")), (("a", "A"),), (("c", "C"),))
    items = [
        item(external_id=f"g#{number}", slug=f"s-{number % 3}", categories=(paths[number % 3],))
        for number in range(40)
    ]
    run(*items, batch_size=7)
    assert Page.find_problems() == ([], [], [], [], [])
    assert ArticlePage.objects.count() == 40
    assert Page.objects.values("url_path").distinct().count() == Page.objects.count()
