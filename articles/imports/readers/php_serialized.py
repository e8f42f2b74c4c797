"""PHP's serialized values, as far as they are data: never an object, never code."""

from __future__ import annotations

Value = None | bool | int | float | str | dict[str, "Value"]
MAX_DEPTH = 20
MAX_ITEMS = 10_000


class NotSerialized(ValueError):
    """Not a serialized value, or one with objects or beyond the limits."""


def loads(text: str) -> Value:
    """Read integers, floats, strings, booleans, null and arrays (as dicts, keys as text).

    Lengths count UTF-8 bytes. Raises `NotSerialized` for everything else.
    """
    reader = _Reader(text.encode("utf-8", "surrogatepass"))
    value = reader.value(depth=0)
    if reader.at != len(reader.data):
        raise NotSerialized("something follows the value")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.items = 0

    def value(self, *, depth: int) -> Value:
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise NotSerialized("too deep or too long")
        kind = self.data[self.at : self.at + 2]
        self.at += 2
        if kind == b"N;":
            return None
        if kind in {b"i:", b"b:", b"d:"}:
            return self._scalar(kind, self._until(b";"))
        if kind == b"s:":
            return self._string()
        if kind == b"a:":
            return self._array(depth=depth)
        raise NotSerialized(f"no data at byte {self.at - 2}")

    def _scalar(self, kind: bytes, digits: bytes) -> Value:
        try:
            if kind == b"d:":
                return float(digits)
            return bool(int(digits)) if kind == b"b:" else int(digits[:40])
        except ValueError as error:
            raise NotSerialized("not a number") from error

    def _string(self) -> str:
        length = self._length()
        start, end = self.at + 1, self.at + 1 + length
        if self.data[self.at : start] != b'"' or self.data[end : end + 2] != b'";':
            raise NotSerialized("a string of another length than stated")
        self.at = end + 2
        return self.data[start:end].decode("utf-8", "replace")

    def _array(self, *, depth: int) -> dict[str, Value]:
        length = self._length()
        if self.data[self.at : self.at + 1] != b"{":
            raise NotSerialized("an array without its brace")
        self.at += 1
        found: dict[str, Value] = {}
        for _ in range(length):
            key = self.value(depth=depth + 1)
            found[str(key)] = self.value(depth=depth + 1)
        if self.data[self.at : self.at + 1] != b"}":
            raise NotSerialized("an array that does not end")
        self.at += 1
        return found

    def _length(self) -> int:
        try:
            return int(self._until(b":")[:12])
        except ValueError as error:
            raise NotSerialized("a length that is no number") from error

    def _until(self, end: bytes) -> bytes:
        stop = self.data.find(end, self.at)
        if stop < 0:
            raise NotSerialized("cut off")
        found = self.data[self.at : stop]
        self.at = stop + 1
        return found
