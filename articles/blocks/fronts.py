"""Blocks by which a front page is curated."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PinBlock(blocks.StructBlock):
    """A story held in its place on a front, until a moment or until taken off."""

    article = blocks.PageChooserBlock(page_type="articles.ArticlePage")
    until = blocks.DateTimeBlock(
        required=False, help_text=_("Empty: until it is taken off by hand.")
    )
    short_headline = blocks.CharBlock(
        required=False, max_length=70, help_text=_("For this place only.")
    )

    class Meta:
        icon = "thumbtack"
        label = _("Pinned story")
