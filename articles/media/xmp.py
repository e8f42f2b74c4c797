"""The newer way in which captions, credits and rights are written into pictures: RDF in XML.

Source: ISO 16684-1 (XMP); IPTC Photo Metadata Standard 2023.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
MAX_PACKET_BYTES = 4 * 1024 * 1024
MAX_VALUES = 1_000


class DamagedXMP(ValueError):
    """The packet is not XML that may be read; the message says why."""


class XMP:
    """The properties of one packet. Names are written as `dc:creator`."""

    def __init__(self, descriptions: list[etree._Element]) -> None:
        self._descriptions = descriptions

    def get_list(self, name: str) -> list[str]:
        """List a property's values in order; empty when it is not there."""
        return [text for _, text in self._list_values(name)]

    def get_text(self, name: str, *, language: str = "") -> str:
        """Give a property's text: in `language` (BCP 47) if asked, else the default, else any."""
        values = self._list_values(name)
        wanted = [language.lower(), "x-default", ""] if language else ["x-default", ""]
        for choice in wanted:
            for found, text in values:
                if found == choice:
                    return text
        return values[0][1] if values else ""

    def get_member(self, name: str, member: str) -> str:
        """Give a member of a structure, or of the first structure of a list."""
        for prop in self._find(name):
            if isinstance(prop, etree._Element):
                for found in prop.iter(_qualify(member)):
                    texts = _read_values(found)
                    if texts:
                        return texts[0][1]
                for holder in prop.iter(f"{{{RDF}}}Description", f"{{{RDF}}}li"):
                    if text := holder.get(_qualify(member)):
                        return str(text)
        return ""

    def _find(self, name: str) -> list[etree._Element | str]:
        qualified = _qualify(name)
        found: list[etree._Element | str] = []
        for description in self._descriptions:
            if (text := description.get(qualified)) is not None:
                found.append(str(text))
            found += description.findall(qualified)
        return found

    def _list_values(self, name: str) -> list[tuple[str, str]]:
        """List (language or empty, text) pairs; texts of blanks are left out."""
        values: list[tuple[str, str]] = []
        for prop in self._find(name):
            values += [("", prop)] if isinstance(prop, str) else _read_values(prop)
        return [(language, text) for language, text in values[:MAX_VALUES] if text.strip()]


def parse_xmp(packet: bytes) -> XMP:
    """Read a packet in UTF-8, UTF-16 or UTF-32, with or without byte-order mark.

    Raises:
        DamagedXMP: too large, not well-formed, or with a document type.
    """
    if len(packet) > MAX_PACKET_BYTES:
        raise DamagedXMP(f"it holds more than {MAX_PACKET_BYTES} bytes")
    text = _decode(packet)
    start, end = text.find("<"), text.rfind(">")
    text = text[start : end + 1] if start >= 0 else ""
    if "<!DOCTYPE" in text:
        raise DamagedXMP("it has a document type")
    if text.startswith("<?xml "):  # its declared encoding is no longer true
        text = text.partition("?>")[2]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedXMP(f"it is not well-formed XML ({error})") from error
    descriptions: list[etree._Element] = []
    for rdf in root.iter(f"{{{RDF}}}RDF"):
        descriptions += rdf.findall(f"{{{RDF}}}Description")
    return XMP(descriptions)


def build_xmp(properties: Mapping[str, str]) -> bytes:
    """Write a packet of the given texts, in UTF-8; empty texts are left out.

    Args:
        properties: name as `photoshop:Credit` to plain text. `dc:creator` becomes a
            list of one, `dc:rights` and `xmpRights:UsageTerms` texts by language.
    """
    lines = []
    for name, text in properties.items():
        value = escape(text)
        if not value:
            continue
        if name == "dc:creator":
            value = f"<rdf:Seq><rdf:li>{value}</rdf:li></rdf:Seq>"
        elif name in {"dc:rights", "xmpRights:UsageTerms"}:
            value = f'<rdf:Alt><rdf:li xml:lang="x-default">{value}</rdf:li></rdf:Alt>'
        lines.append(f"<{name}>{value}</{name}>")
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" {declared}>{"".join(lines)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _decode(packet: bytes) -> str:
    # A packet starts with "<", so the zero bytes around it show its encoding.
    head = packet.lstrip(b"\xfe\xff\xef\xbb\xbf")[:4] or b"    "
    if head[:4] in {b"\0\0\0<", b"\0\0<\0"}:
        encoding = "utf-32-be"
    elif head == b"<\0\0\0":
        encoding = "utf-32-le"
    elif head[:1] == b"\0":
        encoding = "utf-16-be"
    elif head[1:2] == b"\0":
        encoding = "utf-16-le"
    else:
        encoding = "utf-8"
    return packet.decode(encoding, errors="replace").replace("\0", "")


def _qualify(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _read_values(prop: etree._Element) -> list[tuple[str, str]]:
    items = prop.findall(f"{{{RDF}}}*/{{{RDF}}}li")
    if items:
        return [(str(item.get(XML_LANG, "")).lower(), _read_text(item)) for item in items]
    return [(str(prop.get(XML_LANG, "")).lower(), _read_text(prop))]


def _read_text(element: etree._Element) -> str:
    """Give a leaf's text or address; structures have none."""
    if resource := element.get(f"{{{RDF}}}resource"):
        return str(resource)
    if len(element):
        value = element.find(f"{{{RDF}}}Description/{{{RDF}}}value")
        value = element.find(f"{{{RDF}}}value") if value is None else value
        return "" if value is None else str(value.text or "")
    return str(element.text or "")
