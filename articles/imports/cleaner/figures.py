"""Pictures, galleries and players: from elements to block values."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement

from articles.imports.cleaner.ledger import Ledger, address_key
from articles.text.safe_html import safe_url

Value = dict[str, Any]

_LAZY = ("data-orig-file", "data-large-file", "data-src", "data-lazy-src", "data-original")
_PLACEHOLDER = re.compile(
    r"^data:|(?:^|/)(?:blank|spacer|placeholder|pixel|transparent|lazy|1x1|grey|clear)[\w.-]*"
    r"\.(?:gif|png|svg)(?:$|\?)",
    re.IGNORECASE,
)
_TRACKERS = re.compile(
    r"//(?:[\w.-]*\.)?(?:feedburner\.com|pixel\.wp\.com|stats\.wordpress\.com|doubleclick\.net"
    r"|google-analytics\.com|scorecardresearch\.com|facebook\.com/tr|feedsportal\.com)",
    re.IGNORECASE,
)
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp)$", re.IGNORECASE)
_WP_IMAGE = re.compile(r"(?:^|\s)wp-image-(\d+)")
_ATTACHMENT = re.compile(r"^attachment_(\d+)")
_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:credit|credits|photo-credit|image-credit|copyright|photographer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WIDE = re.compile(r"(?:^|\s)(?:wide|alignwide|alignfull|graf--layoutFillWidth)(?:\s|$)")


def text_of(element: HtmlElement | None) -> str:
    """Return an element's text in one line, without its tail."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def image_value(
    image: HtmlElement,
    *,
    ledger: Ledger,
    figure: HtmlElement | None = None,
    caption: HtmlElement | None = None,
) -> Value | None:
    """Return an image block's value, or None when the picture is none readers would miss."""
    link = image.getparent() if _parent_tag(image) == "a" else None
    if _is_tracker(image):
        ledger.drop("tracking_pixel")
        return None
    url = _best_address(image, link=link, ledger=ledger)
    media = ledger.find_media(number=_number(image, figure), url=url)
    if media and media.url:
        url = safe_url(media.url, base_url=ledger.base_url, web_only=True) or url
    if not url:
        ledger.drop("image_without_address")
        return None
    text, credit = split_caption(caption)
    classes = (
        f"{figure.get('class') or ''} {image.get('class') or ''}" if figure is not None else ""
    )
    return {
        "image": None,
        "alt_text": " ".join((image.get("alt") or (media.alt_text if media else "")).split())[:250],
        "decorative": False,
        "caption": text[:1000],
        "credit": (credit or (media.credit if media else ""))[:255],
        "width": "wide" if _WIDE.search(classes) else "column",
        "source_url": url[:2000],
        "media_id": media.external_id if media else "",
    }


def gallery_value(images: list[Value], *, title: str = "") -> Value:
    """Return a gallery's value out of image values."""
    plain = [{key: value for key, value in image.items() if key != "width"} for image in images]
    return {"title": title[:255], "images": plain}


def media_value(
    element: HtmlElement, *, ledger: Ledger, caption: HtmlElement | None
) -> Value | None:
    """Return a player's value, or None when no address is given."""
    sources = [element, *element.iterfind(".//source")]
    addresses = [
        safe_url(source.get("src") or "", base_url=ledger.base_url, web_only=True)
        for source in sources
    ]
    url = next((address for address in addresses if address), "")
    if not url:
        ledger.drop(f"{element.tag}_without_address")
        return None
    text, credit = split_caption(caption)
    return {
        "kind": str(element.tag),
        "file": None,
        "source_url": url[:2000],
        "caption": text[:1000],
        "credit": credit[:255],
        "transcript": "",
    }


def split_caption(caption: HtmlElement | None) -> tuple[str, str]:
    """Return a caption's text and its credit, which an element of that class states."""
    if caption is None:
        return "", ""
    for element in caption.iter():
        if element is not caption and _CREDIT.search(element.get("class") or ""):
            credit = text_of(element)
            whole = text_of(caption)
            place = whole.rfind(credit)
            rest = f"{whole[:place]}{whole[place + len(credit) :]}" if credit else whole
            return " ".join(rest.split()), credit
    return text_of(caption), ""


def _parent_tag(element: HtmlElement) -> str:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else ""


def _is_tracker(image: HtmlElement) -> bool:
    sizes = {image.get("width"), image.get("height")}
    return bool(sizes & {"0", "1"}) or bool(_TRACKERS.search(image.get("src") or ""))


def _number(image: HtmlElement, figure: HtmlElement | None) -> str:
    if match := _WP_IMAGE.search(image.get("class") or ""):
        return match[1]
    for name in ("data-id", "data-attachment-id", "data-media-id"):
        if image.get(name):
            return image.get(name) or ""
    match = _ATTACHMENT.match(figure.get("id") or "") if figure is not None else None
    return match[1] if match else ""


def _best_address(image: HtmlElement, *, link: HtmlElement | None, ledger: Ledger) -> str:
    """Choose the largest: the linked original, what lazy loading names, srcset, src."""
    own = image.get("src") or ""
    usual = own if own and not _PLACEHOLDER.search(own) else ""
    lazy = [image.get(name) or "" for name in _LAZY]
    largest = _largest(image.get("srcset") or image.get("data-srcset") or "")
    candidates = [*lazy[:2], largest, *lazy[2:], usual]
    parent = image.getparent()
    if parent is not None and parent.tag == "picture":
        candidates += [_largest(source.get("srcset") or "") for source in parent.iter("source")]
    first = next((url for url in candidates if url and not _PLACEHOLDER.search(url)), "")
    target = (link.get("href") or "") if link is not None else ""
    path = target.partition("?")[0].partition("#")[0]
    if _IMAGE_FILE.search(path) and (not first or _stem(target) == _stem(first)):
        first = target
    return safe_url(first, base_url=ledger.base_url, web_only=True)


def _stem(url: str) -> str:
    return address_key(url).rpartition("/")[2].rpartition(".")[0].lower()


def _largest(srcset: str) -> str:
    """Return the address with the largest descriptor of a srcset."""
    best, best_size = "", -1.0
    # Commas stand in addresses too; between candidates a blank follows them.
    for candidate in re.split(r",\s+", srcset[:20_000]):
        url, _, descriptor = candidate.strip().partition(" ")
        try:
            size = float(descriptor.strip().rstrip(",wxh") or 1)
        except ValueError:
            size = 0.0
        if url and size > best_size:
            best, best_size = url.rstrip(","), size
    return best
