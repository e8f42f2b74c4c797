from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command, get_commands
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import PageLogEntry

from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.failures import ReleaseFailure
from articles.pages.release import forget_settled_failures, release_due
from tests.factories.pages import make_article as build_article

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def schedule(article, *, at):
    return actions.schedule(article, actor=None, at=at, now=timezone.now())


def release_at(moment):
    with time_machine.travel(moment, tick=False):
        return release_due(now=moment)


@pytest.fixture
def at():
    return timezone.now().replace(microsecond=0) + HOUR


@pytest.fixture
def three(make_article, at):
    """Three drafts due a second apart."""
    drafts = [make_article(live=False, title=f"Story {n}", slug=f"story-{n}") for n in range(3)]
    return [schedule(draft, at=at + n * SECOND) for n, draft in enumerate(drafts)]


def lives():
    return list(ArticlePage.objects.order_by("path").values_list("live", flat=True))


def break_second(three):
    """Let the second one fail: an older article has taken its new address meanwhile."""
    revision = three[1].scheduled_revision
    revision.content["slug"] = "taken"
    revision.save(update_fields=["content"])
    return build_article(parent=three[1].get_parent(), slug="taken")


def test_nothing_goes_out_before_its_second(three, at):
    assert not release_at(at - SECOND)
    assert release_at(at).published == [three[0].pk]
    assert lives() == [True, False, False]


def test_one_that_fails_stays_scheduled_is_named_and_holds_up_nobody(three, at):
    break_second(three)
    report = release_at(at + HOUR)
    assert report.published == [three[0].pk, three[2].pk]
    assert report.failed == [three[1].pk]
    failed = ArticlePage.objects.get(pk=three[1].pk)
    assert not failed.live
    assert failed.scheduled_revision.approved_go_live_at == at + SECOND
    failure = ReleaseFailure.objects.get()
    assert (failure.page_id, failure.attempts) == (failed.pk, 1)
    assert "taken" in failure.message


def test_a_failed_one_is_tried_again_with_growing_pauses_and_goes_out_when_mended(three, at):
    other = break_second(three)
    start = at + HOUR
    release_at(start)
    assert not release_at(start + SECOND)
    assert release_at(start + timedelta(seconds=31)).failed == [three[1].pk]
    failure = ReleaseFailure.objects.get()
    assert failure.attempts == 2
    assert failure.next_attempt_at > start + timedelta(seconds=80)
    actions.rename(other, actor=None, slug="elsewhere")
    assert release_at(start + HOUR).published == [three[1].pk]
    assert not ReleaseFailure.objects.exists()


def test_a_second_run_does_nothing(three, at):
    release_at(at + HOUR)
    assert not release_at(at + HOUR)
    published = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert published.count() == 3


def test_what_someone_holds_does_not_go_out(three, at):
    ArticlePage.objects.filter(pk=three[0].pk).update(locked=True)
    report = release_at(at + HOUR)
    assert report.failed == [three[0].pk]
    assert "locked" in ReleaseFailure.objects.get().message


def test_embargoed_ones_go_out_at_the_end_of_the_embargo(make_article, at):
    draft = make_article(live=False, embargoed_until=at)
    actions.publish(draft, actor=None, now=timezone.now(), schedule_if_embargoed=True)
    assert not release_at(at - SECOND)
    assert release_at(at).published == [draft.pk]
    assert ArticlePage.objects.visible_to_readers(now=at).filter(pk=draft.pk).exists()


def test_expired_pages_come_down(make_article, at):
    article = make_article(expire_at=at)
    assert not release_at(at - SECOND)
    assert release_at(at).expired == [article.pk]
    article.refresh_from_db()
    assert (article.live, article.expired) == (False, True)


def test_an_idle_run_takes_two_queries(three, django_assert_num_queries):
    release_due(now=timezone.now())
    with django_assert_num_queries(2):
        release_due(now=timezone.now())


def test_a_failure_that_an_editor_settled_is_forgotten(three, at):
    break_second(three)
    release_at(at + HOUR)
    assert forget_settled_failures() == 0
    page = ArticlePage.objects.get(pk=three[1].pk)
    page.revisions.update(approved_go_live_at=None)
    assert forget_settled_failures() == 1


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
    ],
)
def test_clock_changes_and_leap_days_move_no_release(make_article, moment):
    with time_machine.travel(moment - 5 * HOUR, tick=False), timezone.override(BERLIN):
        draft = schedule(make_article(live=False), at=moment)
    with timezone.override(BERLIN):
        assert not release_at(moment - SECOND)
        assert release_at(moment).published == [draft.pk]
        assert not release_at(moment + HOUR)
    assert ArticlePage.objects.get(pk=draft.pk).published_at == moment


def test_both_half_past_twos_of_a_night_are_moments_of_their_own(make_article):
    first, second = (
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    with time_machine.travel(first - HOUR, tick=False):
        drafts = [schedule(make_article(live=False), at=at) for at in (first, second)]
    assert release_at(first).published == [drafts[0].pk]
    assert release_at(second).published == [drafts[1].pk]


def test_a_clock_that_steps_back_releases_nothing_twice(three, at):
    release_at(at + HOUR)
    assert not release_at(at - HOUR)
    assert not release_at(at + HOUR)


def test_wagtails_commands_of_the_schedule_are_ours(three, at, capsys):
    commands = get_commands()
    assert {commands["publish_scheduled"], commands["publish_scheduled_pages"]} == {"articles"}
    break_second(three)
    with time_machine.travel(at + HOUR, tick=False):
        with pytest.raises(CommandError, match="1 could not be released and stay scheduled"):
            call_command("publish_scheduled")
        call_command("publish_scheduled_pages")
    assert "2 published, 0 taken down." in capsys.readouterr().out
    assert ArticlePage.objects.get(pk=three[1].pk).scheduled_revision is not None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two connections")
def test_of_two_runners_one_publishes_each(three, at):
    reports = []
    barrier = threading.Barrier(2)

    def run():
        try:
            barrier.wait()
            reports.append(release_due(now=at + HOUR))
        finally:
            connections.close_all()

    with time_machine.travel(at + HOUR, tick=False):
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    published = sorted(pk for report in reports for pk in report.published)
    assert published == sorted(page.pk for page in three)
    assert not any(report.failed for report in reports)
