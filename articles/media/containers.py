"""Replacing the metadata inside JPEG, PNG and WebP files without touching the pixels.

Each function takes a whole file and gives it back with all metadata removed but what
showing the picture needs (color profile, transparency, animation, density), and with
the given EXIF block (without the `Exif` head) and XMP packet written in, when not empty.
"""

from __future__ import annotations

import struct
import zlib

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
# All others go: text, time, EXIF, and what nobody knows.
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"),
    *(b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
}
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_HAS_XMP, _WEBP_HAS_EXIF = 0x04, 0x08
_WEBP_HAS_ALPHA = 0x10


class DamagedPicture(ValueError):
    """The file breaks its format's rules; the message says where."""


def clean_jpeg(data: bytes, *, exif: bytes, xmp: bytes) -> bytes:
    """Source: ITU-T T.81, annex B; Adobe XMP part 3, section 1.1.3."""
    out = [b"\xff\xd8"]
    fresh = [_jpeg_segment(0xE1, b"Exif\0\0" + exif)] if exif else []
    if xmp:
        fresh.append(_jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp))
    at = 2
    while True:
        marker, at = _find_jpeg_marker(data, at)
        if marker == 0xD9:
            # What follows the end may be a second picture with metadata of its own.
            return b"".join([*out, b"\xff\xd9"])
        if at + 2 > len(data):
            raise DamagedPicture("the JPEG file ends inside a segment")
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or end < at + 2:
            raise DamagedPicture("the JPEG file ends inside a segment")
        is_head = marker == 0xE0 and data[at + 2 : at + 7] == b"JFIF\0"
        if not is_head:
            out += fresh
            fresh = []
        if _is_kept_in_jpeg(marker, data[at + 2 : end]):
            out.append(bytes([0xFF, marker]) + data[at:end])
        at = end
        if marker == 0xDA:
            at = _find_scan_end(data, end)
            out.append(data[end:at])


def clean_png(data: bytes, *, exif: bytes, xmp: bytes) -> bytes:
    """Source: PNG Specification, third edition, sections 5 and 11."""
    fresh = [_png_chunk(b"eXIf", exif)] if exif else []
    if xmp:
        fresh.append(_png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
    out = [PNG_HEAD]
    at = len(PNG_HEAD)
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            break
        if kind in {b"IDAT", b"PLTE"}:
            out += fresh
            fresh = []
        if kind in _PNG_KEPT:
            out.append(data[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end
    raise DamagedPicture("the PNG file ends inside a chunk")


def clean_webp(data: bytes, *, exif: bytes, xmp: bytes) -> bytes:
    """Source: RFC 9649, sections 2.3 to 2.7."""
    chunks: list[tuple[bytes, bytes]] = []
    at = 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", data, at)
        if at + 8 + size > end:
            raise DamagedPicture("the WebP file ends inside a chunk")
        chunks.append((kind, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    if not any(kind in {b"VP8 ", b"VP8L", b"ANMF"} for kind, _ in chunks):
        raise DamagedPicture("the WebP file holds no picture")
    head = next((value for kind, value in chunks if kind == b"VP8X"), None)
    kept = [(kind, value) for kind, value in chunks if kind in _WEBP_KEPT]
    if head is None and (exif or xmp):
        head = _make_webp_head(*kept[0])
    if head is not None:
        if len(head) != 10:
            raise DamagedPicture("the WebP file has a header of the wrong length")
        flags = head[0] & ~(_WEBP_HAS_XMP | _WEBP_HAS_EXIF)
        flags |= (_WEBP_HAS_EXIF if exif else 0) | (_WEBP_HAS_XMP if xmp else 0)
        kept.insert(0, (b"VP8X", bytes([flags]) + head[1:]))
    kept += [(kind, value) for kind, value in [(b"EXIF", exif), (b"XMP ", xmp)] if value]
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(value)) + value + b"\0" * (len(value) % 2)
        for kind, value in kept
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    if len(body) > 65_533:
        raise DamagedPicture("the new metadata is too long for JPEG")
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _find_jpeg_marker(data: bytes, at: int) -> tuple[int, int]:
    """Give the marker that stands at `at`, fill bytes apart, and where its body begins."""
    if data[at : at + 1] != b"\xff":
        raise DamagedPicture("the JPEG file has no marker where one must be")
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise DamagedPicture("the JPEG file has no end")
    return data[at], at + 1


def _find_scan_end(data: bytes, at: int) -> int:
    """Find the first marker after compressed data that is no restart and no escape."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at
    raise DamagedPicture("the JPEG file has no end")


def _is_kept_in_jpeg(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE1 <= marker <= 0xEF or marker == 0xFE)


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _make_webp_head(kind: bytes, value: bytes) -> bytes:
    """Make the extended header for a simple file. Source: RFC 9649, sections 2.5 to 2.7."""
    flags = 0
    if kind == b"VP8L" and len(value) >= 5 and value[0] == 0x2F:
        bits = int.from_bytes(value[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        flags = _WEBP_HAS_ALPHA if bits >> 28 & 1 else 0
    elif kind == b"VP8 " and value[3:6] == b"\x9d\x01\x2a" and len(value) >= 10:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", value, 6))
    else:
        raise DamagedPicture("the WebP file's picture cannot be read")
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes([flags, 0, 0, 0]) + sides
