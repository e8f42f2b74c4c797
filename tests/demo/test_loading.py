"""The demo comes in through the import pipeline, once, whole, and only where nothing is."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.models import Page, Site

from articles.corrections.models import Correction
from articles.demo import account, load, pictures
from articles.demo.content import load_content
from articles.demo.load import NotEmptyError, load_demo
from articles.exports.articles import export_articles
from articles.exports.jsonl import to_json_line
from articles.imports.models import ImportedRecord, ImportRun
from articles.management.commands import load_demo as load_demo_command
from articles.media.models import NewsImage, NewsRendition
from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticlePage
from articles.people.models import Author
from articles.popularity.models import ArticleViews
from articles.popularity.queries import get_views
from articles.related.models import RelatedLink
from newsroom.settings import env

NOW = datetime(2031, 5, 4, 12, 25, tzinfo=UTC)
SIX_G = "china-6g-ai-plus-industry"
CHOSEN = {
    *(SIX_G, "what-beijing-means-by-new-productive-forces", "who-writes-the-6g-rulebook"),
    *("what-an-audit-of-a-model-can-see", "postal-bank-opens-its-fraud-ledger"),
    *("atacama-villages-bargain-for-darkness", "mekong-flood-gauges-vientiane"),
}

pytestmark = pytest.mark.django_db


def draw_quickly(name: str, *, seed: str) -> bytes:
    """Draw a small picture of one color, another one for every seed."""
    out = io.BytesIO()
    color = tuple(sha256(f"{name}/{seed}".encode()).digest()[:3])
    Image.new("RGB", (60, 40), color).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _quick_and_apart(tmp_path, monkeypatch, settings):
    monkeypatch.setattr(pictures, "draw", draw_quickly)
    monkeypatch.setattr(account, "VAR_DIR", tmp_path)
    monkeypatch.setattr(env, "VAR_DIR", tmp_path)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def small():
    """A few articles of each state, with whatever they refer to."""
    content = load_content()
    articles = tuple(
        replace(article, related=tuple(slug for slug in article.related if slug in CHOSEN))
        for article in content.articles
        if article.slug in CHOSEN
    )
    return replace(content, articles=articles)


def load_small(content, *, now=NOW):
    return load_demo(now=now, content=content, cores=1)


def snapshot() -> list[str]:
    """Return what the demo left, without ids: they differ when it was broken off."""
    lines = []
    for article in export_articles(status="all", now=NOW):
        body = [_without_ids(block) for block in article.body]
        lines.append(to_json_line(replace(article, id=0, body=body, lead_image=None)))
    views = ArticleViews.objects.values_list("article__slug", "hour", "views")
    lines += [str(row) for row in views]
    return sorted(lines)


def _without_ids(block: dict) -> dict:
    value = block["value"]
    target = value.get("target") if isinstance(value, dict) else None
    return {"id": block["id"], "type": block["type"], "target": target}


def test_whole_demo_comes_in_without_a_loss():
    content = load_content()

    load_demo(now=NOW, content=content, cores=1)

    report = ImportRun.objects.get().report
    assert report["items"]["refused"] == 0
    assert report["problem_kinds"].keys() <= {"embargoed"}
    assert report["audit_count"] == 0
    assert ArticlePage.objects.count() == len(content.articles)
    published = [a for a in content.articles if a.status == "published" and not a.embargo_in_hours]
    visible = ArticlePage.objects.visible_to_readers(now=NOW)
    assert set(visible.values_list("slug", flat=True)) == {a.slug for a in published}
    assert not ArticlePage.objects.filter(lead_image=None).exists()
    assert not Author.objects.filter(portrait=None).exists()
    assert Correction.objects.count() == sum(len(a.corrections) for a in content.articles)
    assert RelatedLink.objects.count() == sum(len(a.related) for a in content.articles)
    bodies = [block for a in ArticlePage.objects.all() for block in a.body.raw_data]
    also_read = [block["value"]["article"] for block in bodies if block["type"] == "also_read"]
    assert also_read
    assert None not in also_read
    assert not any("source_url" in str(b) and "pictures.daily" in str(b) for b in bodies)


def test_article_on_6g_stands_where_it_belongs_with_its_dateline_as_fields(small):
    load_small(small)

    article = ArticlePage.objects.get(slug=SIX_G)

    assert article.url_path.endswith(f"/technology/artificial-intelligence/{SIX_G}/")
    assert article.get_parent().title == "Artificial intelligence"
    assert (article.dateline_place, article.dateline_agency) == ("Beijing", "TDI")
    assert article.published_at == datetime(2024, 3, 9, 6, tzinfo=UTC)
    assert not str(article.body.raw_data[0]["value"]).startswith("<p>Beijing")
    (also_read,) = [block for block in article.body.raw_data if block["type"] == "also_read"]
    target = ArticlePage.objects.get(slug="what-beijing-means-by-new-productive-forces")
    assert also_read["value"]["article"] == target.pk


def test_draft_waits_for_review_and_two_articles_for_their_hour(small):
    load_small(small)

    status = {a.slug: a.status for a in export_articles(status="all", now=NOW)}
    draft = ArticlePage.objects.get(slug="what-an-audit-of-a-model-can-see")

    assert status["what-an-audit-of-a-model-can-see"] == "draft"
    assert draft.current_workflow_task is not None
    assert status["postal-bank-opens-its-fraud-ledger"] == "scheduled"
    assert status["atacama-villages-bargain-for-darkness"] == "scheduled"
    embargoed = ArticlePage.objects.get(slug="atacama-villages-bargain-for-darkness")
    assert embargoed.get_latest_revision_as_object().embargoed_until == NOW + timedelta(hours=20)


def test_views_are_those_that_each_article_states(small):
    load_small(small)

    views = get_views()

    for article in small.articles:
        if article.views:
            row = views[ArticlePage.objects.get(slug=article.slug).pk]
            assert (row["total"], row["7d"]) == (article.views, article.weekly_views), article.slug


def test_outlet_says_who_it_is(small):
    load_small(small)

    site = Site.objects.get()
    outlet = NewsroomSettings.for_site(site)

    assert (outlet.outlet_name, outlet.agency_code) == ("The Daily Internationalist", "TDI")
    assert outlet.social_profiles.count() == len(small.outlet.profiles)
    assert outlet.corrections_page.slug == "corrections-policy"
    assert [link.title for link in outlet.footer_links.all()] == ["Contact", "Accessibility"]
    pins = site.root_page.specific.pins
    assert [pin.value["article"].slug for pin in pins] == list(small.outlet.pins[""])
    assert Author.objects.get(slug="mei-lin-zhao").profiles.exists()


def test_pictures_are_there_in_the_sizes_of_the_first_page(small):
    load_small(small)

    renditions = NewsRendition.objects.filter(filter_spec__endswith="|format-jpeg")

    assert NewsImage.objects.count() == len(list(small.pictures()))
    assert not NewsImage.objects.exclude(pk__in=renditions.values("image")).exists()


def test_editor_signs_in_with_what_is_printed(small, monkeypatch):
    monkeypatch.setattr(load_demo_command, "load_demo", partial(load_demo, content=small, cores=1))
    first, second = io.StringIO(), io.StringIO()

    call_command("load_demo", if_empty=True, stdout=first)
    call_command("load_demo", if_empty=True, stdout=second)

    (line,) = [line for line in first.getvalue().splitlines() if line.startswith("Editor: ")]
    name, password = line.removeprefix("Editor: ").split(" / ")
    user = authenticate(username=name, password=password)
    assert second.getvalue() == f"{line}\n"
    assert not user.is_superuser
    assert user.has_perms(["wagtailadmin.access_admin", "users.add_user"])
    assert Page.objects.get(depth=2).specific.permissions_for_user(user).can_publish()


def test_loaded_demo_is_never_touched_again(small):
    load_small(small)
    article = ArticlePage.objects.get(slug=SIX_G)
    article.title = "An editor was here"
    article.save_revision().publish()
    before = snapshot()

    load_small(small, now=NOW + timedelta(days=3))

    assert snapshot() == before
    assert ImportRun.objects.count() == 1


def test_database_with_pages_is_left_alone(make_article, small):
    make_article()

    with pytest.raises(NotEmptyError):
        load_small(small)
    call_command("load_demo", if_empty=True)
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")

    assert ArticlePage.objects.count() == 1
    assert not ImportRun.objects.exists()


def break_drawing(monkeypatch):
    monkeypatch.setattr(load, "draw_into", interrupt)


def break_import_before_its_stages(monkeypatch):
    whole = load.import_records

    def stop_after_the_writer(*args, **kwargs):
        whole(*args, **kwargs, stop=lambda: ImportedRecord.objects.filter(kind="article").exists())
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "import_records", stop_after_the_writer)


def break_finish(monkeypatch):
    monkeypatch.setattr(load, "count_readers", interrupt)


def break_renditions(monkeypatch):
    monkeypatch.setattr(load, "make_first_renditions", interrupt)


def interrupt(*args, **kwargs):
    raise KeyboardInterrupt


@pytest.fixture
def whole(small):
    """What an undisturbed load leaves."""
    from django.db import transaction

    with transaction.atomic():
        load_small(small)
        rows = snapshot()
        transaction.set_rollback(True)
    return rows


@pytest.mark.parametrize(
    "break_off", [break_drawing, break_import_before_its_stages, break_finish, break_renditions]
)
def test_broken_off_it_goes_on_to_the_same_end(small, whole, monkeypatch, break_off):
    with monkeypatch.context() as patch:
        break_off(patch)
        with pytest.raises(KeyboardInterrupt):
            load_small(small)

    sign_in = load_small(small, now=NOW + timedelta(hours=1) if ImportRun.objects.exists() else NOW)

    assert snapshot() == whole
    assert authenticate(username=sign_in.name, password=sign_in.password)


def test_password_that_was_changed_is_kept_and_not_told(small):
    sign_in = load_small(small)
    user = authenticate(username=sign_in.name, password=sign_in.password)
    user.set_password("My own one, thank you")
    user.save()

    again = load_small(small)

    assert again.as_line() == "Editor: editor / (the password you gave it)"
    assert authenticate(username="editor", password="My own one, thank you")


def test_password_that_was_lost_is_replaced(small, tmp_path):
    first = load_small(small)
    (tmp_path / "demo_password").unlink()

    again = load_small(small)

    assert again.password not in ("", first.password)
    assert authenticate(username=again.name, password=again.password)


def test_account_that_was_closed_is_not_told(small):
    load_small(small)
    user = authenticate(username="editor", password=load_small(small).password)
    user.is_active = False
    user.save()

    assert load_small(small) is None
