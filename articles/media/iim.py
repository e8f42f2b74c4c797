"""The older of the two ways in which agencies write captions into pictures.

Source: IPTC-NAA Information Interchange Model, version 4.2.
"""

from __future__ import annotations

UTF8_MARK = b"\x1b%G"
LATIN1_MARKS = {b"\x1b.A", b"\x1b-A"}
MAX_DATASETS = 5_000
_CHARSET = (1, 90)


def read_iim(data: bytes) -> dict[int, list[str]]:
    """Read the datasets of record 2, in order, by dataset number.

    Stops at the first damage and gives what came before it. Without a declared
    character set the text is tried as UTF-8 and then read as Windows-1252, which
    real files use whatever the standard says.
    """
    charset = b""
    found: dict[int, list[bytes]] = {}
    for record, dataset, value in _split(data):
        if (record, dataset) == _CHARSET:
            charset = value
        elif record == 2:
            found.setdefault(dataset, []).append(value)
    return {
        dataset: [_decode(value, charset=charset) for value in values]
        for dataset, values in found.items()
    }


def _split(data: bytes) -> list[tuple[int, int, bytes]]:
    datasets: list[tuple[int, int, bytes]] = []
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C and len(datasets) < MAX_DATASETS:
        record, dataset = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # an extended dataset: the low bits count the bytes of the size
            width = size & 0x7FFF
            if width > 4:
                break
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        if at + size > len(data):
            break
        datasets.append((record, dataset, data[at : at + size]))
        at += size
    return datasets


def _decode(value: bytes, *, charset: bytes) -> str:
    if charset in LATIN1_MARKS:
        return value.decode("latin-1")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", errors="replace")
