"""Numbers of a date as they stand in an address: four digits, or two."""

from __future__ import annotations


class YearConverter:
    """From 1000 to 2999."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class TwoDigitConverter:
    """A month or a day; which of them exist is decided by the calendar."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"
