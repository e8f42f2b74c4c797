"""Feeds of the front page, sections, topics and authors, each as RSS and as Atom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.feeds.entries import FeedEntry, load_entries
from articles.feeds.generators import NewsAtom, NewsRss
from articles.feeds.responses import conditional_response
from articles.pages.article import ArticlePage
from articles.pages.visibility import ArticleQuerySet
from articles.people.models import Author
from articles.reading.addresses import author_url, topic_url
from articles.reading.facts import SiteFacts
from articles.reading.fronts import articles_of_sections
from articles.reading.site import get_site_facts
from articles.tags.models import Topic
from articles.text.xml import xml_characters

FEED_SIZE = 30
"""Articles in a feed."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A list as a feed: what it is called, where it stands, and what is in it."""

    facts: SiteFacts
    name: str
    url: str
    articles: ArticleQuerySet
    now: datetime
    description: str = ""
    is_shown_empty: bool = False
    """Whether it exists before it has articles: sections do, topics do not."""


class NewsroomFeed(Feed):
    """A list of articles as RSS, and as Atom with another `feed_type`.

    Three queries for the site's facts, one for the list, those of `load_entries`, and at
    most one for what the list belongs to.
    """

    feed_type: type[NewsRss | NewsAtom] = NewsRss
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        channel = self.get_object(request, *args, **kwargs)
        generator = self.get_feed(channel, request)
        content = BytesIO()
        generator.write(content, "utf-8")
        return conditional_response(
            request,
            content.getvalue(),
            content_type=self.feed_type.content_type,
            last_modified=generator.latest_post_date(),
        )

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        """Return the list; each kind of list has its own."""
        raise NotImplementedError

    def title(self, channel: Channel) -> str:
        name = channel.facts.name
        return f"{channel.name} · {name}" if channel.name else name

    def description(self, channel: Channel) -> str:
        return channel.description or self.title(channel)

    def link(self, channel: Channel) -> str:
        return channel.facts.absolute(channel.url)

    def feed_url(self, channel: Channel) -> str:
        ending = "feed/atom/" if self.feed_type is NewsAtom else "feed/"
        return channel.facts.absolute(f"{channel.url}{ending}")

    def feed_guid(self, channel: Channel) -> str:
        return self.feed_url(channel)

    def author_name(self, channel: Channel) -> str:
        return xml_characters(channel.facts.name)

    def items(self, channel: Channel) -> list[FeedEntry]:
        ids = list(channel.articles.newest_first().values_list("pk", flat=True)[:FEED_SIZE])
        if not ids and not channel.is_shown_empty:
            raise Http404("No article that may be seen is in this list.")
        return load_entries(ids, facts=channel.facts, now=channel.now)

    def item_title(self, entry: FeedEntry) -> str:
        return entry.title

    def item_description(self, entry: FeedEntry) -> str:
        return entry.summary

    def item_link(self, entry: FeedEntry) -> str:
        return entry.url

    def item_guid(self, entry: FeedEntry) -> str:
        return entry.guid

    def item_pubdate(self, entry: FeedEntry) -> datetime:
        return entry.published_at

    def item_updateddate(self, entry: FeedEntry) -> datetime:
        return entry.changed_at

    def item_categories(self, entry: FeedEntry) -> tuple[str, ...]:
        return entry.categories

    def item_extra_kwargs(self, entry: FeedEntry) -> dict[str, Any]:
        return {"entry": entry}


class HomeFeed(NewsroomFeed):
    """Everything."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        facts, now = get_site_facts(request), timezone.now()
        return Channel(
            facts=facts,
            name="",
            url="/",
            description=facts.tagline,
            articles=ArticlePage.objects.visible_to_readers(now=now),
            is_shown_empty=True,
            now=now,
        )


class SectionFeed(NewsroomFeed):
    """A section with those below it."""

    def get_object(
        self, request: HttpRequest, *args: Any, section_path: str = "", **kwargs: Any
    ) -> Channel:
        facts, now = get_site_facts(request), timezone.now()
        url = facts.url_of(f"{facts.root_url_path}{section_path}/")
        section = next((one for one in facts.sections.values() if one.url == url), None)
        if section is None:
            raise Http404("There is no such section.")
        return Channel(
            facts=facts,
            name=section.title,
            url=section.url,
            articles=articles_of_sections(facts.ids_below(section.id), now=now),
            is_shown_empty=True,
            now=now,
        )


class TopicFeed(NewsroomFeed):
    """A topic."""

    def get_object(
        self, request: HttpRequest, *args: Any, slug: str = "", **kwargs: Any
    ) -> Channel:
        facts, now = get_site_facts(request), timezone.now()
        topic = get_object_or_404(Topic, slug=slug)
        return Channel(
            facts=facts,
            name=topic.name,
            url=topic_url(topic.slug),
            description=topic.description,
            articles=ArticlePage.objects.visible_to_readers(now=now).about(topic.pk),
            now=now,
        )


class AuthorFeed(NewsroomFeed):
    """What an author signed."""

    def get_object(
        self, request: HttpRequest, *args: Any, slug: str = "", **kwargs: Any
    ) -> Channel:
        facts, now = get_site_facts(request), timezone.now()
        author = get_object_or_404(Author, slug=slug)
        return Channel(
            facts=facts,
            name=author.name,
            url=author_url(author.slug),
            description=author.expertise,
            articles=ArticlePage.objects.visible_to_readers(now=now).signed_by(author.pk),
            now=now,
        )


def as_rss(feed: type[NewsroomFeed]) -> Callable[..., HttpResponse]:
    """Return the view of a list as RSS."""
    return require_safe(feed())


def as_atom(feed: type[NewsroomFeed]) -> Callable[..., HttpResponse]:
    """Return the view of a list as Atom."""
    view = feed()
    view.feed_type = NewsAtom
    return require_safe(view)
