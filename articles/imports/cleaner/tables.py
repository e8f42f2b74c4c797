"""Tables: into the typed table's value, or unwrapped when they are mere layout."""

from __future__ import annotations

from lxml.html import HtmlElement

from articles.imports.cleaner.figures import text_of
from articles.imports.cleaner.html_blocks import Builder, handle
from articles.imports.cleaner.ledger import Block
from articles.imports.cleaner.structures import rich_and_rest
from articles.text.html import plain_text
from articles.text.safe_html import sanitize_rich

_MAX_SPAN = 20
_MAX_CELLS = 20_000

Row = tuple[list[str], bool]
"""The cells' HTML, and whether all of them are heads."""


@handle("table")
def table(builder: Builder, element: HtmlElement) -> None:
    """Write a table; one of a single cell or column of layout is walked through instead."""
    builder.flush()
    lines = [line for line in element.iter("tr") if _table_of(line) is element]
    widest = max((len(line) for line in lines), default=0)
    is_layout = widest <= 1 or element.find(".//table") is not None
    if is_layout or widest * _MAX_SPAN * len(lines) > _MAX_CELLS * _MAX_SPAN:
        builder.children(element)
        builder.flush()
        return
    caption = text_of(element.find("caption"))
    rest: list[Block] = []
    rows = [_read_row(builder, line, rest=rest) for line in lines]
    width = max(len(cells) for cells, _ in rows)
    if width * len(rows) > _MAX_CELLS:
        width = widest
    padded = [(cells[:width] + [""] * (width - len(cells)), heads) for cells, heads in rows]
    heads = [""] * width
    if padded[0][1] or _in_head(lines[0]):
        heads = [plain_text(cell) for cell in padded.pop(0)[0]]
    value = {
        "columns": [{"type": "rich_text", "heading": head} for head in heads],
        "rows": [{"values": cells} for cells, _ in padded],
        "caption": caption,
    }
    builder.add("table", value)
    builder.blocks.extend(rest)


def _table_of(line: HtmlElement) -> HtmlElement | None:
    return next(line.iterancestors("table"), None)


def _in_head(line: HtmlElement) -> bool:
    parent = line.getparent()
    return parent is not None and parent.tag == "thead"


def _read_row(builder: Builder, line: HtmlElement, *, rest: list[Block]) -> Row:
    cells: list[str] = []
    names = set()
    for cell in line:
        if cell.tag not in {"td", "th"}:
            continue
        names.add(cell.tag)
        rich, more = rich_and_rest(builder.inside(cell), lists=False)
        cells.append(_inline(rich))
        rest += more
        span = cell.get("colspan") or ""
        wide = int(span) if span.isascii() and span.isdigit() and len(span) < 5 else 1
        cells += [""] * (min(wide, _MAX_SPAN) - 1)
    return cells, names == {"th"}


def _inline(rich: str) -> str:
    """Keep the paragraph of a cell, joining several by breaks."""
    inner = rich.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "<br>")
    return sanitize_rich(f"<p>{inner}</p>") if inner else ""
