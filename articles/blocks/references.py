"""What a body refers to, found on its raw data: the rows of Wagtail's reference index.

Wagtail's own way loads every picture and page that a body names; this one asks nothing.
Source: `extract_references` of `wagtail.blocks` and of the typed table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import extract_references_from_rich_text

from articles.blocks.words import is_list_item

Reference = tuple[type[Model], str, str, str]
"""Model and primary key of the target, path in the model, path in the content."""


def iter_references(block: blocks.Block, raw: Any) -> Iterator[Reference]:
    """Yield what a block's raw value refers to, as `extract_references` would. No query.

    Args:
        block: a `StreamField.stream_block`, or any block inside of one.
        raw: its value as JSON, with ids.
    """
    if raw is None:
        return
    if isinstance(block, blocks.StreamBlock):
        for child in raw:
            name = child["type"]
            if name in block.child_blocks:
                found = iter_references(block.child_blocks[name], child["value"])
                yield from _below(found, name, child["id"])
    elif isinstance(block, blocks.StructBlock):
        for name, inner in block.child_blocks.items():
            yield from _below(iter_references(inner, raw.get(name)), name, name)
    elif isinstance(block, blocks.ListBlock):
        for child in raw:
            if is_list_item(child):
                found = iter_references(block.child_block, child["value"])
                yield from _below(found, "item", child["id"])
    elif isinstance(block, TypedTableBlock):
        yield from _table_references(block, raw)
    elif isinstance(block, blocks.ChooserBlock):
        yield block.model_class, str(raw), "", ""
    elif isinstance(block, blocks.RichTextBlock):
        yield from extract_references_from_rich_text(raw)


def _table_references(block: TypedTableBlock, raw: Any) -> Iterator[Reference]:
    columns = [block.child_blocks[column["type"]] for column in raw["columns"]]
    for row_number, row in enumerate(raw["rows"]):
        for number, (column, value) in enumerate(zip(columns, row["values"], strict=False)):
            yield from _below(
                iter_references(column, value),
                f"rows.item.values.{number}",
                f"rows.{row_number}.values.{number}",
            )


def _below(found: Iterator[Reference], name: str, place: str) -> Iterator[Reference]:
    for model, pk, model_path, content_path in found:
        yield (
            model,
            pk,
            f"{name}.{model_path}" if model_path else name,
            f"{place}.{content_path}" if content_path else place,
        )
