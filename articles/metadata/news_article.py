"""The node of an article in JSON-LD, out of what its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.metadata.graph import Node, moment, organization_id

TYPES = {
    "analysis": "AnalysisNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "opinion": "OpinionNewsArticle",
    "review": "ReviewNewsArticle",
    # Who issued it writes it, not the newsroom.
    "press_release": "Article",
}
"""By kind; every other one is a `NewsArticle`. Source: schema.org, NewsArticle."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture with who made it and whose it is; `url` is absolute."""

    url: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What an article's page shows, as machines are told it. Addresses are absolute."""

    url: str
    kind: str
    headline: str
    published_at: datetime | None
    root_url: str
    updated_at: datetime | None = None
    alternative_headline: str = ""
    description: str = ""
    language: str = ""
    section: str = ""
    keywords: Sequence[str] = ()
    word_count: int = 0
    dateline: str = ""
    place: str = ""
    source_name: str = ""
    authors: Sequence[Node] = ()
    pictures: Sequence[PictureFacts] = ()
    corrections: Sequence[tuple[str, datetime]] = field(default=())
    """Text and moment."""


def news_article(facts: ArticleFacts) -> Node:
    """Return the node of an article; the outlet stands in for authors that are not named."""
    publisher = {"@id": organization_id(facts.root_url)}
    return {
        "@type": TYPES.get(facts.kind, "NewsArticle"),
        "@id": f"{facts.url}#article",
        "url": facts.url,
        "mainEntityOfPage": facts.url,
        "headline": facts.headline,
        "alternativeHeadline": facts.alternative_headline,
        "description": facts.description,
        "image": [_image_object(picture) for picture in facts.pictures],
        "datePublished": moment(facts.published_at),
        "dateModified": moment(facts.updated_at or facts.published_at),
        "author": list(facts.authors) or [publisher],
        "publisher": publisher,
        "sourceOrganization": _named("Organization", facts.source_name),
        "articleSection": facts.section,
        "keywords": list(facts.keywords),
        "inLanguage": facts.language,
        "wordCount": facts.word_count or None,
        "dateline": facts.dateline,
        "locationCreated": _named("Place", facts.place),
        "isAccessibleForFree": True,
        "correction": [
            {"@type": "CorrectionComment", "text": text, "datePublished": moment(at)}
            for text, at in facts.corrections
        ],
    }


def _named(type_name: str, name: str) -> Node | None:
    return {"@type": type_name, "name": name} if name else None


def _image_object(picture: PictureFacts) -> Node:
    return {
        "@type": "ImageObject",
        "url": picture.url,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
        "creditText": picture.credit,
    }
