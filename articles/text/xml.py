"""Texts that may stand in XML, whatever they hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_characters(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold: control characters, lone surrogates.

    Source: Extensible Markup Language 1.0, production 2 (Char).
    """
    return _NOT_IN_XML.sub("", text)


def xml_text(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(xml_characters(text))


def xml_attribute(text: str) -> str:
    """Return a text as the value of an attribute, its quotes included."""
    return quoteattr(xml_characters(text))
