"""What the shortcodes of WordPress itself, and a few of its neighbors, say as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from articles.imports.cleaner.ledger import Ledger
from articles.imports.items import MediaItem

_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp)(?:$|\?)", re.IGNORECASE)
_AUDIO_FILE = re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|wma|flac|aac)(?:$|\?)", re.IGNORECASE)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|webm|ogv|flv|mov|wmv|avi)(?:$|\?)", re.IGNORECASE)
_VIDEO_ID = re.compile(r"^[\w-]{5,20}$")
_NUMBER = re.compile(r"\d+")
_URL = re.compile(r"https?://[^\s<>\"'\]]+")
_IMAGE_TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALIASES = {"wp_caption": "caption", "twitter": "tweet", "wpvideo": "videopress"}

Attributes = dict[str, str]


def render(name: str, attributes: Attributes, *, inner: str, ledger: Ledger) -> str | None:
    """Return the HTML of a known shortcode, or None when it says nothing understandable.

    `inner` is HTML, the attributes are HTML text with entities.
    """
    name = _ALIASES.get(name, name)
    if name in _WRITERS:
        return _WRITERS[name](attributes, inner, ledger)
    url = _address(name, attributes, inner=inner)
    return f"\n\n<p>{url}</p>\n\n" if url else None


def _caption(attributes: Attributes, inner: str, ledger: Ledger) -> str:
    """Old form: the text in an attribute; new form: after the picture."""
    image = _IMAGE_TAG.search(inner)
    text = attributes.get("caption", "")
    media = inner
    if image:
        end = image.end()
        rest = inner[end:]
        if rest.lstrip().lower().startswith("</a>"):
            end = len(inner) - len(rest.lstrip()) + len("</a>")
        # What follows the picture is its caption, unless the attribute says it.
        if not text:
            media, text = inner[:end], inner[end:].strip()
    place = _NUMBER.search(attributes.get("id", ""))
    number = f' id="attachment_{place[0]}"' if place else ""
    caption = f"<figcaption>{_flat(text)}</figcaption>" if text else ""
    return f'\n\n<figure class="wp-caption"{number}>{_flat(media)}{caption}</figure>\n\n'


def _gallery(attributes: Attributes, inner: str, ledger: Ledger) -> str:
    ids = _NUMBER.findall(attributes.get("ids") or attributes.get("include") or "")
    if ids:
        pictures = [_find(number, ledger=ledger) for number in ids[:500]]
    else:
        left_out = set(_NUMBER.findall(attributes.get("exclude", "")))
        pictures = [
            media
            for media in _attached(ledger)
            if _IMAGE_FILE.search(media.url) and media.external_id not in left_out
        ]
    figures = "".join(picture_html(media) for media in pictures if media)
    if not figures:
        ledger.tell(
            "empty_gallery",
            name="gallery",
            detail="A gallery names no picture that is in the archive: it was left out.",
        )
        return ""
    return f'\n\n<figure class="wp-block-gallery">{figures}</figure>\n\n'


def picture_html(media: MediaItem) -> str:
    """Write a media item as the figure the next step reads."""
    number = _NUMBER.findall(media.external_id)
    marker = f' data-id="{number[-1]}"' if number else ""
    credit = f'<span class="credit">{escape(media.credit)}</span>' if media.credit else ""
    caption = escape(media.caption, quote=False)
    note = f"<figcaption>{caption} {credit}</figcaption>" if caption or credit else ""
    return (
        f'<figure><img src="{escape(media.url)}" alt="{escape(media.alt_text)}"{marker}>'
        f"{note}</figure>"
    )


def _find(number: str, *, ledger: Ledger) -> MediaItem | None:
    media = ledger.find_media(number=number)
    if media is None:
        ledger.tell(
            "missing_media",
            name=number,
            detail=f"The picture or file {number} of the text is not in the archive.",
        )
    return media


def _attached(ledger: Ledger) -> list[MediaItem]:
    """List the media that belong to the item; all of them if none names its parent."""
    own = [media for media in ledger.item.media if media.parent_id == ledger.item.external_id]
    return own or list(ledger.item.media)


def _player(kind: str) -> Callable[[Attributes, str, Ledger], str | None]:
    pattern = _AUDIO_FILE if kind == "audio" else _VIDEO_FILE

    def write(attributes: Attributes, inner: str, ledger: Ledger) -> str | None:
        keys = ("src", "mp4", "m4v", "webm", "ogv", "flv", "wmv", "mp3", "m4a", "ogg", "wav", "0")
        urls = [attributes[key] for key in keys if attributes.get(key)] + _URL.findall(inner)
        if not urls and kind == "audio":
            urls = [media.url for media in _attached(ledger) if pattern.search(media.url)][:1]
        if not urls:
            return None
        # `[audio a.mp3|titles=…]` is the form of the plugin that came first.
        url = urls[0].partition("|")[0]
        if not pattern.search(url) and "//" in url:
            return f"\n\n<p>{escape(url)}</p>\n\n"
        return f'\n\n<figure><{kind} src="{escape(url)}"></{kind}></figure>\n\n'

    return write


def _playlist(attributes: Attributes, inner: str, ledger: Ledger) -> str:
    kind = "video" if attributes.get("type") == "video" else "audio"
    pattern = _VIDEO_FILE if kind == "video" else _AUDIO_FILE
    ids = _NUMBER.findall(attributes.get("ids", ""))
    found = [_find(number, ledger=ledger) for number in ids[:500]] if ids else _attached(ledger)
    return "\n\n".join(
        f'<figure><{kind} src="{escape(media.url)}"></{kind}>'
        f"<figcaption>{escape(media.caption or media.title, quote=False)}</figcaption></figure>"
        for media in found
        if media and (ids or pattern.search(media.url))
    )


_WRITERS: dict[str, Callable[[Attributes, str, Ledger], str | None]] = {
    "caption": _caption,
    "gallery": _gallery,
    "audio": _player("audio"),
    "video": _player("video"),
    "playlist": _playlist,
}
_BY_ID = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "videopress": "https://videopress.com/v/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "tweet": "https://twitter.com/i/status/{}",
}
_BY_ADDRESS = frozenset(
    {"embed", "soundcloud", "googlemaps", "spotify", "facebook", "ted", "tiktok", "flickr"}
)
VOID = frozenset({"gallery", "playlist"})
"""Say something by their name alone."""
CAPTURING = frozenset({*_WRITERS, *_BY_ID, *_BY_ADDRESS, *_ALIASES} - VOID)
"""What stands between their tags is theirs."""


def _address(name: str, attributes: Attributes, *, inner: str) -> str:
    said = " ".join([inner, *attributes.values()])
    if match := _URL.search(said):
        return match[0]
    for value in (attributes.get("id"), attributes.get("0"), inner.strip()):
        value = (value or "").lstrip("=")
        if name in _BY_ID and _VIDEO_ID.match(value):
            return _BY_ID[name].format(value)
        if name == "spotify" and value.startswith("spotify:"):
            return "https://open.spotify.com/" + "/".join(value.split(":")[1:])
        if name == "ted" and value:
            return f"https://www.ted.com/talks/{value}"
    return ""


def _flat(text: str) -> str:
    """Blank lines inside a figure are no paragraphs."""
    return " ".join(text.split("\n")).strip()
