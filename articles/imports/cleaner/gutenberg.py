"""Block markup: `<!-- wp:name {json} -->…<!-- /wp:name -->`, read with a stack.

The HTML inside the comments says nearly everything; this step adds what only the
attributes know, resolves reusable blocks and counts blocks without content.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from articles.imports.cleaner.autop import add_paragraphs
from articles.imports.cleaner.ledger import Ledger
from articles.imports.cleaner.shortcode_html import picture_html
from articles.imports.cleaner.shortcodes import expand_shortcodes

_NAME = re.compile(r"(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*")
_NUMBER = re.compile(r"\d+")
_MAX_DEPTH = 60
_MAX_REUSED = 200
"""Reusable blocks in one body; more is a loop in disguise."""

_EMPTY = frozenset({"core/spacer", "core/nextpage", "core/more", "core/separator"})
"""Say nothing in words and are no loss; the rule of a separator is in its HTML."""
_FREEFORM = frozenset({"core/freeform", "core/shortcode"})
_OWN_FAMILIES = ("core/", "core-embed/")


@dataclass(slots=True)
class _Block:
    """An open block: what it holds so far, as HTML."""

    name: str
    attributes: dict[str, Any]
    parts: list[str] = field(default_factory=list)


def has_blocks(text: str) -> bool:
    """Tell block markup from classic text."""
    return "<!-- wp:" in text


def blocks_to_html(text: str, *, ledger: Ledger) -> str:
    """Return block markup as HTML, with shortcodes expanded; linear in its length.

    Text between blocks gets paragraph rules. A block that is not closed keeps its text.
    """
    return _Reader(ledger).read(text, reusing=frozenset())


class _Reader:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.reused = 0

    def read(self, text: str, *, reusing: frozenset[str]) -> str:
        """Read one body; `reusing` are the reusable blocks it stands in."""
        stack = [_Block("", {})]
        open_names: dict[str, int] = {}
        position = 0
        while (start := text.find("<!--", position)) >= 0:
            end = text.find("-->", start + 4)
            if end < 0:
                break
            self._add_text(stack, text[position:start])
            self._take(text[start + 4 : end], stack=stack, names=open_names, reusing=reusing)
            position = end + 3
        self._add_text(stack, text[position:])
        while len(stack) > 1:
            self._close(stack, reusing=reusing)
        return "".join(stack[0].parts)

    def _add_text(self, stack: list[_Block], text: str) -> None:
        # Shortcodes are expanded here, where each piece of text passes only once.
        if len(stack) > 1:
            stack[-1].parts.append(expand_shortcodes(text, ledger=self.ledger))
        elif text.strip():
            stack[0].parts.append(add_paragraphs(expand_shortcodes(text, ledger=self.ledger)))

    def _take(
        self,
        comment: str,
        *,
        stack: list[_Block],
        names: dict[str, int],
        reusing: frozenset[str],
    ) -> None:
        body = comment.strip()
        is_end = body.startswith("/wp:")
        if not is_end and not body.startswith("wp:"):
            return
        match = _NAME.match(body, 4 if is_end else 3)
        if match is None:
            return
        name = match[0] if "/" in match[0] else f"core/{match[0]}"
        if is_end:
            if names.get(name):
                while stack[-1].name != name:
                    names[stack[-1].name] -= 1
                    self._close(stack, reusing=reusing)
                names[name] -= 1
                self._close(stack, reusing=reusing)
            return
        rest = body[match.end() :].strip()
        block = _Block(name, self._read_attributes(rest.removesuffix("/").strip(), name=name))
        if rest.endswith("/"):
            stack[-1].parts.append(self._write(block, inner="", reusing=reusing))
        elif len(stack) <= _MAX_DEPTH:
            stack.append(block)
            names[name] = names.get(name, 0) + 1

    def _read_attributes(self, text: str, *, name: str) -> dict[str, Any]:
        if not text:
            return {}
        try:
            attributes = json.loads(text)
        except (ValueError, RecursionError):
            self.ledger.tell(
                "broken_block",
                name=name,
                detail=f"The attributes of a block {name} are damaged: only its text was used.",
            )
            return {}
        return attributes if isinstance(attributes, dict) else {}

    def _close(self, stack: list[_Block], *, reusing: frozenset[str]) -> None:
        block = stack.pop()
        html = self._write(block, inner="".join(block.parts), reusing=reusing)
        stack[-1].parts.append(html)

    def _write(self, block: _Block, *, inner: str, reusing: frozenset[str]) -> str:
        name, attributes = block.name, block.attributes
        if name == "core/block":
            return self._reuse(str(attributes.get("ref", "")), reusing=reusing)
        if name in _FREEFORM:
            return add_paragraphs(inner)
        if name in {"core/image", "core/cover", "core/media-text"}:
            return _with_picture(attributes, inner, is_image=name == "core/image")
        if name == "core/gallery":
            return self._gallery(attributes, inner)
        if name == "core/embed" or name.startswith("core-embed/"):
            return _embed(attributes, inner)
        if not name.startswith(_OWN_FAMILIES):
            self._foreign(name)
        elif not inner.strip() and name not in _EMPTY:
            self.ledger.drop(f"block:{name}")
        return inner

    def _foreign(self, name: str) -> None:
        self.ledger.drop(f"block:{name}")
        self.ledger.tell(
            "unknown_block",
            name=name,
            detail=f"Blocks {name} are a plugin's: their text was kept, the rest was not.",
        )

    def _reuse(self, ref: str, *, reusing: frozenset[str]) -> str:
        body = self.ledger.item.reusable_blocks.get(ref)
        self.reused += 1
        if body is None or ref in reusing or self.reused > _MAX_REUSED or len(reusing) > 10:
            self.ledger.drop("block:core/block")
            self.ledger.tell(
                "missing_reusable_block",
                name=ref,
                detail=f"The reusable block {ref} of the text is not in the archive.",
            )
            return ""
        return self.read(body, reusing=reusing | {ref})

    def _gallery(self, attributes: dict[str, Any], inner: str) -> str:
        if "<img" in inner.lower():
            return inner
        ids = attributes.get("ids")
        numbers = _NUMBER.findall(json.dumps(ids)) if isinstance(ids, list) else []
        found = [self.ledger.find_media(number=number) for number in numbers[:500]]
        figures = "".join(picture_html(media) for media in found if media)
        return f'<figure class="wp-block-gallery">{figures}</figure>' if figures else inner


def _with_picture(attributes: dict[str, Any], inner: str, *, is_image: bool) -> str:
    """Add what only the attributes tell: the picture's number, or the picture itself."""
    number = str(attributes.get("id") or attributes.get("mediaId") or "")
    if "<img" in inner.lower() or "<video" in inner.lower():
        if number.isdigit() and is_image and "wp-image-" not in inner:
            return inner.replace("<img", f'<img data-id="{number}"', 1)
        return inner
    url = attributes.get("url")
    if not isinstance(url, str) or not url or attributes.get("backgroundType") == "video":
        return inner
    marker = f' data-id="{number}"' if number.isdigit() else ""
    return f'<figure><img src="{escape(url)}"{marker}></figure>{inner}'


def _embed(attributes: dict[str, Any], inner: str) -> str:
    url = attributes.get("url")
    if not isinstance(url, str) or inner.strip():
        return inner
    return f"<p>{escape(url)}</p>"
