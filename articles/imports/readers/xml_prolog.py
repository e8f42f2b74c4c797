"""What stands before a document's first element, read without a parser.

A document type declaration that declares anything is refused before a parser sees it.
The prolog is taken apart mark by mark, so that no name, comment or instruction before
the declaration can hide it; what cannot be taken apart is refused.
"""

from __future__ import annotations

import codecs
import re

from articles.imports.readers.base import UnusableSource

_BEGINNINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_ENCODING = re.compile(r"<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']([^\"'<>]{1,40})[\"']")
_ASCII_BASED = re.compile(
    r"(?:utf-?(?:8|16|32)|us-ascii|ascii|iso-8859-|iso_8859-|latin-?\d|windows-\d|cp125|koi8-"
    r"|shift_jis|sjis|euc-|gbk|gb2312|gb18030|big5|ucs-)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s*")
_TYPE_PART = re.compile(r"[^\[>\"']*")


def refuse_declarations(head: bytes, *, file: str, is_strict: bool = False) -> None:
    """Raise `UnusableSource` if a document's prolog declares entities or the like.

    With `is_strict` also if the first element does not begin within `head`, or if
    something stands before it that no prolog has.
    """
    text = _decode(head)
    encoding = _ENCODING.match(text)
    if encoding and not _ASCII_BASED.match(encoding[1]):
        # In such an encoding other bytes than `<!` may spell a declaration.
        raise UnusableSource(
            f"the encoding {encoding[1]} is not read.",
            file=file,
            line=1,
            advice="Convert the file to UTF-8. Nothing was imported.",
        )
    at = _BLANKS.match(text).end()  # type: ignore[union-attr]  # it matches always
    while text.startswith(("<?", "<!--", "<!DOCTYPE"), at):
        if text.startswith("<!DOCTYPE", at):
            end = _end_of_type(text, at=at, file=file)
        else:
            mark = "?>" if text.startswith("<?", at) else "-->"
            found = text.find(mark, at + (2 if mark == "?>" else 4))
            end = found + len(mark) if found >= 0 else len(text)
        at = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
    if is_strict and not re.match(r"<[^\W\d]", text[at : at + 2]):
        raise UnusableSource(
            "no element begins the file, as one does in XML.",
            file=file,
            line=text.count("\n", 0, at) + 1,
            advice="Nothing was imported. Export again.",
        )


def _end_of_type(text: str, *, at: int, file: str) -> int:
    """Return where a bare document type ends; its quoted names may hold any mark."""
    place = at
    while place < len(text):
        place = _TYPE_PART.match(text, place).end()  # type: ignore[union-attr]
        mark = text[place : place + 1]
        if mark == ">":
            return place + 1
        if mark == "[":
            raise UnusableSource(
                "the file declares its own entities (<!DOCTYPE … [ … ]>), a known attack.",
                file=file,
                line=text.count("\n", 0, at) + 1,
                advice="It is refused unread; a real export has none. Nothing was imported.",
            )
        closing = text.find(mark, place + 1) if mark else -1
        place = closing + 1 if closing >= 0 else len(text)
    return place


def _decode(head: bytes) -> str:
    for beginning, encoding in _BEGINNINGS:
        if head.startswith(beginning):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    return head.decode("latin-1")
