"""JSON lines: one article a line, with the keys of the contract in its order."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from articles.exports.records import ExportedArticle, ExportedPicture


def to_json_line(article: ExportedArticle) -> str:
    """Return an article as one line of JSON, without the line's end.

    Moments are ISO 8601 in UTC with a Z, or null. `dateline` is always an object, its
    values empty without one; `lead_image` is null without one.
    """
    return json.dumps(_as_object(article), ensure_ascii=False, separators=(",", ":"))


def iso(moment: datetime | None) -> str | None:
    """Return a moment in UTC as `2024-03-09T06:00:00Z`; fractions stay only if there are any."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def _as_object(article: ExportedArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "external_id": article.external_id,
        "source": article.source,
        "title": article.title,
        "slug": article.slug,
        "url": article.url,
        "status": article.status,
        "kind": article.kind,
        "published_at": iso(article.published_at),
        "updated_at": iso(article.updated_at),
        "dateline": {"place": article.dateline_place, "agency": article.dateline_agency},
        "standfirst": article.standfirst,
        "category": list(article.categories[0]) if article.categories else [],
        "categories": [list(path) for path in article.categories],
        "tags": list(article.tags),
        "authors": list(article.authors),
        "lead_image": _picture(article.lead_image),
        "body": article.body,
        "text": article.text,
        "word_count": article.word_count,
        "image_count": article.image_count,
        "link_count": article.link_count,
        "views_total": article.views_total,
        "old_urls": list(article.old_urls),
        "seo_title": article.seo_title,
        "seo_description": article.seo_description,
        "canonical_url": article.canonical_url,
    }


def _picture(picture: ExportedPicture | None) -> dict[str, str] | None:
    if picture is None:
        return None
    return {
        "url": picture.url,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
    }
