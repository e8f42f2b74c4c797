"""Which changes the index must follow, whichever route they came by."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from articles.pages.article import ArticlePage
from articles.pages.signals import articles_written
from articles.people.models import Author
from articles.search.actions import index_articles
from articles.search.tasks import (
    index_below,
    index_changed_articles,
    index_signed_by,
    index_tagged,
)
from articles.tags.models import TaggedArticle, Topic, TopicAlias
from newsroom.worker.queue import enqueue_after_commit


def follow_article(sender: type, instance: Any, **kwargs: Any) -> None:
    """An article came, changed or went."""
    if isinstance(instance, ArticlePage):
        enqueue_after_commit(index_changed_articles, article_ids=[instance.pk])


def follow_copy(
    sender: type, instance: ArticlePage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """An article came into being as a live one: a copy of a live article is not published."""
    if created and instance.live and not raw:
        enqueue_after_commit(index_changed_articles, article_ids=[instance.pk])


def follow_move(sender: type, instance: Page, **kwargs: Any) -> None:
    """A page moved: the section of an article, and who may read what is below it."""
    enqueue_after_commit(index_below, page_id=instance.pk)


def follow_restriction(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """What is below a page was closed to some readers, or opened."""
    enqueue_after_commit(index_below, page_id=instance.page_id)


def follow_author(sender: type, instance: Author, raw: bool = False, **kwargs: Any) -> None:
    """An author is about to get another name."""
    known = Author.objects.filter(pk=instance.pk)
    if not raw and instance.pk and known.exclude(name=instance.name).exists():
        enqueue_after_commit(index_signed_by, author_id=instance.pk)


def follow_topic(sender: type, instance: Topic, raw: bool = False, **kwargs: Any) -> None:
    """A topic is about to get another name."""
    known = Topic.objects.filter(pk=instance.pk)
    if not raw and instance.pk and known.exclude(name=instance.name).exists():
        enqueue_after_commit(index_tagged, topic_id=instance.pk)


def follow_end_of_topic(sender: type, instance: Topic, **kwargs: Any) -> None:
    """A topic is about to go: by itself, or because it was merged into another one."""
    tagged = TaggedArticle.objects.filter(tag=instance).order_by("content_object")
    ids = list(tagged.values_list("content_object_id", flat=True))
    if ids:
        enqueue_after_commit(index_changed_articles, article_ids=ids)
    for alias in TopicAlias.objects.filter(folded=instance.folded):
        enqueue_after_commit(index_tagged, topic_id=alias.topic_id)


def follow_import(
    sender: Any, article_ids: list[int], is_text_changed: bool = True, **kwargs: Any
) -> None:
    """Articles were written in bulk: index them at once, as no reader waits."""
    if is_text_changed:
        index_articles(article_ids)


def register_signal_handlers() -> None:
    """Connect them; called once, from `apps.py`."""
    for signal in (page_published, page_unpublished):
        signal.connect(follow_article, dispatch_uid="articles.search.follow_article")
    post_save.connect(follow_copy, sender=ArticlePage, dispatch_uid="articles.search.follow_copy")
    post_page_move.connect(follow_move, dispatch_uid="articles.search.follow_move")
    for signal in (post_save, post_delete):
        signal.connect(
            follow_restriction,
            sender=PageViewRestriction,
            dispatch_uid="articles.search.follow_restriction",
        )
    pre_save.connect(follow_author, sender=Author, dispatch_uid="articles.search.follow_author")
    pre_save.connect(follow_topic, sender=Topic, dispatch_uid="articles.search.follow_topic")
    pre_delete.connect(
        follow_end_of_topic, sender=Topic, dispatch_uid="articles.search.follow_end_of_topic"
    )
    articles_written.connect(follow_import, dispatch_uid="articles.search.follow_import")
