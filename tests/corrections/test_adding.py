from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageLogEntry

from articles.corrections.actions import CORRECT_LOG_ACTION, add_correction
from articles.corrections.models import Correction
from articles.pages.article import ArticlePage
from articles.pages.errors import NotAllowedError, NotReadyError

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 9, 10, 42, tzinfo=UTC)
TEXT = "There are twelve zones, not eleven as we wrote."


def add(article, *, actor=None, kind="correction", text=TEXT):
    return add_correction(article, actor=actor, kind=kind, text=text, now=NOW)


def updated_at(article):
    return ArticlePage.objects.get(pk=article.pk).materially_updated_at


def test_a_correction_moves_the_time_readers_see_and_publishing_keeps_it(make_article):
    article = make_article()
    draft = article.save_revision()
    add(article)
    assert updated_at(article) == NOW
    draft.refresh_from_db()
    draft.publish()
    assert updated_at(article) == NOW


def test_a_clarification_leaves_the_time_alone(make_article):
    article = make_article()
    add(article, kind="clarification")
    assert updated_at(article) is None


def test_a_correction_is_written_into_the_history(make_article):
    article = make_article()
    note = add(article)
    entry = PageLogEntry.objects.get(action=CORRECT_LOG_ACTION)
    assert entry.data["correction"]["id"] == note.pk


@pytest.mark.parametrize("text", ["", "Too short", "x" * 601])
def test_a_text_of_the_wrong_length_is_refused(make_article, text):
    with pytest.raises(NotReadyError):
        add(make_article(), text=text)


def test_what_was_never_published_is_not_corrected(make_article):
    with pytest.raises(NotReadyError):
        add(make_article(live=False))


def test_who_may_not_publish_the_article_does_not_correct_it(make_article):
    nobody = get_user_model().objects.create_user("nobody", "n@example.org", "x")
    with pytest.raises(NotAllowedError):
        add(make_article(), actor=nobody)
    assert not Correction.objects.exists()
