"""One change, one transaction; a refusal in words, wherever it came from."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.users.models import UserProfile

from articles.desk.middleware import hold_parents, refusal
from articles.desk.roles import PUBLISHER
from articles.navigation.models import NewsroomSettings
from articles.pages import actions
from articles.pages.article import ArticlePage
from tests.desk.forms import form_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def publisher(sign_in):
    return sign_in(PUBLISHER)


def test_one_refused_item_of_a_bulk_action_is_named_and_nothing_of_it_is_done(
    publisher, make_article
):
    fine = make_article(live=False, title="Fine")
    held = make_article(live=False, title="Held", embargoed_until=timezone.now() + HOUR)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = publisher[0].post(f"{url}?id={fine.pk}&id={held.pk}", {}, follow=True)
    assert "“Held” is embargoed until" in response.content.decode()
    assert not ArticlePage.objects.filter(live=True).exists()
    assert not PageLogEntry.objects.filter(action="wagtail.publish").exists()


def test_a_refusal_of_the_api_is_an_answer_of_409_with_code_and_words(publisher, make_article):
    draft = make_article(live=False, embargoed_until=timezone.now() + HOUR)
    url = reverse("wagtailadmin_api:pages:action", args=[draft.pk, "publish"])
    response = publisher[0].post(url, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (409, "embargoed")


def test_an_error_that_the_api_words_itself_leaves_the_schedule_as_it_was(publisher, make_article):
    now = timezone.now()
    draft = make_article(live=False, slug="mine")
    due = actions.schedule(draft, actor=None, at=now + HOUR, now=now).scheduled_revision
    Revision.objects.filter(pk=due.pk).update(
        content=due.content | {"slug": "taken", "go_live_at": None}
    )
    make_article(slug="taken")
    url = reverse("wagtailadmin_api:pages:action", args=[draft.pk, "publish"])
    response = publisher[0].post(url, content_type="application/json")
    assert response.status_code == 400
    assert "slug" in response.json()
    kept = ArticlePage.objects.get(pk=draft.pk)
    assert kept.scheduled_revision.pk == due.pk
    assert not kept.live


def test_saving_in_the_background_gets_a_refusal_that_its_script_can_read():
    request = RequestFactory().post("/admin/pages/1/edit/", headers={"accept": "application/json"})
    response = refusal(request, "The slug is taken.", code="address_taken")
    assert response.status_code == 400
    assert json.loads(response.content) == {
        "success": False,
        "error_code": "validation_error",
        "error_message": "The slug is taken.",
    }


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_the_rows_of_a_change_are_held_in_one_order_before_anything_else(make_article, subsection):
    article = make_article()
    request = RequestFactory().post("/", {"chooser": subsection.pk})
    with CaptureQueriesContext(connection) as queries:
        hold_parents(request, {"page_to_move_id": article.pk, "destination_id": subsection.pk})
    locking = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert len(locking) == 1
    # Django may name the one selected column by its place.
    assert re.search(r'ORDER BY (1|"wagtailcore_page"\."id") ASC', locking[0])


@pytest.fixture
def _karachi(db):
    NewsroomSettings.objects.update(time_zone="Asia/Karachi")


@pytest.mark.usefixtures("_karachi")
@pytest.mark.parametrize(("own", "hour_utc"), [("", 1), ("Europe/Berlin", 5), (None, 1)])
def test_times_are_the_outlets_unless_the_account_has_a_zone_of_its_own(
    publisher, make_article, own, hour_utc
):
    client, user = publisher
    if own is not None:
        UserProfile.objects.create(user=user, current_time_zone=own)
    draft = make_article(live=False)
    data = form_of(client, draft) | {"action-publish": "1", "go_live_at": "2099-01-01 06:00"}
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    due = ArticlePage.objects.get(pk=draft.pk).scheduled_revision.approved_go_live_at
    assert (due.day, due.hour, due.utcoffset()) == (1, hour_utc, timedelta(0))
    stored = UserProfile.objects.filter(user=user).values_list("current_time_zone", flat=True)
    assert list(stored) in ([], [own])


def test_a_zone_gone_bad_closes_nothing(publisher):
    NewsroomSettings.objects.update(time_zone="Mars/Olympus")
    assert publisher[0].get("/admin/").status_code == 200


@pytest.mark.parametrize("local", ["2026-03-29 02:30", "2026-10-25 02:30"])
def test_a_time_that_does_not_exist_or_exists_twice_is_an_error_of_the_form(
    publisher, make_article, local, time_machine
):
    NewsroomSettings.objects.update(time_zone="Europe/Berlin")
    draft = make_article(live=False)
    time_machine.move_to("2026-03-01T12:00:00Z")
    client, user = publisher
    client.force_login(user)
    data = form_of(client, draft) | {"action-publish": "1", "go_live_at": local}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    assert response.status_code == 200
    assert "may be ambiguous or it may not exist" in response.content.decode()
    assert not ArticlePage.objects.get(pk=draft.pk).scheduled_revision
