"""Background work of the index: a change of a page, an author or a topic, after its commit."""

from __future__ import annotations

from typing import Any

from django_tasks import task
from django_tasks.base import Task
from wagtail.models import Page

from articles.pages.article import ArticlePage
from articles.pages.visibility import ArticleQuerySet
from articles.search.actions import index_articles, index_some


@task()
def index_changed_articles(*, article_ids: list[int]) -> int:
    """Bring some articles' entries up to date."""
    return index_articles(article_ids)


@task()
def index_signed_by(*, author_id: int, after_id: int = 0) -> None:
    """Bring the entries of an author's articles up to date, some at a time."""
    articles = ArticlePage.objects.filter(bylines__author=author_id).distinct()
    _index_in_steps(articles, index_signed_by, author_id=author_id, after_id=after_id)


@task()
def index_tagged(*, topic_id: int, after_id: int = 0) -> None:
    """Bring the entries of a topic's articles up to date, some at a time."""
    articles = ArticlePage.objects.filter(tagged_items__tag=topic_id)
    _index_in_steps(articles, index_tagged, topic_id=topic_id, after_id=after_id)


@task()
def index_below(*, page_id: int, after_id: int = 0) -> None:
    """Bring the entries of a page and of all articles below it up to date, some at a time."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        articles = ArticlePage.objects.filter(path__startswith=page.path)
        _index_in_steps(articles, index_below, page_id=page_id, after_id=after_id)


def _index_in_steps(
    articles: ArticleQuerySet, again: Task, *, after_id: int, **arguments: Any
) -> None:
    """Do one step; the rest is a task of its own, so that others in the queue get their turn."""
    last_id = index_some(articles, after_id=after_id)
    if last_id is not None:
        again.enqueue(**arguments, after_id=last_id)
