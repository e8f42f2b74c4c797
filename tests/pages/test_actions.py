from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from articles.corrections.models import Correction
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.errors import (
    AddressTakenError,
    EmbargoedError,
    HasCorrectionsError,
    NotAllowedError,
    NotReadyError,
    PageLockedError,
    StaleVersionError,
)
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def boss(db):
    return get_user_model().objects.create_superuser("boss", "boss@example.org", "x")


@pytest.fixture
def nobody(db):
    return get_user_model().objects.create_user("nobody", "n@example.org", "x")


def now():
    return timezone.now()


def test_a_draft_goes_live_and_gets_its_moment(make_article, boss):
    draft = make_article(live=False)
    page = actions.publish(draft, actor=boss, now=now())
    assert page.live
    assert page.published_at is not None
    assert page.is_visible_to_readers()


def test_publishing_again_keeps_the_first_moment(make_article, boss):
    first = now() - HOUR
    article = make_article(published_at=first)
    article.title = "Changed"
    article.save_revision()
    page = actions.publish(article, actor=boss, now=now())
    assert page.title == "Changed"
    assert page.published_at == first


def test_who_has_no_right_is_refused(make_article, nobody):
    draft = make_article(live=False)
    with pytest.raises(NotAllowedError):
        actions.publish(draft, actor=nobody, now=now())
    draft.refresh_from_db()
    assert not draft.live


def test_a_stale_version_is_refused(make_article, boss):
    draft = make_article(live=False)
    seen = draft.save_revision()
    draft.save_revision()
    with pytest.raises(StaleVersionError):
        actions.publish(draft, actor=boss, now=now(), expected_revision_id=seen.pk)


def test_a_page_that_someone_holds_is_neither_published_nor_moved_nor_deleted(
    make_article, boss, nobody, home
):
    other = make_category("Economy", parent=home)
    article = make_article(live=False, locked=True, locked_by=nobody)
    with pytest.raises(PageLockedError):
        actions.publish(article, actor=boss, now=now())
    with pytest.raises(PageLockedError):
        actions.publish(article, actor=None, now=now())
    with pytest.raises(PageLockedError):
        actions.move(article, actor=boss, target=other)
    with pytest.raises(PageLockedError):
        actions.delete(article, actor=boss)
    rights = article.permissions_for_user(boss)
    assert [rights.can_publish(), rights.can_delete(), rights.can_move()] == [False] * 3


def test_an_embargoed_article_is_refused_or_scheduled_for_its_end(make_article, boss):
    until = now() + HOUR
    draft = make_article(live=False, embargoed_until=until)
    with pytest.raises(EmbargoedError):
        actions.publish(draft, actor=boss, now=now())
    page = actions.publish(draft, actor=boss, now=now(), schedule_if_embargoed=True)
    assert not page.live
    assert page.scheduled_revision.approved_go_live_at == until


def test_no_route_of_wagtail_publishes_before_the_embargo_ends(make_article):
    draft = make_article(live=False, embargoed_until=now() + HOUR)
    with pytest.raises(EmbargoedError), transaction.atomic():
        draft.save_revision().publish()
    draft.refresh_from_db()
    assert not draft.live


def test_a_schedule_before_the_end_of_the_embargo_is_refused(make_article, boss):
    draft = make_article(live=False, embargoed_until=now() + 2 * HOUR)
    with pytest.raises(EmbargoedError):
        actions.schedule(draft, actor=boss, at=now() + HOUR, now=now())
    with pytest.raises(NotReadyError):
        actions.schedule(draft, actor=boss, at=now() - HOUR, now=now())


def test_withdrawing_hides_with_a_reason_and_publishing_ends_it(make_article, boss):
    article = make_article()
    article.save_revision().publish()
    gone = actions.withdraw(article, actor=boss, reason="Sources retracted", now=now())
    assert (gone.live, gone.withdrawal_reason) == (False, "Sources retracted")
    assert not gone.is_visible_to_readers()
    back = actions.publish(article, actor=boss, now=now())
    assert back.withdrawn_at is None
    assert back.is_visible_to_readers()


def test_withdrawing_needs_a_reason(make_article, boss):
    with pytest.raises(NotReadyError):
        actions.withdraw(make_article(), actor=boss, reason="  ", now=now())


def test_renaming_leaves_a_redirect_and_outlives_the_next_publication(make_article, boss, client):
    article = make_article(slug="old")
    article.save_revision().publish()
    actions.rename(article, actor=boss, slug="new")
    page = actions.publish(article, actor=boss, now=now())
    assert page.slug == "new"
    response = client.get("/technology/old/")
    assert (response.status_code, response["Location"]) == (301, "/technology/new/")


@pytest.mark.parametrize("slug", ["taken", "feed"])
def test_an_address_that_is_taken_or_reserved_is_refused(make_article, boss, slug):
    make_article(slug="taken")
    article = make_article(slug="mine")
    with pytest.raises(AddressTakenError):
        actions.rename(article, actor=boss, slug=slug)
    article.refresh_from_db()
    assert article.slug == "mine"


def test_a_reserved_address_is_refused_at_creation_too(home):
    with pytest.raises(ValidationError):
        make_category("Search", parent=home, slug="search")


def test_a_renamed_section_leaves_a_redirect_for_every_published_page_below(
    subsection, boss, django_capture_on_commit_callbacks
):
    build_article(parent=subsection, slug="one")
    build_article(parent=subsection, slug="draft", live=False)
    section = subsection.get_parent().specific
    section.first_published_at = now()
    section.save()
    with django_capture_on_commit_callbacks(execute=True):
        actions.rename(section, actor=boss, slug="tech")
    olds = set(Redirect.objects.values_list("old_path", flat=True))
    assert "/technology" in olds
    assert "/technology/artificial-intelligence/one" in olds
    assert "/technology/artificial-intelligence/draft" not in olds


def test_moving_leaves_redirects_and_changes_the_section(
    make_article, boss, home, client, django_capture_on_commit_callbacks
):
    economy = make_category("Economy", parent=home)
    article = make_article(slug="story")
    with django_capture_on_commit_callbacks(execute=True):
        page = actions.move(article, actor=boss, target=economy)
    assert page.section_id == economy.pk
    assert client.get("/technology/story/")["Location"] == "/economy/story/"


def test_moving_to_where_the_address_is_taken_is_refused(make_article, boss, home):
    economy = make_category("Economy", parent=home)
    build_article(parent=economy, slug="story")
    article = make_article(slug="story")
    with pytest.raises(AddressTakenError):
        actions.move(article, actor=boss, target=economy)
    with pytest.raises(NotReadyError):
        actions.move(article, actor=boss, target=home)


def delete_by_service(page, actor):
    actions.delete(page, actor=actor)


def delete_by_page(page, actor):
    page.delete(user=actor)


def delete_by_queryset(page, actor):
    type(page).objects.filter(pk=page.pk).delete()


@pytest.mark.parametrize("route", [delete_by_service, delete_by_page, delete_by_queryset])
@pytest.mark.parametrize("whole_section", [True, False])
def test_what_holds_a_correction_is_not_deleted_and_the_tree_stays_sound(
    make_article, boss, section, route, whole_section
):
    article = make_article()
    make_article()
    Correction.objects.create(article=article, text="It was twelve.")
    with pytest.raises(HasCorrectionsError, match="withdraw"):
        route(section if whole_section else article, boss)
    assert ArticlePage.objects.count() == 2
    section.refresh_from_db()
    assert section.numchild == 2
    assert not any(Page.find_problems())


def test_what_holds_none_is_deleted(make_article, boss, section):
    make_article()
    actions.delete(section, actor=boss)
    assert not ArticlePage.objects.exists()
    assert not any(Page.find_problems())


def test_a_failed_publication_leaves_the_schedule_and_no_effect(
    make_article, boss, django_capture_on_commit_callbacks, monkeypatch
):
    draft = make_article(live=False)
    at = now() + HOUR
    actions.schedule(draft, actor=boss, at=at, now=now())

    def fail(*args, **kwargs):
        transaction.on_commit(lambda: pytest.fail("an effect of a rolled-back publication"))
        raise RuntimeError

    monkeypatch.setattr(ArticlePage, "full_clean", fail)
    page = draft.specific_class.objects.get(pk=draft.pk)
    revision = page.scheduled_revision
    revision_without_time = revision.as_object()
    revision_without_time.go_live_at = None
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        page.publish(revision_without_time.save_revision(clean=False))
    page.refresh_from_db()
    assert page.scheduled_revision.approved_go_live_at == at
    assert not page.live


def test_a_copy_has_been_neither_published_nor_withdrawn(make_article, section, home):
    economy = make_category("Economy", parent=home)
    article = make_article(published_at=now() - 9 * HOUR, withdrawn_at=now())
    copy = article.copy(to=economy, keep_live=False, update_attrs={"slug": "copy"})
    assert copy.published_at is None
    assert copy.withdrawn_at is None
    assert copy.section_id == economy.pk


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs rows that can be locked")
def test_of_eight_who_take_one_address_at_once_one_gets_it(section, boss):
    pages = [build_article(parent=section, slug=f"story-{n}") for n in range(8)]
    barrier = threading.Barrier(8)
    outcomes = []

    def take(page):
        try:
            barrier.wait()
            actions.rename(page, actor=None, slug="wanted")
            outcomes.append("got it")
        except AddressTakenError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["got it"] + ["refused"] * 7
    assert Page.objects.filter(slug="wanted").count() == 1
