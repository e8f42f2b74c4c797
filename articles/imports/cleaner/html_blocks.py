"""From a safe HTML tree to body blocks: one walk over the elements.

`Builder` gathers running text and hands every structure to the module that knows it;
what no module knows is walked through, so that its text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import html as lxml_html
from lxml.html import HtmlElement

from articles.imports.cleaner import figures, paragraphs
from articles.imports.cleaner.embeds import provider_address
from articles.imports.cleaner.figures import text_of
from articles.imports.cleaner.inline import INLINE, InlineWriter, escape_attribute, escape_text
from articles.imports.cleaner.ledger import Block, Ledger
from articles.text.folding import fold
from articles.text.safe_html import safe_url

_PARSER = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
_TRANSPARENT = frozenset(
    {
        *(*INLINE, "a", "span", "font", "small", "mark", "abbr", "time", "u", "ins", "big", "cite"),
        *("picture", "source", "q", "label"),
    }
)
"""Inline elements; all others part the text before them from the text after."""
_REMOVED_CLASSES = frozenset(
    {
        *("sharedaddy", "sd-sharing", "sd-block", "jp-relatedposts", "addtoany_content", "yarpp"),
        *("addtoany_share_save_container", "social-share", "share-buttons", "yarpp-related"),
        *("related-posts", "relatedposts", "newsletter-signup", "subscribe-widget", "crp_related"),
        *("subscription-widget-wrap", "mc_embed_signup", "wp-block-jetpack-subscriptions"),
        *("adsbygoogle", "ad-container", "advertisement", "post-tags", "sharing-buttons"),
    }
)
_POSTS = frozenset(
    {"twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video"}
)
_MARKS = ("data-href", "data-instgrm-permalink", "cite", "data-video-url")
_SMILEY = re.compile(r"(?:^|\s)(?:wp-smiley|emoji)(?:\s|$)")


def build_blocks(safe_html: str, *, ledger: Ledger) -> list[Block]:
    """Return the blocks of HTML that passed the tree allow-list; ids are not yet set.

    Heading levels are those of the source, 1 to 6.
    """
    if not safe_html.strip():
        return []
    root = lxml_html.document_fromstring(f"<html><body>{safe_html}</body></html>", parser=_PARSER)
    builder = Builder(ledger)
    for body in root.iter("body"):
        builder.children(body)
    builder.flush()
    return builder.blocks


class Builder:
    """Walks a tree; `blocks` is what it made. Sub-builders read the inside of structures."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.blocks: list[Block] = []
        self.inline = InlineWriter(ledger)

    def inside(self, element: HtmlElement) -> list[Block]:
        """Return the blocks of an element's content."""
        builder = Builder(self.ledger)
        builder.children(element)
        builder.flush()
        return builder.blocks

    def add(self, kind: str, value: Any) -> None:
        self.flush()
        self.blocks.append({"type": kind, "value": value})

    def flush(self) -> None:
        """End the paragraph that is being written."""
        html, hrefs = self.inline.cut()
        if html:
            self.blocks.append(paragraphs.paragraph_block(html, hrefs=hrefs))

    def children(self, element: HtmlElement) -> None:
        self.inline.text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            self.inline.text(child.tail)

    def element(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        classes = set((element.get("class") or "").split())
        if classes & _REMOVED_CLASSES:
            name = min(classes & _REMOVED_CLASSES)
            self.ledger.drop(f"widget:{name}", " ".join(element.itertext()))
        elif classes & _POSTS and self._post(element):
            return
        elif tag in _HANDLERS:
            _HANDLERS[tag](self, element)
        elif tag in _TRANSPARENT:
            self._transparent(element, classes=classes)
        else:
            self.flush()
            self.children(element)
            self.flush()

    def link_paragraph(self, url: str, *, text: str = "") -> None:
        """Write a link that stands for what could not be shown."""
        self.flush()
        shown = escape_text(text or url)
        self.blocks.append(
            {"type": "paragraph", "value": f'<p><a href="{escape_attribute(url)}">{shown}</a></p>'}
        )

    def embed_address(self, url: str, *, caption: str = "") -> None:
        """Embed what a known provider shows; link to what is not known, and say so."""
        address = provider_address(url)
        if address:
            self.add("embed", {"url": address, "caption": caption[:1000]})
            return
        target = safe_url(url, base_url=self.ledger.base_url, web_only=True)
        if not target:
            self.ledger.drop("frame_without_address")
            return
        self.link_paragraph(target)
        host = target.partition("://")[2].partition("/")[0]
        self.ledger.tell(
            "unknown_embed",
            name=host,
            detail=f"Frames of {host} are of no known provider: a link stands in their place.",
        )

    def picture(self, element: HtmlElement) -> None:
        if _SMILEY.search(element.get("class") or ""):
            self.inline.text(element.get("alt"))
            return
        value = figures.image_value(element, ledger=self.ledger)
        if value:
            self.add("image", value)

    def _transparent(self, element: HtmlElement, *, classes: set[str]) -> None:
        if "noscript" in classes:
            self._noscript(element)
            return
        opened = self.inline.start(element)
        if element.tag == "q":
            self.inline.text("“")
        self.children(element)
        if element.tag == "q":
            self.inline.text("”")
        if opened:
            self.inline.end()

    def _noscript(self, element: HtmlElement) -> None:
        """Take the picture of a page without scripts, unless its lazy twin was taken."""
        self.ledger.removed_texts.append(" ".join(element.itertext()))
        last = self.blocks[-1] if self.blocks else None
        for image in element.iter("img"):
            value = figures.image_value(image, ledger=self.ledger)
            if value is None:
                continue
            twin = last["value"]["source_url"] if last and last["type"] == "image" else ""
            if figures.address_key(twin) != figures.address_key(value["source_url"]):
                self.add("image", value)

    def _post(self, element: HtmlElement) -> bool:
        """Embed a post of a social network that a script would have drawn."""
        candidates = [element.get(name) or "" for name in _MARKS]
        candidates += [link.get("href") or "" for link in reversed(list(element.iter("a")))]
        for candidate in candidates:
            if address := provider_address(candidate):
                self.ledger.drop("post_text", " ".join(element.itertext()))
                self.add("embed", {"url": address, "caption": ""})
                return True
        return False


def _line_break(builder: Builder, element: HtmlElement) -> None:
    if builder.inline.line_break():
        builder.flush()


def _heading(builder: Builder, element: HtmlElement) -> None:
    builder.flush()
    text = text_of(element)
    level = int(str(element.tag)[1])
    if level == 1 and fold(text) and fold(text) == fold(builder.ledger.item.title):
        builder.ledger.drop("repeated_title", text)
        return
    media = [block for block in builder.inside(element) if block["type"] != "paragraph"]
    if len(text) > 255:
        builder.blocks.append({"type": "paragraph", "value": f"<p><b>{escape_text(text)}</b></p>"})
    elif text:
        if element.find(".//a[@href]") is not None:
            builder.ledger.drop("link_in_heading")
        builder.blocks.append({"type": "heading", "value": {"text": text, "level": level}})
    builder.blocks.extend(media)


def _rule(builder: Builder, element: HtmlElement) -> None:
    builder.add("divider", None)


def _pre(builder: Builder, element: HtmlElement) -> None:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = "".join(element.itertext()).strip("\n")
    if text.strip():
        builder.add("preformatted", {"text": text})


def _frame(builder: Builder, element: HtmlElement) -> None:
    address = element.get("src") or ""
    if not address or address.startswith(("about:", "data:")):
        address = element.get("data-src") or element.get("data-lazy-src") or ""
    builder.embed_address(address)


def _player(builder: Builder, element: HtmlElement) -> None:
    value = figures.media_value(element, ledger=builder.ledger, caption=None)
    if value:
        builder.add("media", value)


def _summary(builder: Builder, element: HtmlElement) -> None:
    builder.flush()
    if text := text_of(element):
        builder.blocks.append({"type": "paragraph", "value": f"<p><b>{escape_text(text)}</b></p>"})


_HANDLERS: dict[str, Callable[[Builder, HtmlElement], None]] = {
    "br": _line_break,
    "hr": _rule,
    "pre": _pre,
    "iframe": _frame,
    "audio": _player,
    "video": _player,
    "summary": _summary,
    "img": Builder.picture,
    "amp-img": Builder.picture,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
}


def handle(*tags: str) -> Callable[[Callable[[Builder, HtmlElement], None]], Any]:
    """Register the function that turns elements of these names into blocks."""

    def register(function: Callable[[Builder, HtmlElement], None]) -> Any:
        _HANDLERS.update(dict.fromkeys(tags, function))
        return function

    return register
