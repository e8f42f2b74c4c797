"""What hangs on an article: bylines, topics, further sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from articles.imports.writer.drafts import PageDraft
from articles.imports.writer.rows import Rows
from articles.pages.article import ArticlePage
from articles.people.models import Byline
from articles.tags.models import TaggedArticle

_FURTHER: type[models.Model] = ArticlePage.further_categories.through


@dataclass(slots=True)
class Relations:
    """Rows that were written, by article: (id, author id, role) and (id, topic id)."""

    bylines: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    tags: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def contents(self, draft: PageDraft) -> dict[str, Any]:
        """Return the relations as a version holds them; nothing for pages that have none."""
        if draft.model is not ArticlePage:
            return {}
        return {
            "bylines": [
                {
                    "pk": pk,
                    "sort_order": place,
                    "article": draft.id,
                    "author": author_id,
                    "role": role,
                }
                for place, (pk, author_id, role) in enumerate(self.bylines.get(draft.id, ()))
            ],
            "tagged_items": [
                {"pk": pk, "tag": topic_id, "content_object": draft.id}
                for pk, topic_id in self.tags.get(draft.id, ())
            ],
            "further_categories": list(draft.further),
        }


def write_relations(drafts: Sequence[PageDraft], *, rows: Rows) -> Relations:
    """Insert the relations of articles, in their order. Five queries at most."""
    written = Relations()
    bylines = [(draft.id, place, *line) for draft in drafts for place, line in _numbered(draft)]
    ids = rows.reserve(Byline, len(bylines))
    for pk, (article_id, _, author_id, role) in zip(ids, bylines, strict=True):
        written.bylines.setdefault(article_id, []).append((pk, author_id, role))
    rows.insert(
        Byline,
        [
            {
                "id": pk,
                "sort_order": place,
                "article_id": article_id,
                "author_id": author_id,
                "role": role,
            }
            for pk, (article_id, place, author_id, role) in zip(ids, bylines, strict=True)
        ],
    )
    tags = [(draft.id, topic_id) for draft in drafts for topic_id in draft.tags]
    ids = rows.reserve(TaggedArticle, len(tags))
    for pk, (article_id, topic_id) in zip(ids, tags, strict=True):
        written.tags.setdefault(article_id, []).append((pk, topic_id))
    rows.insert(
        TaggedArticle,
        [
            {"id": pk, "content_object_id": article_id, "tag_id": topic_id}
            for pk, (article_id, topic_id) in zip(ids, tags, strict=True)
        ],
    )
    rows.insert(
        _FURTHER,
        [
            {"articlepage_id": draft.id, "categorypage_id": section_id}
            for draft in drafts
            for section_id in draft.further
        ],
    )
    return written


def remove_relations(ids: Sequence[int]) -> None:
    """Delete the relations of articles that are written again. Three queries."""
    Byline.objects.filter(article__in=ids).delete()
    TaggedArticle.objects.filter(content_object__in=ids).delete()
    _FURTHER._default_manager.filter(articlepage_id__in=ids).delete()


def _numbered(draft: PageDraft) -> list[tuple[int, tuple[int, str]]]:
    return list(enumerate(draft.bylines))
