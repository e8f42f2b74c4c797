"""Inline markup in the database form of Wagtail's rich text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from articles.imports.cleaner.ledger import Ledger
from articles.text.safe_html import safe_url

INLINE = {
    **{"strong": "b", "b": "b", "em": "i", "i": "i", "dfn": "i", "var": "i"},
    **{"code": "code", "kbd": "code", "samp": "code", "tt": "code"},
    **{"sup": "sup", "sub": "sub", "s": "s", "strike": "s", "del": "s"},
}
"""Elements and what they are called in rich text; a link is handled apart."""

_EMPTY = re.compile(r"<(b|i|code|sup|sub|s)>(\s|&nbsp;)*</\1>|<a href=\"[^\"<>]*\">\s*</a>")
_EDGE = re.compile(r"^(?:\s|&nbsp;|<br>)+")
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def escape_text(text: str) -> str:
    """Escape text as the sanitizer writes it, so that it finds nothing to change."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\u00a0", "&nbsp;")


def escape_attribute(text: str) -> str:
    """Escape an attribute's value as the sanitizer writes it."""
    return escape_text(text).replace('"', "&quot;")


class InlineWriter:
    """Collects a paragraph; may be cut anywhere, for what is open is closed and reopened."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []
        """Names of the open elements, and their start tags."""
        self.hrefs: list[str] = []

    def text(self, text: str | None) -> None:
        if text:
            self.parts.append(escape_text(_BLANKS.sub(" ", text)))

    def line_break(self) -> bool:
        """Write a break; True says that it is the second in a row: a paragraph ends."""
        for part in reversed(self.parts[-4:]):
            if part == "<br>":
                return True
            if part.strip():
                break
        self.parts.append("<br>")
        return False

    def start(self, element: HtmlElement) -> bool:
        """Open an element; False says that nothing was opened."""
        if element.tag == "a":
            href = link_address(element, ledger=self.ledger)
            if not href or any(name == "a" for name, _ in self.open):
                return False
            self.hrefs.append(href)
            self._open("a", f'<a href="{escape_attribute(href)}">')
            return True
        name = INLINE.get(element.tag, "")
        if not name or any(name == other for other, _ in self.open):
            return False
        self._open(name, f"<{name}>")
        return True

    def end(self) -> None:
        name, _ = self.open.pop()
        self.parts.append(f"</{name}>")

    def cut(self) -> tuple[str, list[str]]:
        """Return what was written so far as HTML, with its links; go on with what is open."""
        closing = "".join(f"</{name}>" for name, _ in reversed(self.open))
        html, hrefs = trim("".join(self.parts) + closing), self.hrefs
        self.parts = [tag for _, tag in self.open]
        self.hrefs = []
        return html, hrefs

    def _open(self, name: str, tag: str) -> None:
        self.open.append((name, tag))
        self.parts.append(tag)


def link_address(element: HtmlElement, *, ledger: Ledger) -> str:
    """Return where a link leads, absolute if the base is known; "" for places in the page."""
    href = (element.get("href") or "").strip()
    if not href or href.startswith("#"):
        return ""
    return safe_url(href, base_url=ledger.base_url)[:2000]


def trim(html: str) -> str:
    """Drop blanks and breaks at the edges, and elements that hold nothing."""
    for _ in range(4):
        shorter = _EMPTY.sub(r"\2", html)
        if shorter == html:
            break
        html = shorter
    html = _EDGE.sub("", html)
    end = len(html)
    while end:
        if html[end - 1].isspace():
            end -= 1
        elif html.endswith("<br>", 0, end):
            end -= 4
        elif html.endswith("&nbsp;", 0, end):
            end -= 6
        else:
            break
    return html[:end]
