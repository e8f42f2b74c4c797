from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from articles.desk.roles import PUBLISHER, REPORTER, SECTION_EDITOR
from articles.desk.section_roles import make_section_role
from articles.navigation.models import BreakingBanner
from articles.pages import actions
from articles.pages.failures import ReleaseFailure
from articles.people.models import Author, Byline
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def screen(client):
    response = client.get("/admin/")
    assert response.status_code == 200
    return response.content.decode()


def in_review(make_article, title, *, since):
    draft = make_article(title=title, live=False)
    draft.save_revision()
    state = draft.get_workflow().start(draft, None)
    TaskState.objects.filter(pk=state.current_task_state_id).update(started_at=since)
    return draft


def test_a_new_article_is_one_click_away_in_the_section_of_the_last_one(
    sign_in, make_article, section, subsection
):
    client, user = sign_in(REPORTER)
    assert "New article…" in screen(client)
    make_article(owner=user, parent=subsection)
    html = screen(client)
    assert "New article in Artificial intelligence" in html
    add = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", subsection.pk])
    assert f'href="{add}"' in html


def test_the_section_of_a_new_article_is_chosen_from_those_one_may_write_in(sign_in, section, home):
    make_category("Economy", parent=home)
    client, user = sign_in(REPORTER)
    url = reverse("articles:choose_parent")
    html = client.get(url).content.decode()
    assert "Technology" in html
    assert "Economy" in html
    user.groups.set([make_section_role(REPORTER, section=section)])
    add = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])
    assert client.get(url)["Location"] == add


def test_a_failed_release_is_named_with_its_reason_to_those_who_can_mend_it(
    sign_in, make_article, section, home
):
    economy = make_category("Economy", parent=home)
    now = timezone.now()
    for place, title in ((section, "Ports at dawn"), (economy, "Bonds at noon")):
        draft = make_article(live=False, title=title, parent=place)
        ReleaseFailure.objects.create(
            page=draft, message="The slug is taken.", failed_at=now, next_attempt_at=now
        )
    client, user = sign_in(SECTION_EDITOR)
    html = screen(client)
    assert "The slug is taken." in html
    assert "Bonds at noon" in html
    user.groups.set([make_section_role(SECTION_EDITOR, section=section)])
    html = screen(client)
    assert ("Ports at dawn" in html, "Bonds at noon" in html) == (True, False)


def test_ones_drafts_are_listed_and_nobody_elses(sign_in, make_article):
    client, user = sign_in(REPORTER)
    make_article(live=False, owner=user, title="Mine to finish")
    signed = make_article(live=False, title="Signed by me")
    Byline.objects.create(
        article=signed, author=Author.objects.create(name="A", slug="a", user=user)
    )
    make_article(live=False, title="Of somebody else")
    html = screen(client)
    assert "Mine to finish" in html
    assert "Signed by me" in html
    assert "Of somebody else" not in html


def test_what_waits_for_a_review_tells_how_long(sign_in, make_article):
    now = timezone.now()
    for title, since in (("Fresh", now), ("Waits", now - HOUR), ("Forgotten", now - 3 * HOUR)):
        in_review(make_article, title, since=since)
    html = screen(sign_in(SECTION_EDITOR)[0])
    assert html.index("Forgotten") < html.index("Waits") < html.index("Fresh")
    for age in ("fresh", "long", "too-long"):
        assert html.count(f'newsroom-age--{age}"') == 1
    assert "Awaiting my review" not in screen(sign_in(REPORTER)[0])


def test_the_next_day_shows_what_goes_out_opens_and_comes_down(sign_in, make_article):
    now = timezone.now()
    due = make_article(live=False, title="Goes out")
    actions.schedule(due, actor=None, at=now + 3 * HOUR, now=now)
    later = make_article(live=False, title="Next week")
    actions.schedule(later, actor=None, at=now + 99 * HOUR, now=now)
    make_article(live=False, title="Opens", embargoed_until=now + HOUR)
    make_article(title="Comes down", expire_at=now + 2 * HOUR)
    response = sign_in(PUBLISHER)[0].get("/admin/")
    panel = response.content.decode().split('id="upcoming-section"')[1].split("</section>")[0]
    assert panel.index("Opens") < panel.index("Comes down") < panel.index("Goes out")
    assert "Next week" not in panel


def test_a_banner_is_taken_down_from_the_first_screen(sign_in):
    now = timezone.now()
    banner = BreakingBanner.objects.create(
        text="Talks adjourned", starts_at=now - HOUR, ends_at=now + HOUR
    )
    client, _user = sign_in(PUBLISHER)
    assert "Talks adjourned" in screen(client)
    response = client.post(reverse("newsroom_end_banner", args=[banner.pk]), follow=True)
    assert "“Talks adjourned” is down." in response.content.decode()
    assert not BreakingBanner.objects.on_air(now=timezone.now()).exists()
    assert "On air now" not in screen(client)


@pytest.mark.parametrize("role", [PUBLISHER, REPORTER])
def test_the_first_screen_takes_equal_queries_for_three_and_for_thirty_of_everything(
    sign_in, make_article, role, django_assert_num_queries
):
    client, user = sign_in(role)
    now = timezone.now()

    def fill(count):
        for number in range(count):
            make_article(live=False, owner=user, title=f"Draft {number}").save_revision()
            in_review(make_article, f"Review {number}", since=now)
            due = make_article(live=False, owner=user)
            actions.schedule(due, actor=None, at=now + HOUR, now=now)
            ReleaseFailure.objects.create(
                page=due, message="No.", failed_at=now, next_attempt_at=now
            )

    fill(3)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    fill(12)
    with django_assert_num_queries(len(few)):
        client.get("/admin/")
