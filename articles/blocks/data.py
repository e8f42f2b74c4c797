"""Blocks of tables, and of what does not fit elsewhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from articles.blocks.text import INLINE_FEATURES


class TableBlock(TypedTableBlock):
    """A table whose first row heads the columns."""

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table_block.html"
        description = _("Columns with heads.")
        group = _("Data")


def table_block() -> TableBlock:
    """Return the table block with its one kind of column."""
    return TableBlock([("rich_text", blocks.RichTextBlock(features=INLINE_FEATURES))])


class DividerBlock(blocks.StaticBlock):
    """A rule between two parts."""

    class Meta:
        icon = "minus"
        label = _("Divider")
        template = "blocks/divider_block.html"
        admin_text = _("A rule between two parts.")
        description = _("A rule between two parts.")
