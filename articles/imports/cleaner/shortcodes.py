"""Shortcodes: `[name attributes]text[/name]` in WordPress bodies.

A scanner with a stack, in linear time. Nothing is taken for a shortcode inside
`<pre>`, `<code>`, tags and comments, and words in brackets remain prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from articles.imports.cleaner.ledger import Ledger
from articles.imports.cleaner.shortcode_html import CAPTURING, VOID, render

_MAX_TAG = 20_000
_STOP = re.compile(r"[\[<]")
_TAG_END = re.compile(r"[\[\]]")
_ANGLE = re.compile(r"[<>]")
_NAME = re.compile(r"(/?)([A-Za-z][A-Za-z0-9_-]*)(?=[\s/\]=:]|$)")
_SKIPPED = re.compile(r"<(pre|code|script|style)(?=[\s>])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))|\"([^\"]*)\"|'([^']*)'|(\S+)"
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "″": '"', "‘": "'", "’": "'", "′": "'"})
_QUOTE_ENTITIES = re.compile(r"&(?:quot|ldquo|rdquo|bdquo|Prime|#8220|#8221|#8222|#8243|#34|#034);")
_BUILDERS = (
    *("vc_", "et_pb_", "su_", "fusion_", "av_", "tatsu_", "cs_", "x_", "mk_", "nectar_"),
    *("one_", "two_", "three_", "four_", "ultimate_", "siteorigin_", "td_block", "wpb_", "ux_"),
)
_BUILDER_NAMES = frozenset(
    {"row", "col", "column", "columns", "section", "dropcap", "tabs", "tab", "accordion", "toggle"}
)
_REMOVED = frozenset(
    {
        *("contact-form-7", "contact-form", "gravityform", "gravityforms", "wpforms", "formidable"),
        *("ninja_form", "ninja_forms", "ninja_tables", "adrotate", "adsense", "the_ad", "ads"),
        *("the_ad_group", "newsletter", "newsletter_form", "mc4wp_form", "sharethis", "addtoany"),
        *("jetpack_subscription_form", "sitemap", "social-share", "mailpoet_form", "related_posts"),
        *("ad", "caldera_form", "fluentform", "yarpp", "quads", "adinserter"),
    }
)

Kind = Literal["text", "open", "close"]


@dataclass(slots=True)
class _Token:
    kind: Kind
    raw: str
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    matched: bool = False


def expand_shortcodes(text: str, *, ledger: Ledger) -> str:
    """Return a text with its shortcodes as HTML; what becomes of each see formats, 2.4."""
    if "[" not in text:
        return text
    tokens = _Scanner(text).scan()
    _match(tokens)
    return _Writer(ledger).write(tokens)


def parse_attributes(text: str) -> dict[str, str]:
    """Return attributes by lower-case name; those without a name by place, "0", "1"."""
    text = _QUOTE_ENTITIES.sub('"', text.translate(_QUOTES)).replace("\u00a0", " ")
    found: dict[str, str] = {}
    places = 0
    for match in _ATTRIBUTE.finditer(text[:_MAX_TAG]):
        values = match.groups()
        if values[0]:
            found.setdefault(values[0].lower(), values[1] or values[2] or values[3] or "")
        else:
            found[str(places)] = values[4] or values[5] or values[6] or ""
            places += 1
    return found


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[_Token] = []
        self.start_of_text = 0
        self.never_again: set[str] = set()

    def scan(self) -> list[_Token]:
        position = 0
        while match := _STOP.search(self.text, position):
            at = match.start()
            position = self._skip_markup(at) if match[0] == "<" else self._bracket(at)
        self._add_text(len(self.text))
        return self.tokens

    def _skip_markup(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            return self._find_past("-->", at=at + 4)
        if match := _SKIPPED.match(self.text, at):
            return self._find_past(f"</{match[1].lower()}", at=match.end())
        end = _ANGLE.search(self.text, at + 1)
        return end.end() if end and end[0] == ">" else at + 1

    def _find_past(self, needle: str, *, at: int) -> int:
        # What was not found once will not be found further on: it is not sought again.
        if needle in self.never_again:
            return at
        end = self.text.find(needle, at)
        if end < 0:
            self.never_again.add(needle)
            return at
        return end + len(needle)

    def _bracket(self, at: int) -> int:
        if self.text.startswith("[[", at) and (past := self._literal(at)):
            return past
        match = _NAME.match(self.text, at + 1)
        if not match or "]" in self.never_again:
            return at + 1
        end = _TAG_END.search(self.text, match.end())
        if end is None:
            self.never_again.add("]")
            return at + 1
        if end[0] == "[" or end.start() - at > _MAX_TAG:
            return at + 1
        self._add_text(at)
        raw = self.text[at : end.end()]
        token = _Token("close" if match[1] else "open", raw, name=match[2].lower())
        if not match[1]:
            token.attributes = parse_attributes(raw[len(match[0]) + 1 : -1].removesuffix("/"))
        self.tokens.append(token)
        self.start_of_text = end.end()
        return end.end()

    def _literal(self, at: int) -> int:
        """Read `[[x]]`, which stands for the text `[x]`; return its end or 0."""
        if not _NAME.match(self.text, at + 2):
            return 0
        end = _TAG_END.search(self.text, at + 2)
        if end is None or not self.text.startswith("]]", end.start()):
            return 0
        self._add_text(at)
        self.tokens.append(_Token("text", self.text[at + 1 : end.start() + 1]))
        self.start_of_text = end.start() + 2
        return self.start_of_text

    def _add_text(self, end: int) -> None:
        if end > self.start_of_text:
            self.tokens.append(_Token("text", self.text[self.start_of_text : end]))


def _match(tokens: list[_Token]) -> None:
    """Mark opening and closing tags that belong together; they nest properly."""
    counts: dict[str, int] = {}
    stack: list[_Token] = []
    for token in tokens:
        if token.kind == "open":
            stack.append(token)
            counts[token.name] = counts.get(token.name, 0) + 1
        elif token.kind == "close" and counts.get(token.name):
            while (top := stack.pop()).name != token.name:
                counts[top.name] -= 1
            counts[token.name] -= 1
            top.matched = token.matched = True


class _Writer:
    """Writes tokens; those of `CAPTURING` and `_REMOVED` collect what they enclose."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.frames: list[tuple[_Token | None, list[str]]] = [(None, [])]
        self.unwrapped: set[str] = set()

    def write(self, tokens: list[_Token]) -> str:
        for token in tokens:
            if token.kind == "text":
                self.frames[-1][1].append(token.raw)
            elif token.kind == "open":
                self._open(token)
            else:
                self._close(token)
        return "".join(self.frames[0][1])

    def _open(self, token: _Token) -> None:
        name = token.name
        if name in CAPTURING and not token.matched and not token.attributes:
            self.frames[-1][1].append(token.raw)
        elif name in CAPTURING or name in _REMOVED:
            # Shortcodes do not nest in themselves; and so at most as deep as there are names.
            if token.matched and all(not frame or frame.name != name for frame, _ in self.frames):
                self.frames.append((token, []))
            else:
                self._finish(token, inner="")
        elif name in VOID:
            self._finish(token, inner="")
        elif name.startswith(_BUILDERS) or (name in _BUILDER_NAMES and _looks_meant(token)):
            self.ledger.drop(f"shortcode:{name}", token.raw)
            self.unwrapped.add(name)
        elif _looks_meant(token):
            self._unknown(token)
        else:
            self.frames[-1][1].append(token.raw)

    def _close(self, token: _Token) -> None:
        if token.name in CAPTURING or token.name in _REMOVED:
            opened, inner = self.frames[-1]
            if token.matched and opened and opened.name == token.name:
                self.frames.pop()
                self.ledger.removed_texts.append(token.raw)
                self._finish(opened, inner="".join(inner))
            else:
                self.ledger.drop(f"shortcode:/{token.name}", token.raw)
        elif token.matched or token.name in self.unwrapped or token.name.startswith(_BUILDERS):
            self.ledger.removed_texts.append(token.raw)
        else:
            self.frames[-1][1].append(token.raw)

    def _finish(self, token: _Token, *, inner: str) -> None:
        if token.name in _REMOVED:
            self.ledger.drop(f"shortcode:{token.name}", f"{token.raw} {inner}")
            return
        html = render(token.name, token.attributes, inner=inner, ledger=self.ledger)
        self.ledger.removed_texts.append(token.raw)
        if html is None:
            self._unknown(token)
            html = inner
        self.frames[-1][1].append(html)

    def _unknown(self, token: _Token) -> None:
        self.unwrapped.add(token.name)
        self.ledger.drop(f"shortcode:{token.name}", token.raw)
        self.ledger.tell(
            "unknown_shortcode",
            name=token.name,
            detail=f"The shortcode [{token.name}] is not known: its text was kept without it.",
        )


def _looks_meant(token: _Token) -> bool:
    """Tell a shortcode from a word in brackets: it is closed, or has `name=value`."""
    return token.matched or any(not key.isdigit() for key in token.attributes)
