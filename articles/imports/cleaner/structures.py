"""Figures, lists, quotes and boxes: the elements that become a block of their own."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement

from articles.imports.cleaner import figures
from articles.imports.cleaner.embeds import is_bare_url
from articles.imports.cleaner.figures import text_of
from articles.imports.cleaner.html_blocks import Builder, handle
from articles.imports.cleaner.inline import escape_text, link_address
from articles.imports.cleaner.ledger import Block
from articles.text.html import plain_text
from articles.text.safe_html import sanitize_rich

_PULL = frozenset({"pull-quote", "pullquote", "wp-block-pullquote", "graf--pullquote"})
_GALLERY = frozenset(
    {"wp-block-gallery", "gallery", "blocks-gallery-grid", "tiled-gallery", "image-gallery"}
)
_FACTS = frozenset({"fact-box", "factbox", "fact_box", "infobox"})
_DASH_LINE = re.compile(r"^(?:—|–|--|-|―|~)\s*(\S.{0,149})$")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def rich_and_rest(blocks: list[Block], *, lists: bool = True) -> tuple[str, list[Block]]:
    """Part blocks into rich text (headings become bold lines) and what text cannot hold."""
    rich: list[str] = []
    rest: list[Block] = []
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind == "paragraph":
            rich.append(value if lists else _unlist(value))
        elif kind == "heading":
            rich.append(f"<p><b>{escape_text(value['text'])}</b></p>")
        elif kind == "quote":
            tail = f"<p>— {escape_text(value['attribution'])}</p>" if value["attribution"] else ""
            rich.append(value["text"] + tail)
        else:
            rest.append(block)
    return "".join(rich), rest


def _unlist(html: str) -> str:
    if "<li>" not in html:
        return html
    html = html.replace("<li>", "<p>").replace("</li>", "</p>")
    for tag in ("<ul>", "</ul>", "<ol>", "</ol>"):
        html = html.replace(tag, "")
    return sanitize_rich(html)


@handle("p")
def paragraph(builder: Builder, element: HtmlElement) -> None:
    """Write a paragraph; one of the class `also-read` is a pending link to an article."""
    builder.flush()
    if "also-read" in (element.get("class") or "").split():
        text = text_of(element)
        headline = re.sub(r"^(?:also read|read also|read more)\s*[:–—-]?\s*", "", text, flags=re.I)
        link = element.find(".//a[@href]")
        if headline:
            value = {
                "article": None,
                "wanted_headline": headline[:255],
                "wanted_url": link_address(link, ledger=builder.ledger) if link is not None else "",
            }
            builder.ledger.removed_texts.append(text)
            builder.add("also_read", value)
        return
    builder.children(element)
    builder.flush()


@handle("figure")
def figure(builder: Builder, element: HtmlElement) -> None:
    """Write a figure: a picture, a gallery, a player, an embed, or what else it holds."""
    builder.flush()
    classes = set((element.get("class") or "").split())
    if classes & _PULL and element.find(".//blockquote") is not None:
        quote(builder, element, is_pull=True)
        return
    images = list(element.iter("img", "amp-img"))
    caption = _own_caption(element)
    if len(images) > 1 or classes & _GALLERY:
        gallery(builder, element, caption=caption)
        return
    if caption is not None:
        parent = caption.getparent()
        if parent is not None:
            caption.drop_tree()
    if len(images) == 1 and not _has_other_media(element):
        value = figures.image_value(
            images[0], ledger=builder.ledger, figure=element, caption=caption
        )
        if value:
            builder.add("image", value)
            images[0].drop_tree()
        for block in builder.inside(element):
            if block["type"] != "image":
                builder.blocks.append(block)
        return
    _captioned(builder, element, caption=caption)


def _captioned(builder: Builder, element: HtmlElement, *, caption: HtmlElement | None) -> None:
    """Write what a figure without a picture holds, its caption in the first that has one."""
    text, credit = figures.split_caption(caption)
    whole = text_of(element)
    if is_bare_url(whole):
        builder.embed_address(whole, caption=text)
        if builder.blocks and builder.blocks[-1]["type"] == "embed":
            return
        blocks: list[Block] = []
    else:
        blocks = builder.inside(element)
    for block in blocks:
        value = block["value"]
        if text and isinstance(value, dict) and value.get("caption") == "":
            value["caption"] = text[:1000]
            if "credit" in value:
                value["credit"] = credit[:255]
                credit = ""
            text = ""
    builder.blocks.extend(blocks)
    left = " ".join(part for part in (text, credit) if part)
    if left:
        builder.blocks.append({"type": "paragraph", "value": f"<p>{escape_text(left)}</p>"})


def _own_caption(element: HtmlElement) -> HtmlElement | None:
    """Find the caption of a figure itself, not of a figure inside it."""
    for caption in element.iter("figcaption"):
        holder = next(caption.iterancestors("figure"), None)
        if holder is element:
            return caption
    for child in element.iter("p", "div"):
        if "wp-caption-text" in (child.get("class") or "").split():
            return child
    return None


def _has_other_media(element: HtmlElement) -> bool:
    return any(
        True for child in element.iter("iframe", "video", "audio", "table", "blockquote", "pre")
    )


def gallery(builder: Builder, element: HtmlElement, *, caption: HtmlElement | None) -> None:
    """Write the pictures of a container as one gallery, and its other content after it."""
    title = ""
    if caption is not None:
        title, credit = figures.split_caption(caption)
        title = f"{title} {credit}".strip()
        caption.drop_tree()
    blocks = builder.inside(element)
    pictures: list[dict[str, Any]] = []
    rest: list[Block] = []
    for block in blocks:
        if block["type"] == "image":
            pictures.append(block["value"])
        elif block["type"] == "gallery":
            inner_title = block["value"]["title"]
            pictures += [{**picture, "width": "column"} for picture in block["value"]["images"]]
            if inner_title:
                rest.append({"type": "paragraph", "value": f"<p>{escape_text(inner_title)}</p>"})
        else:
            rest.append(block)
    if len(pictures) > 1:
        builder.add("gallery", figures.gallery_value(pictures, title=title))
        title = title[255:]
    elif pictures:
        if not pictures[0]["caption"]:
            pictures[0]["caption"], title = title[:1000], ""
        builder.add("image", pictures[0])
    if title:
        rest.append({"type": "paragraph", "value": f"<p>{escape_text(title)}</p>"})
    builder.blocks.extend(rest)


@handle("div", "section", "aside", "article", "main", "header", "footer", "details", "center")
def container(builder: Builder, element: HtmlElement) -> None:
    """Write a box as what its class says, else walk through it."""
    builder.flush()
    classes = set((element.get("class") or "").split())
    if classes & _FACTS and _fact_box(builder, element):
        return
    if classes & _GALLERY and element.find(".//img") is not None:
        gallery(builder, element, caption=None)
        return
    if "wp-caption" in classes:
        figure(builder, element)
        return
    if element.tag == "div" and is_bare_url(text_of(element)) and len(element) == 0:
        builder.embed_address(text_of(element))
        return
    builder.children(element)
    builder.flush()


def _fact_box(builder: Builder, element: HtmlElement) -> bool:
    heading = next(iter(element.iter("h1", "h2", "h3", "h4", "h5", "h6")), None)
    title = text_of(heading)
    if heading is None or not 0 < len(title) <= 255:
        return False
    heading.drop_tree()
    text, rest = rich_and_rest(builder.inside(element))
    builder.add("fact_box", {"title": title, "text": text})
    builder.blocks.extend(rest)
    return True


@handle("blockquote")
def blockquote(builder: Builder, element: HtmlElement) -> None:
    """Write a quotation; those of a pull quote's class are set large."""
    classes = set((element.get("class") or "").split())
    quote(builder, element, is_pull=bool(classes & _PULL))


def quote(builder: Builder, element: HtmlElement, *, is_pull: bool) -> None:
    """Write a quote with its attribution: a cite, or a last line that a dash opens."""
    builder.flush()
    attribution = ""
    cites = list(element.iter("cite", "footer", "figcaption"))
    if cites and 0 < len(text_of(cites[-1])) <= 255:
        attribution = text_of(cites[-1])
        cites[-1].drop_tree()
    for inner in list(element.iter("blockquote")):
        if inner is not element and element.tag == "figure":
            inner.tag = "div"
    html, rest = rich_and_rest(builder.inside(element), lists=False)
    html, attribution = _split_attribution(html, attribution=attribution)
    plain = plain_text(html)
    if plain and is_pull and len(plain) <= 400:
        builder.add("pull_quote", {"text": plain, "attribution": attribution})
    elif plain:
        builder.add("quote", {"text": html, "attribution": attribution})
    elif attribution:
        builder.add("paragraph", f"<p>{escape_text(attribution)}</p>")
    builder.blocks.extend(rest)


def _split_attribution(html: str, *, attribution: str) -> tuple[str, str]:
    clean = re.sub(r"^(?:—|–|--|-|―)\s*", "", attribution)
    start = html.rfind("<p>")
    if clean or start <= 0:
        return html, clean
    match = _DASH_LINE.match(plain_text(html[start:]))
    return (html[:start], match[1]) if match else (html, "")


@handle("ul", "ol")
def list_of_items(builder: Builder, element: HtmlElement) -> None:
    """Write a list as one paragraph block; key points, timelines and galleries apart."""
    builder.flush()
    classes = set((element.get("class") or "").split())
    if classes & _GALLERY and element.find(".//img") is not None:
        gallery(builder, element, caption=None)
        return
    if "key-points" in classes and _key_points(builder, element):
        return
    if "timeline" in classes and _timeline(builder, element):
        return
    html, rest = _list_html(builder, element)
    if html:
        builder.blocks.append({"type": "paragraph", "value": sanitize_rich(html)})
    builder.blocks.extend(rest)


def _key_points(builder: Builder, element: HtmlElement) -> bool:
    points = [text_of(item) for item in element.iterfind("li")]
    points = [point for point in points if point]
    if not 1 <= len(points) <= 8 or any(len(point) > 300 for point in points):
        return False
    builder.add("key_points", {"points": points})
    return True


def _timeline(builder: Builder, element: HtmlElement) -> bool:
    if any(not 0 < len(text_of(item.find(".//time"))) <= 80 for item in element.iterfind("li")):
        return False
    events = []
    rest: list[Block] = []
    for item in element.iterfind("li"):
        time = item.find(".//time")
        when = text_of(time)
        if time is not None:
            time.drop_tree()
        text, more = rich_and_rest(builder.inside(item), lists=False)
        events.append({"when": when, "text": text})
        rest += more
    if not events:
        return False
    builder.add("timeline", {"title": (element.get("data-title") or "")[:255], "events": events})
    builder.blocks.extend(rest)
    return True


def _list_html(builder: Builder, element: HtmlElement) -> tuple[str, list[Block]]:
    items: list[str] = []
    rest: list[Block] = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        inner = builder.inside(child) if child.tag == "li" else _one(builder, child)
        rich, more = rich_and_rest(inner)
        rest += more
        nested = rich.find("<ul>") if "<ul>" in rich else rich.find("<ol>")
        head, tail = (rich[:nested], rich[nested:]) if nested >= 0 else (rich, "")
        if "<p>" in tail:
            head, tail = rich, ""
        lines = "<br>".join(_PARAGRAPH.findall(head)) if "<li>" not in head else head
        if lines or tail:
            items.append(f"<li>{lines}{tail}</li>")
    if not items:
        return "", rest
    return f"<{element.tag}>{''.join(items)}</{element.tag}>", rest


def _one(builder: Builder, element: HtmlElement) -> list[Block]:
    """Return the blocks of an element that stands where a list item should."""
    inner = Builder(builder.ledger)
    inner.element(element)
    inner.flush()
    return inner.blocks
