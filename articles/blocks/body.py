"""The body: the blocks of an article's text, in the order the editor's menu shows them."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks.data import DividerBlock, table_block
from articles.blocks.media import EmbedBlock, FigureBlock, GalleryBlock, MediaBlock
from articles.blocks.previews import preview_values, sample_of
from articles.blocks.text import (
    PARAGRAPH_FEATURES,
    AlsoReadBlock,
    FactBoxBlock,
    HeadingBlock,
    KeyPointsBlock,
    PreformattedBlock,
    PullQuoteBlock,
    QuoteBlock,
    TimelineBlock,
)

TEXT, MEDIA, LINKS, DATA = _("Text"), _("Media"), _("Links"), _("Data")


class BodyBlock(blocks.StreamBlock):
    """The blocks an editor may use.

    Raw HTML may be used only where NEWSROOM_ALLOW_RAW_HTML is on; by whom is decided
    by the article form. The block always exists, so that the switch needs no migration.
    """

    paragraph = blocks.RichTextBlock(
        features=PARAGRAPH_FEATURES,
        icon="pilcrow",
        label=_("Paragraph"),
        template="blocks/paragraph_block.html",
        group=TEXT,
    )
    heading = HeadingBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    pull_quote = PullQuoteBlock(group=TEXT)
    key_points = KeyPointsBlock(group=TEXT)
    fact_box = FactBoxBlock(group=TEXT)
    timeline = TimelineBlock(group=TEXT)
    preformatted = PreformattedBlock(group=TEXT)
    divider = DividerBlock(group=TEXT)
    image = FigureBlock(group=MEDIA)
    gallery = GalleryBlock(group=MEDIA)
    media = MediaBlock(group=MEDIA)
    embed = EmbedBlock(group=MEDIA)
    also_read = AlsoReadBlock(group=LINKS)
    table = table_block()
    raw_html = blocks.RawHTMLBlock(
        label=_("Raw HTML"), group=DATA, template="blocks/raw_html_block.html"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here and not as arguments of the blocks, which would enter every migration.
        self.child_blocks["paragraph"].meta.description = _(
            "Running text. Paste from any document; styles are cleaned."
        )
        self.child_blocks["raw_html"].meta.description = _("For administrators.")
        for name in preview_values():
            self.child_blocks[name].meta.preview_value = partial(sample_of, name)
        if not settings.NEWSROOM_ALLOW_RAW_HTML:
            self.meta.block_counts = {"raw_html": {"max_num": 0}}


@lru_cache(maxsize=1)
def body_without_raw_html() -> BodyBlock:
    """Return the body as editors get it who may not write raw HTML; it is not offered to them."""
    block = BodyBlock()
    block.set_name("body")
    del block.child_blocks["raw_html"]
    return block
