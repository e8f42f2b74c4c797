"""Topics: everything under one, and all of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.listings.rendering import index_context, list_context
from articles.listings.topic_queries import (
    list_related_topics,
    topics_with_articles,
)
from articles.metadata.head import robots
from articles.pages.article import ArticlePage
from articles.reading.addresses import topic_url
from articles.reading.frame import Link
from articles.tags.models import Topic

TOPICS_URL = "/tags/"
TOPICS_ON_A_PAGE = 200

INDEXED_FROM = 5
"""Articles; search engines are not sent to a topic with fewer."""


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Show all topics that have articles, by name."""
    context, rows = index_context(
        request,
        heading=_("Topics"),
        base_url=TOPICS_URL,
        items=topics_with_articles(now=timezone.now()).values_list("name", "slug"),
        size=TOPICS_ON_A_PAGE,
    )
    context["topics"] = [(name, topic_url(slug)) for name, slug in rows]
    return render(request, "listings/topics.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the articles under a topic; one that was merged leads to where it went."""
    found = get_object_or_404(Topic, slug=slug)
    articles = ArticlePage.objects.visible_to_readers(now=timezone.now()).about(found.pk)
    total = articles.order_by().count()
    if not total:
        raise Http404("No article that may be seen has this topic.")
    base_url = topic_url(found.slug)
    context = list_context(
        request,
        heading=found.name,
        description=found.description,
        base_url=base_url,
        article_ids=articles.newest_first().values_list("pk", flat=True),
        breadcrumb=[topics_link()],
        feed_url=f"{base_url}feed/",
        robots=robots(is_noindex=total < INDEXED_FROM),
        total=total,
    )
    shown = [card.id for card in context["cards"]]
    context["subsections"] = list_related_topics(found.pk, article_ids=shown)
    return render(request, "listings/tag.html", context)


def topics_link() -> Link:
    """Return the list of all topics, for trails."""
    return _("Topics"), TOPICS_URL
