"""RSS 2.0 and Atom as XML: Django's generators, and what news needs beyond them.

Source: RSS 2.0; Dublin Core elements; Media RSS 1.5.1; RSS content module; RFC 4287.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.feeds.entries import FeedEntry, MediaFile
from articles.text.xml import xml_characters

MEDIA = "http://search.yahoo.com/mrss/"
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": MEDIA,
}


class NewsFeed(SyndicationFeed):
    """What both formats share: texts are cleaned, and the date comes from the articles."""

    def __init__(self, title: str, link: str, description: str | None, **kwargs: Any) -> None:
        super().__init__(
            xml_characters(title), link, xml_characters(description or title), **kwargs
        )

    def latest_post_date(self) -> datetime:
        """Return when the newest article changed; an empty feed is as old as the day."""
        changed = [item["entry"].changed_at for item in self.items]
        midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return max(changed, default=midnight)

    def add_picture(self, handler: SimplerXMLGenerator, picture: MediaFile) -> None:
        """Write the lead picture with its credit.

        Not its caption: common readers take `media:description` for the article's text.
        """
        handler.startElement(
            "media:content",
            AttributesImpl(
                {
                    "url": picture.url,
                    "medium": "image",
                    "type": picture.type,
                    "width": str(picture.width),
                    "height": str(picture.height),
                }
            ),
        )
        if picture.credit:
            handler.addQuickElement("media:credit", picture.credit)
        handler.endElement("media:content")


class NewsRss(NewsFeed, Rss201rev2Feed):
    """RSS 2.0."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | NAMESPACES

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["entry"]
        for name in entry.authors:
            handler.addQuickElement("dc:creator", name)
        if entry.html:
            handler.addQuickElement("content:encoded", entry.html)
        if entry.picture:
            self.add_picture(handler, entry.picture)


class NewsAtom(NewsFeed, Atom1Feed):
    """Atom."""

    content_type = "application/atom+xml; charset=utf-8"

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["entry"]
        for name in entry.authors:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if entry.html:
            handler.addQuickElement("content", entry.html, {"type": "html"})
        if entry.picture:
            self.add_picture(handler, entry.picture)
