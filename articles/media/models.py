"""Images, their renditions, and documents.

Originals lie in the `originals` storage, which no web server reaches. Renditions
lie in public storage under names that cannot be guessed, without the camera's
place and device data.
"""

from __future__ import annotations

import secrets
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.search import index

from articles.media.describing import describe_from_file
from articles.media.fields import PictureField
from articles.media.rendition_bytes import clean_rendition_bytes


def originals_storage() -> Storage:
    """Return the storage of originals; a callable, so that no path enters a migration."""
    return storages["originals"]


class NewsImage(AbstractImage):
    """A picture with what a newsroom must know of it.

    `description` (Wagtail's field) is the alternative text; empty stays empty, a
    file name is never used for it.
    """

    file = PictureField(
        verbose_name=_("file"),
        storage=originals_storage,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    caption = models.TextField(blank=True, help_text=_("What readers read below the picture."))
    credit = models.CharField(max_length=255, blank=True, help_text=_("Name / Agency."))
    creator = models.CharField(max_length=255, blank=True)
    copyright_notice = models.CharField(max_length=255, blank=True)
    usage_terms = models.TextField(blank=True)
    source_url = models.URLField(max_length=2000, blank=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "caption",
        "credit",
        "creator",
        "copyright_notice",
        "usage_terms",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new picture's empty fields are filled from its file."""
        if self._state.adding and self.file:
            # Left open and at its start, as the storage wants it.
            self.file.open()
            describe_from_file(self, data=self.file.read(), language=settings.LANGUAGE_CODE)
            self.file.seek(0)
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        return self.description

    def generate_rendition_file(self, filter: Any, *, source: File | None = None) -> File:
        """Return the rendition's file, cleaned of place and device, with its credit."""
        generated = super().generate_rendition_file(filter, source=source)
        generated.seek(0)
        data = clean_rendition_bytes(
            generated.read(),
            creator=self.creator,
            credit=self.credit,
            copyright_notice=self.copyright_notice,
        )
        return File(BytesIO(data), name=generated.name)


class NewsRendition(AbstractRendition):
    """A picture in one size and format, as readers get it."""

    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")
    file = PictureField(
        upload_to=get_rendition_upload_to,
        storage=get_rendition_storage,
        width_field="width",
        height_field="height",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="rendition_is_one_per_image_and_filter",
            ),
        ]

    def get_upload_to(self, filename: str) -> str:
        """Return a path with 128 random bits, whose extension tells the format."""
        token = secrets.token_urlsafe(16)
        return f"images/{token[:2]}/{token}{PurePosixPath(filename).suffix.lower()}"


class NewsDocument(AbstractDocument):
    """A file that articles offer for download."""

    file = models.FileField(
        upload_to="documents", storage=originals_storage, verbose_name=_("file")
    )

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
