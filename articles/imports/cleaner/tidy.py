"""Markup made harmless for the parsers: depth bounded, comments and scripts out."""

from __future__ import annotations

import re
from collections import Counter

from articles.imports.cleaner.ledger import Ledger
from articles.text.safe_html import REMOVED_WITH_CONTENT, drop_controls

MAX_DEPTH = 30
"""Elements in each other; deeper ones are opened no more, their text stays."""

_WS = r"[ \t\n\f\r]"
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^ \t\n\f\r/>]*+)"
    rf"((?:(?:{_WS}|/)++|=|[^ \t\n\f\r/>=]++"
    rf"(?:{_WS}*+={_WS}*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^ \t\n\f\r>]*+)?)?)*+)>"
)
"""A tag exactly as HTML's tokenizer reads it: quotes count after an equals sign only."""
_SIMPLE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*+)>")
_OPENING = re.compile(r"<(?=/?[a-zA-Z]|/)")
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*")
_UNNESTED = frozenset(
    {
        *("p", "li", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd", "option"),
        *("img", "br", "hr", "input", "link", "area", "col", "source", "wbr", "track", "param"),
    }
)
"""Void elements, and those that end by themselves where the next one begins."""
_NEVER = REMOVED_WITH_CONTENT | {"plaintext", "html", "body", "base", "meta", "frame"}
_ACTIVE = re.compile(
    r"<(" + "|".join(sorted(REMOVED_WITH_CONTENT)) + r")(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_VOID_ACTIVE = frozenset({"embed"})


def tidy(html: str, *, ledger: Ledger) -> str:
    """Return HTML without comments and active elements, at most `MAX_DEPTH` deep.

    Parsers of HTML look back over what is open at each tag; without a bound, a megabyte
    of `<div>` would cost them hours. This is no sanitizer: the allow-list comes next.
    Linear in the length of the input.
    """
    return _Bound().run(_remove_active(_drop_comments(drop_controls(html)), ledger=ledger))


def _drop_comments(html: str) -> str:
    parts: list[str] = []
    position = 0
    never_again: set[str] = set()
    while (start := html.find("<", position)) >= 0:
        nearby = html[start + 1 : start + 4]
        bogus = nearby[:1] in {"!", "?"}
        if not bogus:
            parts.append(html[position : start + 1])
            position = start + 1
            continue
        parts.append(html[position:start])
        needle = "-->" if nearby == "!--" else ">"
        end = -1 if needle in never_again else html.find(needle, start + 2)
        if end < 0:
            never_again.add(needle)
            parts.append("&lt;")
            position = start + 1
        else:
            position = end + len(needle)
    parts.append(html[position:])
    return "".join(parts)


def _remove_active(html: str, *, ledger: Ledger) -> str:
    """Drop scripts, forms and the like with their content; each is counted by its name."""
    parts: list[str] = []
    never_again: set[str] = set()
    position = 0
    while match := _ACTIVE.search(html, position):
        name = match[1].lower()
        parts.append(html[position : match.start()])
        position = match.end()
        ledger.drop(name)
        if name in _VOID_ACTIVE or match[0].endswith("/>") or name in never_again:
            continue
        end = re.compile(rf"</{name}[^<>]*>", re.IGNORECASE).search(html, position)
        if end is None:
            # Never closed: the tag goes and its text stays, for it may be the article's.
            never_again.add(name)
            continue
        ledger.removed_texts.append(html[position : end.start()])
        position = end.end()
    parts.append(html[position:])
    return "".join(parts)


class _Bound:
    """Copies HTML tag by tag, so that any parser sees the same tags as the count does."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.depth = 0

    def run(self, html: str) -> str:
        position = 0
        is_broken = False
        while start := _OPENING.search(html, position):
            at = start.start()
            self.parts.append(html[position:at])
            match = (_SIMPLE_TAG if is_broken else _TAG).match(html, at)
            if match is None and not is_broken and html[at + 1 : at + 3].strip("/")[:1].isalpha():
                # From here on the file is one tag that never ends: its quotes are wrong,
                # and only tags without attributes can still be told.
                is_broken = True
                match = _SIMPLE_TAG.match(html, at)
            if match is None:
                self.parts.append("&lt;")
                position = at + 1
                continue
            self._tag(match, with_attributes=not is_broken)
            position = match.end()
        self.parts.append(html[position:])
        return "".join(self.parts)

    def _tag(self, match: re.Match[str], *, with_attributes: bool) -> None:
        name, is_end = match[2].lower(), bool(match[1])
        if name in _NEVER or not _PLAIN_NAME.fullmatch(name):
            return
        attributes = match[3] if with_attributes and not is_end else ""
        if name == "iframe":
            # What a frame holds is text to a parser and markup to the count: it is moved out.
            if not is_end:
                self.parts.append(f"<iframe{attributes}></iframe>")
            return
        if name == "noscript":
            name, attributes = "span", "" if is_end else ' class="noscript"'
        if name in _UNNESTED or self._may_pass(name, is_end=is_end):
            self.parts.append(f"</{name}>" if is_end else f"<{name}{attributes}>")

    def _may_pass(self, name: str, *, is_end: bool) -> bool:
        if is_end:
            if self.refused[name]:
                self.refused[name] -= 1
                return False
            if not self.open[name]:
                return False
            self.open[name] -= 1
            self.depth -= 1
            return True
        if self.depth >= MAX_DEPTH:
            self.refused[name] += 1
            return False
        self.open[name] += 1
        self.depth += 1
        return True
