"""Each kind of block as HTML, by its template in templates/blocks/.

A function takes the block's raw value and the renderer, and returns safe HTML; "" for
a block that shows nothing. Paragraphs, most of every text, are written without a
template: measured, that halves the time of a body.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from articles.reading.body.providers import provider_of, web_address
from articles.reading.body.references import list_values
from articles.reading.records import Picture

if TYPE_CHECKING:
    from articles.reading.body.render import Renderer

Block = Callable[[Any, "Renderer"], str]


def paragraph(value: Any, renderer: Renderer) -> str:
    return renderer.rich(value)


def heading(value: Any, renderer: Renderer) -> str:
    if not value.get("text"):
        return ""
    level = value.get("level") if value.get("level") in {"h2", "h3", "h4"} else "h2"
    anchor = renderer.anchor_of(value["text"], level=level)
    return fill("heading", value={"text": value["text"], "level": level}, anchor=anchor)


def quote(value: Any, renderer: Renderer) -> str:
    return fill("quote", value=value | {"text": renderer.rich(value.get("text"))})


def plain(name: str) -> Block:
    """Return the block of a template that takes the value as it is."""
    return lambda value, renderer: fill(name, value=value or {})


def key_points(value: Any, renderer: Renderer) -> str:
    return fill("key_points", value={"points": list_values(value.get("points"))})


def fact_box(value: Any, renderer: Renderer) -> str:
    return fill("fact_box", value=value | {"text": renderer.rich(value.get("text"))})


def timeline(value: Any, renderer: Renderer) -> str:
    events = [
        event | {"text": renderer.rich(event.get("text"))}
        for event in list_values(value.get("events"))
    ]
    return fill("timeline", value={"title": value.get("title") or "", "events": events})


def image(value: Any, renderer: Renderer) -> str:
    picture = renderer.picture(value.get("image"))
    return fill("image", value=with_own_words(value, picture=picture), picture=picture)


def gallery(value: Any, renderer: Renderer) -> str:
    images = []
    for item in list_values(value.get("images")):
        picture = renderer.picture(item.get("image"))
        words = with_own_words(item, picture=picture)
        if picture or words["alt_text"] or words["caption"]:
            images.append({"picture": picture, "value": words})
    return fill("gallery", value={"title": value.get("title") or ""}, images=images)


def media(value: Any, renderer: Renderer) -> str:
    file_url = renderer.targets.documents.get(value.get("file") or 0, "")
    return fill("media", value=value, file_url=file_url)


def embed(value: Any, renderer: Renderer) -> str:
    url = web_address(value.get("url") or "")
    if not url:
        return ""
    return fill("embed", value=value | {"url": url}, provider=provider_of(url))


def also_read(value: Any, renderer: Renderer) -> str:
    target = value.get("article") or 0
    url = renderer.targets.links.get(target, "")
    if not url or target == renderer.page_id:
        return ""
    return fill("also_read", headline=renderer.targets.titles[target], url=url)


def table(value: Any, renderer: Renderer) -> str:
    if not value or not value.get("columns"):
        return ""
    rows = [[renderer.rich(cell) for cell in row["values"]] for row in value.get("rows", ())]
    caption = value.get("caption") or ""
    return fill("table", value={"columns": value["columns"], "rows": rows, "caption": caption})


def raw_html(value: Any, renderer: Renderer) -> str:
    if not settings.NEWSROOM_ALLOW_RAW_HTML or not value:
        return ""
    return fill("raw_html", value=mark_safe(value))  # noqa: S308 - administrators only


BLOCKS: dict[str, Block] = {
    "paragraph": paragraph,
    "heading": heading,
    "quote": quote,
    "pull_quote": plain("pull_quote"),
    "key_points": key_points,
    "fact_box": fact_box,
    "timeline": timeline,
    "preformatted": plain("preformatted"),
    "divider": plain("divider"),
    "image": image,
    "gallery": gallery,
    "media": media,
    "embed": embed,
    "also_read": also_read,
    "table": table,
    "raw_html": raw_html,
}


def with_own_words(value: dict[str, Any], *, picture: Picture | None) -> dict[str, Any]:
    """Return a picture's words: those of this story, over the photo's own."""
    own = {"alt_text": "", "caption": "", "credit": ""}
    if picture is not None:
        own = {"alt_text": picture.alt, "caption": picture.caption, "credit": picture.credit}
    return value | {name: value.get(name) or text for name, text in own.items()}


def fill(name: str, **context: Any) -> SafeString:
    """Return a block's template filled."""
    template = Engine.get_default().get_template(f"blocks/{name}_block.html")
    return template.render(Context(context))
