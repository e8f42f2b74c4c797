"""Blocks of running text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks.previews import Sampled

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript", "subscript", "code"]
PARAGRAPH_FEATURES = [*INLINE_FEATURES, "strikethrough", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A sub-heading; the article's own headline is the only first level."""

    text = blocks.CharBlock(max_length=255)
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Sub-heading")), ("h3", _("Below it")), ("h4", _("Lowest"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Sub-heading")
        template = "blocks/heading_block.html"
        description = _("Divides a long text.")


class QuoteBlock(blocks.StructBlock):
    """A passage quoted at length."""

    text = blocks.RichTextBlock(features=INLINE_FEATURES)
    attribution = blocks.CharBlock(required=False, max_length=255)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote_block.html"
        description = _("A longer passage in somebody’s words.")


class PullQuoteBlock(blocks.StructBlock):
    """A sentence set large; not one that is repeated word for word nearby."""

    text = blocks.TextBlock(max_length=400)
    attribution = blocks.CharBlock(required=False, max_length=255)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "blocks/pull_quote_block.html"
        description = _("One strong sentence, set large.")


class FactBoxBlock(blocks.StructBlock):
    """Background beside the story."""

    title = blocks.CharBlock(max_length=255)
    text = blocks.RichTextBlock(features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "blocks/fact_box_block.html"
        description = _("Background that readers may need.")


class KeyPointsBlock(blocks.StructBlock):
    """Three to five sentences that tell the story."""

    points = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        template = "blocks/key_points_block.html"
        description = _("Three to five complete sentences.")


class TimelineEventBlock(blocks.StructBlock):
    """One event of a timeline."""

    when = blocks.CharBlock(max_length=80)
    text = blocks.RichTextBlock(features=INLINE_FEATURES)


class TimelineBlock(blocks.StructBlock):
    """Events in their order."""

    title = blocks.CharBlock(required=False, max_length=255)
    events = blocks.ListBlock(TimelineEventBlock(), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "blocks/timeline_block.html"
        description = _("What happened when.")


class PreformattedBlock(blocks.StructBlock):
    """Text whose line breaks and blanks count."""

    text = blocks.TextBlock()

    class Meta:
        icon = "code"
        label = _("Preformatted text")
        template = "blocks/preformatted_block.html"
        description = _("Code or verse; line breaks are kept.")


class AlsoReadBlock(Sampled, blocks.StructBlock):
    """A link to another article by its current headline.

    `wanted_headline` is what an import found without its target; editors see it,
    readers see nothing until the article arrives.
    """

    article = blocks.PageChooserBlock(page_type="articles.ArticlePage", required=False)
    wanted_headline = blocks.CharBlock(
        required=False,
        max_length=255,
        help_text=_("Kept from an import until that article arrives; readers never see it."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Also read")
        template = "blocks/also_read_block.html"
        description = _("Shows the article’s current headline, and moves with it.")
