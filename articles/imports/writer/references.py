"""Wagtail's reference index: what a page refers to, so that its usage is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from articles.imports.writer.drafts import PageDraft
from articles.imports.writer.relations import Relations
from articles.imports.writer.rows import Row, Rows
from articles.media.models import NewsImage
from articles.pages.article import ArticlePage
from articles.people.models import Author
from articles.tags.models import Topic

Reference = tuple[int, int, str, str]
"""Content type and id of the target, path in the model, path in the content."""


def write_references(drafts: Sequence[PageDraft], *, relations: Relations, rows: Rows) -> None:
    """Insert what new articles refer to: section, authors, topics. One query.

    A body that comes from the cleaner refers to nothing yet; the stages that fill in
    pictures and links add those.
    """
    rows.insert(
        ReferenceIndex,
        [
            reference_row(draft, reference)
            for draft in drafts
            if draft.model is ArticlePage
            for reference in _references(draft, relations=relations)
        ],
    )


def remove_references(ids: Sequence[int]) -> None:
    """Delete what pages refer to. One query."""
    ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=map(str, ids)
    ).delete()


def reference_row(draft: PageDraft, reference: Reference) -> Row:
    to_type, to_id, model_path, content_path = reference
    of_type = ContentType.objects.get_for_model
    return {
        "content_type_id": of_type(draft.model).pk,
        "base_content_type_id": of_type(Page).pk,
        "object_id": str(draft.id),
        "to_content_type_id": to_type,
        "to_object_id": str(to_id),
        "model_path": model_path,
        "content_path": content_path,
        "content_path_hash": _hash(content_path),
    }


def _references(draft: PageDraft, *, relations: Relations) -> Iterator[Reference]:
    of_type = ContentType.objects.get_for_model
    if lead_id := draft.fields.get("lead_image_id"):
        yield of_type(NewsImage).pk, lead_id, "lead_image", "lead_image"
    if section_id := draft.fields.get("section_id"):
        yield of_type(Page).pk, section_id, "section", "section"
    for pk, topic_id in relations.tags.get(draft.id, ()):
        yield of_type(Topic).pk, topic_id, "tagged_items.item.tag", f"tagged_items.{pk}.tag"
    for pk, author_id, _ in relations.bylines.get(draft.id, ()):
        yield of_type(Author).pk, author_id, "bylines.item.author", f"bylines.{pk}.author"


@lru_cache(maxsize=1024)
def _hash(content_path: str) -> UUID:
    return ReferenceIndex._get_content_path_hash(content_path)
