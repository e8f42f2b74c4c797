"""The index follows what happens to articles, after commit and outside the request."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from articles.pages import actions as publishing
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.signals import articles_written
from articles.people.models import Author, Byline
from articles.search import actions
from articles.search.actions import index_articles, rebuild
from articles.search.models import SearchEntry
from articles.search.queries import Filters, find_articles
from articles.search.tasks import index_changed_articles
from articles.tags.actions import merge_topics
from articles.tags.models import Topic
from newsroom.worker.queue import TaskRunner, enqueue_after_commit
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

Make = Callable[..., ArticlePage]
Capture = Callable[..., object]


def find(text: str) -> list[int]:
    _, found = find_articles(text, filters=Filters(), now=timezone.now())
    return found.article_ids


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Capture) -> Callable[[], object]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_published_article_is_found_under_its_new_words_only(
    make_article: Make, committed: Callable
) -> None:
    article = make_article(title="Zinc", live=False)
    with committed():
        publishing.publish(article, actor=None, now=timezone.now())
    assert find("zinc") == [article.pk]
    article = ArticlePage.objects.get(pk=article.pk)
    article.title = "Nickel"
    article.save_revision()
    with committed():
        publishing.publish(article, actor=None, now=timezone.now())
    assert find("zinc") == []
    assert find("nickel") == [article.pk]


def test_copy_of_a_live_article_is_found(
    make_article: Make, home: object, committed: Callable
) -> None:
    article = make_article(title="Zinc")
    with committed():
        article.copy(
            update_attrs={"slug": "copy", "title": "Nickel"},
            to=make_category("Metals", parent=home),  # type: ignore[arg-type]
        )
    copy = ArticlePage.objects.get(slug="copy")
    assert find("nickel") == ([copy.pk] if copy.live else [])
    assert copy.live


def test_draft_of_a_live_article_is_not_found(make_article: Make, committed: Callable) -> None:
    article = make_article(title="Zinc")
    article.title = "Secret nickel"
    with committed():
        article.save_revision()
        index_articles([article.pk])
    assert find("nickel") == []
    assert find("zinc") == [article.pk]


def test_unpublished_and_withdrawn_articles_leave_the_index(
    make_article: Make, committed: Callable
) -> None:
    first, second = make_article(title="Zinc"), make_article(title="Zinc")
    index_articles([first.pk, second.pk])
    with committed():
        first.unpublish()
        publishing.withdraw(second, actor=None, reason="Wrong", now=timezone.now())
    assert not SearchEntry.objects.exists()


def test_deleted_article_takes_its_words_along(make_article: Make) -> None:
    article = make_article(title="Zinc")
    index_articles([article.pk])
    publishing.delete(article, actor=None)
    assert not SearchEntry.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_searchwords")
            assert cursor.fetchone() == (0,)


def test_moved_article_is_found_in_its_new_section(
    make_article: Make, home: object, committed: Callable
) -> None:
    article = make_article(title="Zinc")
    index_articles([article.pk])
    target = make_category("Metals", parent=home)  # type: ignore[arg-type]
    with committed():
        publishing.move(article, actor=None, target=target)
    assert SearchEntry.objects.get().section_id == target.pk


def test_closed_section_leaves_the_index_and_an_opened_one_returns(
    make_article: Make, section: CategoryPage, committed: Callable
) -> None:
    article = make_article(title="Zinc")
    index_articles([article.pk])
    with committed():
        restriction = PageViewRestriction(page=section, restriction_type="login")
        restriction.save()
    assert not SearchEntry.objects.exists()
    with committed():
        restriction.delete()
    assert find("zinc") == [article.pk]


def test_new_names_of_authors_and_topics_are_found(make_article: Make, committed: Callable) -> None:
    article = make_article(tags=("Zinc",))
    author = Author.objects.create(name="Lin", slug="lin")
    Byline.objects.create(article=article, author=author)
    Byline.objects.create(article=article, author=author, role="photographs")
    index_articles([article.pk])
    with committed():
        author.name = "Meifeng"
        author.save()
        topic = Topic.objects.get()
        topic.name = "Nickel"
        topic.save()
    assert [find(word) for word in ("lin", "zinc")] == [[], []]
    assert [find(word) for word in ("meifeng", "nickel")] == [[article.pk], [article.pk]]


def test_author_saved_under_the_same_name_costs_no_task(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    author = Author.objects.create(name="Lin", slug="lin")
    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[attr-defined]
        author.base = "Beijing"
        author.save()
    assert callbacks == []


def test_merged_and_deleted_topics_leave_the_index(make_article: Make, committed: Callable) -> None:
    article = make_article(tags=("Zinc", "Nickel", "Copper"))
    index_articles([article.pk])
    topics = {topic.name: topic for topic in Topic.objects.all()}
    with committed():
        merge_topics(topics["Copper"], [topics["Zinc"]])
        topics["Nickel"].delete()
    assert [find(word) for word in ("zinc", "nickel")] == [[], []]
    assert find("copper") == [article.pk]


def test_topic_of_many_articles_is_followed_step_by_step(
    make_article: Make, committed: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    articles = [make_article(tags=("Zinc",)) for _ in range(5)]
    with committed():
        topic = Topic.objects.get()
        topic.name = "Nickel"
        topic.save()
    assert set(find("nickel")) == {article.pk for article in articles}


def test_articles_written_in_bulk_are_indexed_in_a_constant_number_of_queries(
    make_article: Make,
) -> None:
    def index(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as captured:
            articles_written.send(sender=None, article_ids=ids)
        return len(captured)

    few = index([make_article(title="Zinc").pk for _ in range(3)])
    many = index([make_article(title="Zinc").pk for _ in range(30)])
    assert len(find("zinc")) == 33
    assert few == many <= 8


def test_pictures_and_links_that_came_in_bulk_are_no_change_of_the_text(
    make_article: Make,
) -> None:
    article = make_article(title="Zinc")

    articles_written.send(sender=None, article_ids=[article.pk], is_text_changed=False)
    assert not SearchEntry.objects.exists()
    articles_written.send(sender=None, article_ids=[article.pk])

    assert find("zinc") == [article.pk]


def test_rebuilding_takes_away_what_does_not_belong_and_repeats_safely(
    make_article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    kept = [make_article(title="Zinc") for _ in range(5)]
    gone = make_article(title="Zinc")
    index_articles([gone.pk])
    ArticlePage.objects.filter(pk=gone.pk).update(live=False)
    seen: list[tuple[int, int]] = []
    assert rebuild(report=lambda last, count: seen.append((last, count))) == 5
    assert set(find("zinc")) == {article.pk for article in kept}
    assert [count for _, count in seen] == [2, 4, 6]
    assert rebuild(after_id=seen[1][0]) == 1


def test_command_says_how_many_are_in_the_index(
    make_article: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    make_article(title="Zinc")
    call_command("rebuild_search")
    assert capsys.readouterr().out == "1 articles are in the index.\n"


def test_very_long_body_of_different_words_is_indexed(make_article: Make) -> None:
    draw = random.Random(1)
    words = " ".join("".join(draw.choices(string.ascii_lowercase, k=3)) for _ in range(300_000))
    article = make_article(title="Zinc", body=[("paragraph", f"<p>{words}</p>")])
    assert index_articles([article.pk]) == 1
    assert find("zinc") == [article.pk]


def test_article_of_the_future_is_indexed_and_found_in_time(make_article: Make) -> None:
    later = timezone.now() + timedelta(hours=1)
    article = make_article(title="Zinc", embargoed_until=later)
    index_articles([article.pk])
    assert find("zinc") == []
    _, found = find_articles("zinc", filters=Filters(), now=later + timedelta(seconds=1))
    assert found.article_ids == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_repeated_changes_wait_as_one_task(settings: object) -> None:
    settings.TASKS = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    for _ in range(3):
        enqueue_after_commit(index_changed_articles, article_ids=[7, 8])
    enqueue_after_commit(index_changed_articles, article_ids=[9])
    assert DBTaskResult.objects.count() == 2
    assert TaskRunner().run_all() == 2
    enqueue_after_commit(index_changed_articles, article_ids=[7, 8])
    assert DBTaskResult.objects.ready().count() == 1
