"""Blocks of pictures, sound and film."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


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


class FigureBlock(PictureBlock):
    """One picture in the text."""

    width = blocks.ChoiceBlock(
        choices=[("column", _("Column")), ("wide", _("Wide"))], default="column"
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image_block.html"
        description = _("One picture with caption and credit.")


class GalleryBlock(blocks.StructBlock):
    """Pictures in their order."""

    title = blocks.CharBlock(required=False, max_length=255)
    images = blocks.ListBlock(PictureBlock(), min_num=1)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery_block.html"
        description = _("Several pictures, one below the other.")


class EmbedBlock(blocks.StructBlock):
    """A post or film that lies elsewhere: an address, never fetched by us."""

    url = blocks.CharBlock(max_length=2000)
    caption = blocks.CharBlock(required=False, max_length=1000)

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "blocks/embed_block.html"
        description = _("Loads only when the reader asks for it.")


class MediaBlock(blocks.StructBlock):
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
