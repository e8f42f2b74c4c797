"""What an export says of articles, and what it costs."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from articles.exports.articles import export_articles
from articles.imports.models import ImportedRecord, ImportRun
from articles.media.models import NewsImage
from articles.navigation.models import NewsroomSettings
from articles.pages import actions
from articles.people.models import Author, Byline
from articles.popularity.rollup import set_base_views
from tests.factories.pages import make_category

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(days=2)
LATER = NOW + timedelta(days=2)

pytestmark = pytest.mark.django_db


def export(status="all", **kwargs):
    return {a.title: a for a in export_articles(status=status, now=NOW, **kwargs)}


def sign(article, *names, role="by"):
    for order, name in enumerate(names):
        author, _ = Author.objects.get_or_create(name=name, slug=name.lower())
        Byline.objects.create(article=article, author=author, role=role, sort_order=order)


def make_image(**fields):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "JPEG")
    file.seek(0)
    return NewsImage.objects.create(title="A boat", file=ImageFile(file, name="boat.jpg"), **fields)


def test_each_article_has_the_word_that_readers_would_use(make_article):
    make_article(title="out", published_at=EARLIER)
    make_article(title="never out", live=False)
    make_article(title="embargoed", published_at=EARLIER, embargoed_until=LATER)
    make_article(title="expired", published_at=EARLIER, expire_at=EARLIER)
    make_article(title="of tomorrow", published_at=LATER)
    actions.withdraw(
        make_article(title="withdrawn", published_at=EARLIER), actor=None, reason="r", now=NOW
    )
    waiting = make_article(title="waiting", live=False)
    actions.schedule(waiting, actor=None, at=LATER, now=NOW)
    PageViewRestriction.objects.create(
        page=make_article(title="for some", published_at=EARLIER),
        restriction_type=PageViewRestriction.LOGIN,
    )

    assert {title: article.status for title, article in export().items()} == {
        "out": "published",
        "never out": "draft",
        "embargoed": "scheduled",
        "expired": "draft",
        "of tomorrow": "scheduled",
        "withdrawn": "draft",
        "waiting": "scheduled",
        "for some": "private",
    }
    assert list(export("published")) == ["out"]


def test_article_below_a_restricted_section_is_private(make_article, section):
    make_article(title="below", published_at=EARLIER)
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)

    assert export()["below"].status == "private"
    assert export("published") == {}


def test_draft_of_a_live_article_is_never_exported(make_article):
    article = make_article(title="As readers have it", published_at=EARLIER)
    article.title = "Not yet"
    article.body = [("paragraph", "<p>Unpublished words.</p>")]
    article.save_revision()

    exported = export()

    assert list(exported) == ["As readers have it"]
    assert "Unpublished" not in exported["As readers have it"].text


def test_article_that_is_not_live_is_as_its_latest_version(make_article, subsection):
    article = make_article(title="First", live=False)
    author = Author.objects.create(name="Ada", slug="ada")
    article.title = "Second"
    article.dateline_place = "Lagos"
    article.embargoed_until = LATER
    article.body = [("paragraph", "<p>Two words</p>")]
    article.bylines = [Byline(author=author)]
    article.tags.add("Trade")
    article.further_categories = [subsection]
    article.save_revision()

    exported = export()["Second"]

    assert (exported.status, exported.dateline_place) == ("scheduled", "Lagos")
    assert (exported.authors, exported.tags) == (("Ada",), ("Trade",))
    assert exported.categories == (("Technology",), ("Technology", "Artificial intelligence"))
    assert (exported.word_count, exported.text) == (2, "Two words")


def test_scheduled_article_names_the_moment_it_is_due(make_article):
    article = make_article(title="waiting", live=False)
    actions.schedule(article, actor=None, at=LATER, now=NOW)

    assert export()["waiting"].published_at == LATER


def test_places_names_and_counts_are_those_of_the_article(make_article, section, subsection):
    NewsroomSettings.objects.update(agency_code="TDI", outlet_name="The Daily")
    article = make_article(
        title="Plans",
        parent=subsection,
        published_at=EARLIER,
        dateline_place="Beijing",
        further_categories=[section],
        tags=("6G", "China"),
    )
    sign(article, "Zoe", "Ada")
    sign(article, "Zoe", role="photographs")
    set_base_views({article.pk: 41})

    exported = export()["Plans"]

    address = Site.objects.get().root_url
    assert exported.url == f"{address}/technology/artificial-intelligence/plans/"
    assert exported.categories == (("Technology", "Artificial intelligence"), ("Technology",))
    assert (exported.dateline_place, exported.dateline_agency) == ("Beijing", "TDI")
    assert (exported.authors, exported.tags) == (("Zoe", "Ada"), ("6G", "China"))
    assert (exported.views_total, exported.outlet) == (41, "The Daily")
    assert exported.word_count == article.word_count > 0


def test_agency_stands_only_where_there_is_a_dateline(make_article):
    NewsroomSettings.objects.update(agency_code="TDI")
    make_article(title="No place", published_at=EARLIER)

    assert export()["No place"].dateline_agency == ""


def test_imported_article_names_its_source_and_every_old_address(make_article):
    article = make_article(title="Old", published_at=EARLIER)
    run = ImportRun.objects.create(source="old.example", format="wxr", location="x", fingerprint="")
    for source, external_id in (("old.example", "17"), ("other.example", "3")):
        ImportedRecord.objects.create(
            source=source,
            kind="article",
            external_id=external_id,
            object_id=article.pk,
            fingerprint="",
            run=run,
            data={"old_urls": ["https://old.example/2019/old/"]},
        )
    site = Site.objects.get()
    for path in ("/2019/old", "/before"):
        Redirect.objects.create(old_path=path, site=site, redirect_page=article)

    exported = export()["Old"]

    assert (exported.source, exported.external_id) == ("old.example", "17")
    assert exported.old_urls == ("https://old.example/2019/old/", f"{site.root_url}/before")


def test_lead_image_is_named_by_its_widest_rendition_else_by_where_it_came_from(make_article):
    image = make_image(description="A boat", credit="Ada", source_url="https://old.example/b.jpg")
    make_article(
        title="one", published_at=EARLIER, lead_image=image, lead_caption="On the lake", live=True
    )
    make_article(
        title="not fetched", published_at=EARLIER, lead_source_url="https://old.example/c.jpg"
    )
    make_article(title="none", published_at=EARLIER)
    before = export()["one"].lead_image
    image.get_rendition("width-20")
    widest = image.get_rendition("width-50")
    image.get_rendition("width-55|format-webp")

    after = export()

    assert before.url == "https://old.example/b.jpg"
    assert after["one"].lead_image.url == f"{Site.objects.get().root_url}{widest.url}"
    assert after["one"].lead_image.alt == "A boat"
    assert after["one"].lead_image.caption == "On the lake"
    assert after["one"].lead_image.credit == "Ada"
    assert after["not fetched"].lead_image.url == "https://old.example/c.jpg"
    assert after["none"].lead_image is None


def test_body_says_what_its_ids_stand_for(make_article):
    image = make_image(description="A boat", source_url="https://old.example/b.jpg")
    target = make_article(title="Target", published_at=EARLIER)
    hidden = make_article(title="Hidden", live=False)
    link = '<p><a linktype="page" id="{}">There</a> and <a href="https://a.example/">out</a></p>'
    make_article(
        title="Body",
        published_at=EARLIER,
        body=[
            ("paragraph", link.format(target.pk)),
            ("paragraph", link.format(hidden.pk)),
            ("image", {"image": image, "caption": "Own words"}),
            (
                "gallery",
                {"images": [{"image": image}, {"source_url": "https://old.example/2.jpg"}]},
            ),
            ("also_read", {"article": target}),
            ("also_read", {"article": hidden}),
            ("also_read", {"wanted_headline": "Still to come"}),
        ],
    )

    exported = export()
    body = [block["value"] for block in exported["Body"].body]

    address = exported["Target"].url
    assert f'<a linktype="page" id="{target.pk}" href="{address}">There</a>' in body[0]
    assert f'<a linktype="page" id="{hidden.pk}">There</a>' in body[1]
    assert body[2]["image"] == image.pk
    assert body[2]["picture"] == {
        "url": "https://old.example/b.jpg",
        "alt": "A boat",
        "caption": "Own words",
        "credit": "",
    }
    assert body[3]["images"][1]["value"]["picture"]["url"] == "https://old.example/2.jpg"
    assert body[4]["target"] == {"url": address, "title": "Target"}
    assert body[5]["target"] is None
    assert exported["Body"].image_count == 3
    assert exported["Body"].link_count == 7
    assert "Hidden" not in str(exported["Body"])


def test_batches_join_without_gap_or_repetition(make_article):
    titles = [make_article(published_at=EARLIER).title for _ in range(5)]

    assert [a.title for a in export_articles(status="all", now=NOW, batch_size=2)] == titles


def test_number_of_queries_does_not_grow_with_the_articles_of_a_batch(make_article, home):
    image = make_image()

    def count_queries(number: int) -> int:
        for _ in range(number):
            parent = make_category(f"Section {number} {_}", parent=home)
            live = make_article(
                parent=parent, published_at=EARLIER, tags=(f"Topic {_}",), lead_image=image
            )
            sign(live, f"Author{_}")
            draft = make_article(parent=parent, live=False)
            draft.body = [("also_read", {"article": live}), ("image", {"image": image})]
            draft.save_revision()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(export()) >= number * 2
        return len(queries)

    few, many = count_queries(3), count_queries(30)

    assert few == many <= 20
