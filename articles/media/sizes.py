"""The sizes in which pictures are shown: slots, widths, formats, and Wagtail's names for them.

Pure. Formats are always named, and qualities never: the defaults hold (AVIF 61, WebP 80,
JPEG 76). Slots of one ratio share their renditions: a card's are among those of a lead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

Format = Literal["avif", "webp", "jpeg"]
FORMATS: tuple[Format, ...] = ("avif", "webp", "jpeg")
"""In the order a `<picture>` offers them; the last one is the fallback."""

MIME_TYPES: dict[Format, str] = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
}

_SPEC = re.compile(
    r"(?:fill-(?P<fill_width>\d{1,5})x(?P<height>\d{1,5})|width-(?P<width>\d{1,5}))"
    r"\|format-(?P<format>avif|webp|jpeg)"
)


@dataclass(frozen=True, slots=True)
class Size:
    """One rendition: pixels and format. A height of 0 keeps the picture's own ratio."""

    width: int
    height: int
    format: Format

    @property
    def spec(self) -> str:
        """Wagtail's filter for it, as it stands in `NewsRendition.filter_spec`."""
        shape = f"fill-{self.width}x{self.height}" if self.height else f"width-{self.width}"
        return f"{shape}|format-{self.format}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the design. Pictures are cut to `ratio`; None leaves them as they are.

    The first of `widths` is the fallback, for clients that know no `srcset`.
    `stand_ins` names the slots to show instead while it has no rendition of its own.
    """

    widths: tuple[int, ...]
    ratio: tuple[int, int] | None = (3, 2)
    formats: tuple[Format, ...] = FORMATS
    stand_ins: tuple[str, ...] = ()

    def size(self, width: int, *, format: Format) -> Size:
        return Size(width, _height(width, ratio=self.ratio), format)


LEAD_WIDTHS = (640, 320, 480, 800, 1080, 1600)
SOCIAL_WIDTH = 1200

SLOTS: dict[str, Slot] = {
    "lead": Slot(LEAD_WIDTHS, stand_ins=("thumb", "inline")),
    "inline": Slot(LEAD_WIDTHS, ratio=None, stand_ins=("lead", "thumb")),
    "card": Slot((480, 320, 640, 800), stand_ins=("lead", "thumb", "inline")),
    "thumb": Slot((240, 120, 360), stand_ins=("card", "inline")),
    "portrait": Slot((128, 64, 192), ratio=(1, 1), stand_ins=("thumb", "card", "inline")),
    # WebP alone: it keeps what is transparent, and one address must serve everywhere.
    "logo": Slot((320, 640), ratio=None, formats=("webp",), stand_ins=("inline",)),
    # Cuts for structured data and shares; readers of them take JPEG only.
    "social": Slot((SOCIAL_WIDTH,), ratio=(1200, 630), formats=("jpeg",), stand_ins=("lead",)),
    "social_16x9": Slot((SOCIAL_WIDTH,), ratio=(16, 9), formats=("jpeg",), stand_ins=("lead",)),
    "social_4x3": Slot((SOCIAL_WIDTH,), ratio=(4, 3), formats=("jpeg",), stand_ins=("lead",)),
    "social_1x1": Slot((SOCIAL_WIDTH,), ratio=(1, 1), formats=("jpeg",), stand_ins=("lead",)),
}

SOCIAL_SLOTS = ("social", "social_16x9", "social_4x3", "social_1x1")
FORMATS_BY_HASTE: tuple[Format, ...] = ("jpeg", "webp", "avif")
"""JPEG serves everyone and is made in no time, AVIF takes ten times as long."""

MAIN_SLOTS = ("card", "lead", "thumb")
"""What every picture gets when it arrives, in the order of making."""


def list_sizes(slot: str, *, formats: Collection[str] = FORMATS) -> tuple[Size, ...]:
    """Return all sizes of a slot, format by format as offered, the fallback width first."""
    place = SLOTS[slot]
    return tuple(
        place.size(width, format=format)
        for format in place.formats
        if format in formats
        for width in place.widths
    )


def hasty_format(slot: str) -> Format:
    """Return the format of a slot that is made first."""
    return min(SLOTS[slot].formats, key=FORMATS_BY_HASTE.index)


def list_specs(slots: Iterable[str]) -> tuple[str, ...]:
    """Return the filters by which to look up what slots may show, stand-ins included."""
    names = list(dict.fromkeys(slots))
    names += [other for name in names for other in SLOTS[name].stand_ins]
    return tuple(dict.fromkeys(size.spec for name in names for size in list_sizes(name)))


def read_spec(filter_spec: str) -> Size | None:
    """Return the size that a filter of ours means; None for any other, such as the desk's."""
    match = _SPEC.fullmatch(filter_spec)
    if match is None:
        return None
    format: Format = match["format"]  # type: ignore[assignment]  # the pattern knows no other
    return Size(int(match["fill_width"] or match["width"]), int(match["height"] or 0), format)


def slots_of(filter_spec: str) -> tuple[str, ...]:
    """Return the slots that a rendition belongs to; none when its filter is not ours."""
    size = read_spec(filter_spec)
    return tuple(name for name in SLOTS if size in list_sizes(name)) if size else ()


def fitting_sizes(
    slot: str, *, width: int, height: int, formats: Collection[str] = FORMATS
) -> list[Size]:
    """Return the sizes to make of a picture for a slot; none is larger than the picture.

    Of the widths that it does not fill only the smallest is kept: its rendition holds the
    picture as large as it is. A picture whose own ratio is 3:2 needs no copies for the
    text, those of the lead are the same.

    Args:
        slot: a name of `SLOTS`.
        width: pixels of the picture as it is seen, after its EXIF orientation.
        height: likewise.
        formats: only these.
    """
    if slot == "inline" and _is_shape(width, height, ratio=SLOTS["lead"].ratio):
        slot = "lead"
    ratio = SLOTS[slot].ratio
    there = min(width, height * ratio[0] // ratio[1]) if ratio else width
    filled = [size for size in list_sizes(slot, formats=formats) if size.width <= there]
    beyond = [size for size in list_sizes(slot, formats=formats) if size.width > there]
    if beyond and not any(size.width == there for size in filled):
        nearest = min(size.width for size in beyond)
        filled += [size for size in beyond if size.width == nearest]
    return filled


class HasSpec(Protocol):
    """Anything that bears a rendition's filter."""

    @property
    def filter_spec(self) -> str: ...


Rendition = TypeVar("Rendition", bound=HasSpec)


def pick_renditions(
    slot: str, renditions: Sequence[Rendition]
) -> dict[Format, tuple[Rendition, ...]]:
    """Choose among the renditions of one picture those to show in a slot.

    Returns:
        Format to renditions, in the order a `<picture>` offers them, the fallback width
        first; the last format serves the `<img>` itself. A format of which widths are
        still missing is left out, or browsers would stretch its largest one. What a slot
        does not have yet is taken from its stand-ins. Empty when nothing was made.
    """
    by_spec = {rendition.filter_spec: rendition for rendition in renditions}
    for name in (slot, *SLOTS[slot].stand_ins):
        formats = SLOTS[name].formats
        found = {
            format: tuple(
                by_spec[size.spec]
                for size in list_sizes(name, formats=(format,))
                if size.spec in by_spec
            )
            for format in formats
        }
        wanted = len(found[formats[-1]])
        if wanted:
            return {format: there for format, there in found.items() if len(there) >= wanted}
    return {}


def _height(width: int, *, ratio: tuple[int, int] | None) -> int:
    return round(width * ratio[1] / ratio[0]) if ratio else 0


def _is_shape(width: int, height: int, *, ratio: tuple[int, int] | None) -> bool:
    """Tell whether cutting to a ratio would take away at most one row or column of pixels."""
    return abs(height - _height(width, ratio=ratio)) <= 1
