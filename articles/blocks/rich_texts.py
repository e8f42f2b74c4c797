"""The rich texts of a body, changed on its raw data without making block instances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from articles.blocks.words import is_list_item

Change = Callable[[str], str]
"""Takes rich text in the form of the database, and gives it back."""


def change_rich_texts(block: blocks.Block, raw: Any, change: Change) -> Any:
    """Return a block's raw value with its rich texts changed; what holds them is changed itself.

    Args:
        block: a `StreamField.stream_block`, or any block inside of one.
        raw: its value as JSON.
        change: called for every rich text, none for plain ones.
    """
    if isinstance(block, blocks.RichTextBlock):
        return change(raw) if isinstance(raw, str) else raw
    if isinstance(block, blocks.StreamBlock):
        for child in raw or ():
            if inner := block.child_blocks.get(child["type"]):
                child["value"] = change_rich_texts(inner, child["value"], change)
    elif isinstance(block, blocks.StructBlock):
        for name, inner in block.child_blocks.items():
            if raw and name in raw:
                raw[name] = change_rich_texts(inner, raw[name], change)
    elif isinstance(block, blocks.ListBlock):
        for place, child in enumerate(raw or ()):
            if is_list_item(child):
                child["value"] = change_rich_texts(block.child_block, child["value"], change)
            else:
                raw[place] = change_rich_texts(block.child_block, child, change)
    elif isinstance(block, TypedTableBlock) and raw:
        columns = [block.child_blocks[column["type"]] for column in raw["columns"]]
        for row in raw["rows"]:
            row["values"] = [
                change_rich_texts(column, value, change)
                for column, value in zip(columns, row["values"], strict=True)
            ]
    return raw
