"""Paragraphs for text whose author only pressed the return key.

`add_paragraphs` follows the display rules of WordPress for classic text:
https://developer.wordpress.org/reference/functions/wpautop/
"""

from __future__ import annotations

import re
from html import escape

_BLOCKS = frozenset(
    {
        *("table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th"),
        *("div", "dl", "dd", "dt", "ul", "ol", "li", "pre", "form", "map", "area", "blockquote"),
        *("address", "style", "script", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("fieldset", "legend", "section", "article", "aside", "hgroup", "header", "footer"),
        *("nav", "figure", "figcaption", "details", "summary", "iframe", "video", "audio"),
        *("object", "center"),
    },
)
_RAW = frozenset({"pre", "script", "style", "textarea", "svg"})
"""Left as they are, line feeds included."""
_UNWRAPPED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"})
"""Hold running text themselves: line feeds become breaks, never paragraphs."""
_LOOSE = frozenset({"li", "td", "th", "dd", "dt", "summary"})
"""Hold running text too, and paragraphs when there are several."""
_STRUCTURE = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "figure"})

_TAG = re.compile(r"<!--|</?([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_URL_LINE = re.compile(r"^[^\S\n]*(https?://[^\s<>\"\[\]]+)[^\S\n]*$", re.MULTILINE)
_BREAKS = re.compile(r"<br[ /]*>[^\S\n]*\n?[^\S\n]*<br[ /]*>", re.IGNORECASE)
_BREAK = re.compile(r"(<br[ /]*>)[^\S\n]*\n", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?=\n)")


def add_paragraphs(text: str) -> str:
    """Return classic text as HTML with `<p>` and `<br>`; linear in its length.

    Blank lines (also of no-break spaces) and double breaks part paragraphs, single line
    feeds become breaks, `<pre>` stays as it is, an address alone on its line becomes a
    paragraph, and block elements are not wrapped.
    """
    return _Paragraphs().run(_even_line_feeds(text))


def text_to_html(text: str) -> str:
    """Return plain text as HTML: blank lines part paragraphs, `* * *` becomes a rule.

    Lines are joined when most are hard-wrapped (60 to 80 characters); else a line feed
    is a break.
    """
    text = _even_line_feeds(text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    wrapped = sum(60 <= len(line) <= 80 for line in lines)
    joint = " " if len(lines) > 2 and wrapped * 2 > len(lines) else "<br>"
    parts = []
    for block in _split_blank_lines(text):
        stripped = [line.strip() for line in block.split("\n")]
        if "".join(stripped).replace(" ", "") in {"***", "---", "___"}:
            parts.append("<hr>")
        else:
            parts.append(f"<p>{joint.join(escape(line, quote=False) for line in stripped)}</p>")
    return "\n".join(parts)


def _even_line_feeds(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return text.replace("&nbsp;\n", "\n").replace("\n&nbsp;\n", "\n\n")


def _split_blank_lines(text: str) -> list[str]:
    # A run of blanks is looked at once only, so that a megabyte of them costs no more.
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip() not in {"", "&nbsp;"}:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return ["\n".join(lines) for lines in paragraphs if lines]


class _Paragraphs:
    """Walks the tags once; `run_of_text` gathers what stands between block tags."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.run_of_text: list[str] = []
        self.open: list[str] = []

    def run(self, text: str) -> str:
        text = _URL_LINE.sub(r"\n\n\1\n\n", text)
        position = 0
        while match := _TAG.search(text, position):
            self.run_of_text.append(text[position : match.start()])
            position = self._take(text, match)
        self.run_of_text.append(text[position:])
        self._flush()
        return "".join(self.out)

    def _take(self, text: str, match: re.Match[str]) -> int:
        """Handle a tag or comment and return where the text goes on."""
        name = (match[1] or "").lower()
        if not name:
            end = text.find("-->", match.end())
            return len(text) if end < 0 else end + 3
        is_end = match[0].startswith("</")
        if name in _RAW and not is_end:
            return self._copy_raw(text, match=match, name=name)
        if name not in _BLOCKS:
            self.run_of_text.append(match[0])
            return match.end()
        self._flush()
        self.out.append(match[0])
        if is_end:
            self._close(name)
        elif name != "hr" and not match[0].endswith("/>"):
            if name == "p" and self.open and self.open[-1] == "p":
                self.open.pop()
            self.open.append(name)
        return match.end()

    def _copy_raw(self, text: str, *, match: re.Match[str], name: str) -> int:
        end = _find_end_tag(text, name=name, start=match.end())
        if name == "pre":
            self._flush()
            self.out.append(text[match.start() : end])
        else:
            self.run_of_text.append(text[match.start() : end].replace("\n", " "))
        return end

    def _close(self, name: str) -> None:
        # Only the nearest few are looked at: wrong nesting must not cost a search each.
        for depth, candidate in enumerate(reversed(self.open[-8:]), 1):
            if candidate == name:
                del self.open[-depth:]
                return

    def _flush(self) -> None:
        text = "".join(self.run_of_text)
        self.run_of_text = []
        if not text.strip():
            return
        holder = self.open[-1] if self.open else ""
        if holder in _STRUCTURE:
            self.out.append(text)
            return
        text = _BREAKS.sub("\n\n", text) if holder not in _UNWRAPPED else text
        parts = [_break_lines(part) for part in _split_blank_lines(text)]
        if holder in _UNWRAPPED:
            self.out.append("</p>\n<p>".join(parts) if holder == "p" else "<br>".join(parts))
        elif holder in _LOOSE and len(parts) == 1:
            self.out.append(parts[0])
        else:
            self.out.extend(f"<p>{part}</p>\n" for part in parts)


def _find_end_tag(text: str, *, name: str, start: int) -> int:
    match = re.compile(rf"</{name}[^<>]*>", re.IGNORECASE).search(text, start)
    return match.end() if match else len(text)


def _break_lines(text: str) -> str:
    return _BREAK.sub(r"\1", text.strip()).replace("\n", "<br>\n")
