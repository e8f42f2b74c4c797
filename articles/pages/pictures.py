"""Pictures that pages show: their sizes are made as soon as a page names them."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from articles.blocks.pictures import picture_ids
from articles.media.sizes import MAIN_SLOTS, SOCIAL_SLOTS
from articles.media.tasks import enqueue_for_images

LEAD_SLOTS = (*MAIN_SLOTS, *SOCIAL_SLOTS)


def enqueue_pictures(*, lead: int | None, social: int | None, body: list[dict[str, Any]]) -> None:
    """Have the sizes of an article's pictures made after commit, before an import's backlog.

    Six queries at most when everything is there. `body` is a StreamField's raw data.
    """
    inline = picture_ids(body)

    def enqueue() -> None:
        for ids, slots in (
            ([lead] if lead else [], LEAD_SLOTS),
            (inline, ("inline",)),
            ([social] if social else [], SOCIAL_SLOTS),
        ):
            if ids:
                enqueue_for_images(ids, slots=slots, is_bulk=False)

    if lead or social or inline:
        transaction.on_commit(enqueue, robust=True)


def make_sizes_of_page(sender: type, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """A page was saved: its live pictures."""
    if raw or kwargs.get("update_fields"):
        return
    enqueue_pictures(
        lead=getattr(instance, "lead_image_id", None),
        social=getattr(instance, "social_image_id", None),
        body=list(instance.body.raw_data),
    )


def make_sizes_of_revision(
    sender: type, instance: Revision, raw: bool = False, **kwargs: Any
) -> None:
    """A draft was saved: the pictures it will show."""
    body = instance.content.get("body")
    if raw or kwargs.get("update_fields") or not isinstance(body, str):
        return
    enqueue_pictures(
        lead=instance.content.get("lead_image"),
        social=instance.content.get("social_image"),
        body=json.loads(body or "[]"),
    )
