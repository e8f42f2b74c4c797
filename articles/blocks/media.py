"""Blocks of pictures, sound and film."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from articles.blocks.previews import Sampled

WEB = frozenset({"http", "https"})


class PictureBlock(blocks.StructBlock):
    """A picture with its own caption, credit and alternative text for this story.

    `source_url` is the address of a picture that an import has not fetched yet.
    """

    image = ImageChooserBlock(required=False)
    alt_text = blocks.CharBlock(
        required=False, max_length=250, help_text=_("What it shows. Empty uses the photo’s own.")
    )
    decorative = blocks.BooleanBlock(required=False, help_text=_("Says nothing: no text needed."))
    caption = blocks.CharBlock(required=False, max_length=1000)
    credit = blocks.CharBlock(required=False, max_length=255)
    source_url = blocks.CharBlock(
        required=False,
        max_length=2000,
        label=_("address to fetch"),
        help_text=_("Kept from an import until the file is here."),
    )


class FigureBlock(Sampled, PictureBlock):
    """One picture in the text."""

    width = blocks.ChoiceBlock(
        choices=[("column", _("Column")), ("wide", _("Wide"))], default="column"
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image_block.html"
        description = _("One picture with caption and credit.")


class GalleryBlock(Sampled, blocks.StructBlock):
    """Pictures in their order."""

    title = blocks.CharBlock(required=False, max_length=255)
    images = blocks.ListBlock(PictureBlock(), min_num=1)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery_block.html"
        description = _("Several pictures, one below the other.")


class EmbedBlock(Sampled, blocks.StructBlock):
    """A post or film that lies elsewhere: an address, never fetched by us."""

    url = blocks.CharBlock(max_length=2000)
    caption = blocks.CharBlock(required=False, max_length=1000)

    def clean(self, value: Any) -> Any:
        """Refuse what is no address of the web: readers get it as a link."""
        cleaned = super().clean(value)
        if urlsplit(cleaned["url"]).scheme not in WEB:
            wrong = ValidationError(_("Give an address that begins with https://."))
            raise blocks.StructBlockValidationError(block_errors={"url": wrong})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "blocks/embed_block.html"
        description = _("Loads only when the reader asks for it.")


class MediaBlock(Sampled, blocks.StructBlock):
    """An audio or video file."""

    kind = blocks.ChoiceBlock(choices=[("audio", _("Audio")), ("video", _("Video"))])
    file = DocumentChooserBlock(required=False)
    source_url = blocks.CharBlock(required=False, max_length=2000)
    caption = blocks.CharBlock(required=False, max_length=1000)
    credit = blocks.CharBlock(required=False, max_length=255)
    transcript = blocks.TextBlock(required=False)

    class Meta:
        icon = "media"
        label = _("Audio or video")
        template = "blocks/media_block.html"
        description = _("A file with transcript.")
