"""Replacing the metadata inside AVIF stills without touching the pixels.

An AVIF file is a tree of boxes; its `meta` box lists items (the picture, its alpha
channel, EXIF, XMP) and where in the file the bytes of each stand.
Source: ISO/IEC 14496-12, sections 8.11.1 to 8.11.12; ISO/IEC 23008-12, annex A.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from articles.media.containers import DamagedPicture

_METADATA_TYPES = {b"Exif", b"mime", b"uri "}
_KEPT_ON_TOP = {b"ftyp", b"meta", b"mdat", b"free", b"skip"}
_KEPT_IN_META = {
    *(b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"dinf", b"grpl"),
}
Box = tuple[bytes, int, int, int]
"""Type, start of the box, start of its body, end."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of the list of places: what its bytes are counted from, and the pieces."""

    number: int
    method: int
    reference: int
    extents: tuple[tuple[int, int], ...]
    """(offset, length) pairs; the base offset is already added."""


def clean_avif(data: bytes, *, exif: bytes, xmp: bytes) -> bytes:
    """Remove every metadata item and write the given EXIF block and XMP packet.

    Raises:
        DamagedPicture: not a still AVIF file that can be followed.
    """
    top = _list_boxes(data, 0, len(data))
    names = [name for name, *_ in top]
    if names.count(b"meta") != 1 or b"moov" in names or b"moof" in names:
        raise DamagedPicture("only still AVIF files can be rewritten")
    _, start, body, end = top[names.index(b"meta")]
    parts = {
        name: data[at:stop]
        for name, at, _, stop in _list_boxes(data, body + 4, end)
        if name in _KEPT_IN_META
    }
    if not {b"pitm", b"iinf", b"iloc"} <= parts.keys():
        raise DamagedPicture("the AVIF file does not list its items")
    infos = _read_infos(parts[b"iinf"])
    places = _read_places(parts[b"iloc"])
    gone = {number for number, info in infos.items() if info[16:20] in _METADATA_TYPES}

    blanked = bytearray(data)
    for item in places:
        if item.number in gone:
            _blank(blanked, item)
    for name, at, inside, stop in top:
        if name not in _KEPT_ON_TOP:
            blanked[at + 4 : at + 8] = b"free"
            blanked[inside:stop] = b"\0" * (stop - inside)
    infos = {number: info for number, info in infos.items() if number not in gone}
    places = [item for item in places if item.number not in gone]

    fresh = [
        (kind, value)
        for kind, value in [
            # The four bytes before say where the TIFF header begins.
            (b"Exif\0", b"\0\0\0\0" + exif if exif else b""),
            (b"mime\0application/rdf+xml\0", xmp),
        ]
        if value
    ]
    numbers = range(max([0, *infos, *gone]) + 1, 0xFFFF)
    added = list(zip(numbers, fresh, strict=False))
    for number, (kind, _) in added:
        infos[number] = _box(b"infe", struct.pack(">IHH", 0x02000001, number, 0) + kind)
    parts[b"iinf"] = _box(b"iinf", struct.pack(">IH", 0, len(infos)) + b"".join(infos.values()))
    primary = _read_primary(parts[b"pitm"])
    parts[b"iref"] = _write_references(
        parts.get(b"iref", b""), gone=gone, added=[number for number, _ in added], primary=primary
    )
    return _assemble(
        bytes(blanked), parts, places, added, meta=(start, end), head=data[body : body + 4]
    )


def _assemble(
    data: bytes,
    parts: dict[bytes, bytes],
    places: list[_Item],
    added: list[tuple[int, tuple[bytes, bytes]]],
    *,
    meta: tuple[int, int],
    head: bytes,
) -> bytes:
    """Put the file together; what stands after the `meta` box moves with its new size."""
    start, end = meta
    values = b"".join(value for _, (_, value) in added)
    tail = _box(b"mdat", values) if values else b""

    def build(shift: int) -> bytes:
        moved = [
            item
            if item.method
            else replace(
                item,
                extents=tuple((at + shift if at >= end else at, size) for at, size in item.extents),
            )
            for item in places
        ]
        at = len(data) + shift + 8
        for number, (_, value) in added:
            moved.append(_Item(number, 0, 0, ((at, len(value)),)))
            at += len(value)
        parts[b"iloc"] = _write_places(moved)
        return _box(b"meta", head + b"".join(value for value in parts.values() if value))

    # The size does not depend on the offsets, so the second pass has the right ones.
    shift = len(build(0)) - (end - start)
    return data[:start] + build(shift) + data[end:] + tail


def _list_boxes(data: bytes, at: int, end: int) -> list[Box]:
    boxes: list[Box] = []
    while at < end:
        if at + 8 > end:
            raise DamagedPicture("the AVIF file ends inside a box")
        size, name = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1 and at + 16 <= end:
            size = int.from_bytes(data[body : body + 8], "big")
            body += 8
        stop = end if size == 0 else at + size
        if stop > end or stop < body:
            raise DamagedPicture("the AVIF file ends inside a box")
        boxes.append((name, at, body, stop))
        at = stop
    return boxes


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def _read_infos(box: bytes) -> dict[int, bytes]:
    """Give the `infe` boxes by item number. Only versions 2 and 3 name a type."""
    first = 14 if box[8] == 0 else 16
    infos = {}
    for name, _, body, stop in _list_boxes(box, first, len(box)):
        if name != b"infe" or box[body] != 2:
            raise DamagedPicture("the AVIF file lists items in an unknown way")
        infos[int.from_bytes(box[body + 4 : body + 6], "big")] = _box(b"infe", box[body:stop])
    return infos


def _read_places(box: bytes) -> list[_Item]:
    version = box[8]
    if version > 1:
        raise DamagedPicture("the AVIF file lists places in an unknown way")
    offset_size, length_size = box[12] >> 4, box[12] & 15
    base_size, index_size = box[13] >> 4, box[13] & 15 if version else 0
    at = 14

    def take(size: int) -> int:
        nonlocal at
        if at + size > len(box):
            raise DamagedPicture("the AVIF file ends inside its list of places")
        at += size
        return int.from_bytes(box[at - size : at], "big")

    items = []
    for _ in range(take(2)):
        number = take(2)
        method = take(2) & 15 if version else 0
        reference, base = take(2), take(base_size)
        extents = []
        for _ in range(take(2)):
            take(index_size)
            extents.append((base + take(offset_size), take(length_size)))
        items.append(_Item(number, method, reference, tuple(extents)))
    return items


def _write_places(items: list[_Item]) -> bytes:
    """Write the list anew: version 1, offsets and lengths of 4 bytes, no bases."""
    body = [struct.pack(">IBBH", 0x01000000, 0x44, 0, len(items))]
    for item in items:
        body.append(
            struct.pack(">HHHH", item.number, item.method, item.reference, len(item.extents))
        )
        body += [struct.pack(">II", at, size) for at, size in item.extents]
    return _box(b"iloc", b"".join(body))


def _blank(data: bytearray, item: _Item) -> None:
    if item.method or item.reference:
        raise DamagedPicture("the AVIF file keeps its metadata in an unknown place")
    for at, size in item.extents:
        stop = at + size if size else len(data)
        if stop > len(data):
            raise DamagedPicture("the AVIF file ends inside an item")
        data[at:stop] = b"\0" * (stop - at)


def _read_primary(box: bytes) -> int:
    return int.from_bytes(box[12:14] if box[8] == 0 else box[12:16], "big")


def _write_references(box: bytes, *, gone: set[int], added: list[int], primary: int) -> bytes:
    """Leave out the references of removed items; let the new ones describe the picture."""
    kept = []
    if box:
        if box[8] != 0:
            raise DamagedPicture("the AVIF file links its items in an unknown way")
        for _, at, body, stop in _list_boxes(box, 12, len(box)):
            if int.from_bytes(box[body : body + 2], "big") not in gone:
                kept.append(box[at:stop])
    kept += [_box(b"cdsc", struct.pack(">HHH", number, 1, primary)) for number in added]
    return _box(b"iref", b"\0\0\0\0" + b"".join(kept)) if kept else b""
