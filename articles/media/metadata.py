"""What photographers and agencies say about a picture inside its file."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from unicodedata import category

from PIL import ExifTags, Image

from articles.media.iim import read_iim
from articles.media.xmp import XMP, DamagedXMP, parse_xmp

MAX_TEXT_LENGTH = 10_000
MAX_KEYWORDS = 200
IIM_RESOURCE, IIM_DIGEST_RESOURCE = 0x0404, 0x0425
TIFF_IIM_TAG, TIFF_XMP_TAG = 33723, 700
_MOMENT = re.compile(
    r"(?P<year>\d{4})[-:]?(?P<month>\d\d)?[-:]?(?P<day>\d\d)?"
    r"(?:[T ]?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?:\.\d+)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?$"
)


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """Plain texts, empty when the file does not say. Foreign: escape before showing.

    The position (GPS), serial numbers and the creator's contact are not read at all.
    """

    title: str = ""
    headline: str = ""
    caption: str = ""
    alt_text: str = ""
    creators: tuple[str, ...] = ()
    credit_line: str = ""
    source: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    """Address of the rights statement."""
    instructions: str = ""
    """For the desk, not for readers."""
    taken_at: datetime | None = None
    """Aware, in UTC; only when the file states a time and its zone is known."""
    taken_date: date | None = None
    """The day at the place where the picture was taken."""
    city: str = ""
    state: str = ""
    country: str = ""
    keywords: tuple[str, ...] = ()
    digital_source_type: str = ""
    """IPTC address that says whether the picture was made by a machine."""
    problems: tuple[str, ...] = ()
    """What could not be read, one sentence each."""

    @property
    def creator(self) -> str:
        """All creators in one line."""
        return ", ".join(self.creators)

    @property
    def credit(self) -> str:
        """What readers see below the picture: the credit line, else creator and source."""
        return self.credit_line or " / ".join(filter(None, [self.creator, self.source]))


@dataclass(slots=True)
class _Sources:
    xmp: XMP
    iim: dict[int, list[str]]
    exif: dict[int, str]
    is_iim_newer: bool
    language: str
    problems: list[str]

    def choose(self, xmp: str, iim: str = "", exif: str = "") -> str:
        """Give the first text that says something, in the order of trust."""
        order = [iim, xmp, exif] if self.is_iim_newer else [xmp, iim, exif]
        return next((text for text in map(_clean, order) if text), "")

    def text(self, name: str, dataset: int = 0, exif_tag: int = 0) -> str:
        return self.choose(
            self.xmp.get_text(name, language=self.language),
            next(iter(self.iim.get(dataset, [])), ""),
            self.exif.get(exif_tag, ""),
        )

    def texts(self, name: str, dataset: int) -> tuple[str, ...]:
        xmp, iim = self.xmp.get_list(name), self.iim.get(dataset, [])
        found = (iim or xmp) if self.is_iim_newer else (xmp or iim)
        return tuple(dict.fromkeys(filter(None, map(_clean, found))))


def read_photo_metadata(
    data: bytes, *, language: str = "", timezone: tzinfo | None = None
) -> PhotoMetadata:
    """Read what a picture's file says about it; never fails on foreign input.

    XMP is believed before IPTC-IIM, unless the digest beside the IIM shows that it was
    changed after; EXIF comes last.
    Source: IPTC Photo Metadata Standard; MWG Guidelines 2.0, section 3.3.2.

    Args:
        data: a whole file in any format that Pillow opens; pixels are not decoded.
        language: BCP 47 tag preferred where a text is given in several languages.
        timezone: zone for times that state none; without it they give a day only.
    """
    sources = _open(data, language=language)
    moment = sources.choose(
        sources.xmp.get_text("photoshop:DateCreated")
        or sources.xmp.get_text("exif:DateTimeOriginal"),
        "".join(sources.iim.get(55, [])[:1] + sources.iim.get(60, [])[:1]),
        sources.exif.get(ExifTags.Base.DateTimeOriginal, "")
        + sources.exif.get(ExifTags.Base.OffsetTimeOriginal, ""),
    )
    taken_date, taken_at = _read_moment(moment, timezone=timezone)
    creators = sources.texts("dc:creator", 80)
    if not creators and (artist := _clean(sources.exif.get(ExifTags.Base.Artist, ""))):
        creators = (artist,)
    return PhotoMetadata(
        title=sources.text("dc:title", 5),
        headline=sources.text("photoshop:Headline", 105),
        caption=sources.text("dc:description", 120, ExifTags.Base.ImageDescription),
        alt_text=sources.text("Iptc4xmpCore:AltTextAccessibility")
        or sources.text("Iptc4xmpCore:ExtDescrAccessibility"),
        creators=creators,
        credit_line=sources.text("photoshop:Credit", 110),
        source=sources.text("photoshop:Source", 115),
        copyright_notice=sources.text("dc:rights", 116, ExifTags.Base.Copyright),
        usage_terms=sources.text("xmpRights:UsageTerms"),
        web_statement=sources.text("xmpRights:WebStatement"),
        instructions=sources.text("photoshop:Instructions", 40),
        taken_at=taken_at,
        taken_date=taken_date,
        city=sources.text("photoshop:City", 90) or _place(sources, "City"),
        state=sources.text("photoshop:State", 95) or _place(sources, "ProvinceState"),
        country=sources.text("photoshop:Country", 101) or _place(sources, "CountryName"),
        keywords=sources.texts("dc:subject", 25)[:MAX_KEYWORDS],
        digital_source_type=sources.text("Iptc4xmpExt:DigitalSourceType"),
        problems=tuple(sources.problems),
    )


def _place(sources: _Sources, member: str) -> str:
    return _clean(sources.xmp.get_member("Iptc4xmpExt:LocationCreated", f"Iptc4xmpExt:{member}"))


def _open(data: bytes, *, language: str) -> _Sources:
    sources = _Sources(XMP([]), {}, {}, is_iim_newer=False, language=language, problems=[])
    try:
        with warnings.catch_warnings():
            # Whether a picture is too large to decode is decided where it is decoded.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
    except Exception as error:  # noqa: BLE001 - Pillow's readers raise anything on damage
        sources.problems.append(f"The file is not a picture that can be read ({error}).")
        return sources
    with image:
        _attempt(sources, "EXIF", lambda: _read_exif(image, sources))
        _attempt(sources, "IPTC", lambda: _read_iim(image, sources))
        _attempt(sources, "XMP", lambda: _read_xmp(image, sources))
    return sources


def _attempt(sources: _Sources, part: str, read: Callable[[], None]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read()
    except Exception as error:  # noqa: BLE001 - as above; the other parts may be sound
        sources.problems.append(f"The {part} data cannot be read ({error}).")


def _read_exif(image: Image.Image, sources: _Sources) -> None:
    exif = image.getexif()
    for tags in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
        for tag, value in tags.items():
            if isinstance(value, str):
                sources.exif[tag] = _undo_latin1(value)


def _read_iim(image: Image.Image, sources: _Sources) -> None:
    resources = image.info.get("photoshop") or {}
    data = resources.get(IIM_RESOURCE) if isinstance(resources, dict) else None
    if data is None and hasattr(image, "tag_v2"):
        data = image.tag_v2.get(TIFF_IIM_TAG)
    if not isinstance(data, bytes):
        return
    sources.iim = read_iim(data)
    digest = resources.get(IIM_DIGEST_RESOURCE) if isinstance(resources, dict) else None
    # Not for security: the standard's own checksum.
    actual = hashlib.md5(data, usedforsecurity=False).digest()
    sources.is_iim_newer = isinstance(digest, bytes) and len(digest) == 16 and digest != actual


def _read_xmp(image: Image.Image, sources: _Sources) -> None:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if packet is None and hasattr(image, "tag_v2"):
        packet = image.tag_v2.get(TIFF_XMP_TAG)
    if isinstance(packet, str):
        packet = packet.encode()
    if not isinstance(packet, bytes):
        return
    try:
        sources.xmp = parse_xmp(packet)
    except DamagedXMP as error:
        sources.problems.append(f"The XMP data cannot be read: {error}.")


def _undo_latin1(text: str) -> str:
    """Read EXIF text as UTF-8 when it is; Pillow takes it for Latin-1."""
    try:
        return text.encode("latin-1").decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _clean(text: str) -> str:
    """Remove control characters but line breaks, and cut at `MAX_TEXT_LENGTH`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in text if char == "\n" or category(char) != "Cc")
    return kept.strip()[:MAX_TEXT_LENGTH]


def _read_moment(text: str, *, timezone: tzinfo | None) -> tuple[date | None, datetime | None]:
    """Read the dates of XMP, IIM and EXIF; unknown months and days are written as 00."""
    match = _MOMENT.match(text.strip())
    if not match:
        return None, None
    part = match.groupdict()
    try:
        day = date(int(part["year"]), int(part["month"] or 0), int(part["day"] or 0))
        if part["hour"] is None:
            return day, None
        zone = (part["zone"] or "").replace("Z", "+00:00")
        clock = f"{part['hour']}:{part['minute']}:{part['second'] or '00'}"
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}{zone}")
        if moment.tzinfo is None and timezone is not None:
            moment = moment.replace(tzinfo=timezone)
        return day, moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None, None
