"""What follows when a picture arrives or changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from articles.media.models import NewsImage, NewsRendition
from articles.media.renditions import focal_key
from articles.media.tasks import enqueue_for_images, remake_cuts

_OF_NO_MATTER = frozenset({"file_size", "file_hash"})
"""Fields that Wagtail fills by themselves when somebody looks."""

_USES = {
    "articles.Author": ("portrait", ("portrait",)),
    "articles.NewsroomSettings": ("logo", ("logo",)),
}
"""Models of rooms beside and above that show one picture; pages see to theirs themselves."""


def make_sizes_of(
    sender: type,
    instance: NewsImage,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Have a new picture's sizes made, or those of a new file or focal point."""
    if raw or (update_fields and update_fields <= _OF_NO_MATTER):
        return

    def enqueue() -> None:
        # The desk's form removes all renditions when it replaces the file.
        enqueue_for_images([instance.pk], is_bulk=False)
        if (
            NewsRendition.objects.filter(image_id=instance.pk)
            .exclude(focal_point_key__in=["", focal_key(instance)])
            .exists()
        ):
            remake_cuts.enqueue(image_id=instance.pk)

    # Robust: the picture is saved, whatever happens to the queue.
    transaction.on_commit(enqueue, robust=True)


def make_sizes_of_use(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Have the sizes made of the picture that an author or the outlet shows."""
    field, slots = _USES[instance._meta.label]
    image_id = getattr(instance, f"{field}_id")
    if image_id and not raw:
        transaction.on_commit(
            lambda: enqueue_for_images([image_id], slots=slots, is_bulk=False), robust=True
        )


def register_signal_handlers() -> None:
    """Connect them; called once, from `apps.py`."""
    post_save.connect(make_sizes_of, sender=NewsImage, dispatch_uid="articles.media.make_sizes_of")
    for label in _USES:
        post_save.connect(
            make_sizes_of_use, sender=label, dispatch_uid=f"articles.media.make_sizes_of {label}"
        )
