"""Replacing the metadata inside GIF files without touching the pixels.

Source: CompuServe, GIF89a Specification; Adobe XMP part 3, section 1.1.2.
"""

from __future__ import annotations

from articles.media.containers import DamagedPicture

# Loop counts; without them animations play once.
_KEPT_APPLICATIONS = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}
_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_PLAIN_TEXT, _CONTROL, _COMMENT, _APPLICATION = 0x01, 0xF9, 0xFE, 0xFF
_XMP_TRAILER = b"\x01" + bytes(range(0xFF, -1, -1)) + b"\x00"


def clean_gif(data: bytes, *, exif: bytes, xmp: bytes) -> bytes:
    """Remove comments and unknown applications' blocks; write the XMP packet in.

    GIF has no place for EXIF, so `exif` is left out; the packet says the same.

    Raises:
        DamagedPicture: the file ends inside a block or holds an unknown one.
    """
    del exif
    at = _skip_color_table(data, 13, data[10])
    out = [b"GIF89a" + data[6:at]]
    if xmp:
        out.append(b"\x21\xff\x0bXMP DataXMP" + xmp + _XMP_TRAILER)
    while data[at] != _END:
        start = at
        is_kept = True
        if data[at] == _IMAGE:
            at = _skip_sub_blocks(data, _skip_color_table(data, at + 10, data[at + 9]) + 1)
        elif data[at] == _EXTENSION:
            label, name = data[at + 1], data[at + 3 : at + 14]
            at = _skip_sub_blocks(data, at + 2)
            is_kept = label in {_CONTROL, _PLAIN_TEXT} or (
                label == _APPLICATION and name in _KEPT_APPLICATIONS
            )
        else:
            raise DamagedPicture("the GIF file holds an unknown block")
        if is_kept:
            out.append(data[start:at])
    return b"".join([*out, bytes([_END])])


def _skip_color_table(data: bytes, at: int, flags: int) -> int:
    return at + 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else at


def _skip_sub_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
