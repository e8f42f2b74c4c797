"""What the body of an item refers to: pictures, files, reusable blocks; and old addresses."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from articles.imports.items import LeadImage, MediaItem, Problem
from articles.imports.readers.wxr_elements import RawItem
from articles.imports.readers.wxr_meta import first
from articles.imports.readers.wxr_spool import Spool

MAX_REFERENCES = 1000
MAX_REUSABLE = 100
_ONE_NUMBER = re.compile(
    r"(?:wp-image-|attachment_|data-id=\"|data-attachment-id=\"|[?&]attachment_id="
    r"|\"(?:id|mediaId)\":\s?)(\d{1,12})\b"
)
_NUMBER_LIST = re.compile(
    r"\b(?:ids|include)\"?\s?[=:]\s?[\"'\[”“]?((?:\s?\"?\d{1,12}\"?\s?,?){1,500})"
)
_NUMBER = re.compile(r"\d+")
_WHOLE_POST = re.compile(r"\[(?:gallery|playlist|audio|video)\b")
_REUSED = re.compile(r"<!--\s+wp:(?:core/)?block\s+\{[^{}]{0,200}?\"ref\":\s?(\d{1,12})")
_FOOTNOTES = re.compile(r"<!-- wp:footnotes (?:\{[^{}]{0,500}\} )?/-->")
_NEXT_PAGE = re.compile(r"<!--nextpage-->")
_PLAIN_ID = re.compile(r"[?&](?:p|page_id)=\d+")


def find_media(body: str, *, post_id: str, spool: Spool) -> tuple[MediaItem, ...]:
    """Return the attachments that a body names, and the post's own if it lists "all"."""
    numbers = dict.fromkeys(match[1] for match in _ONE_NUMBER.finditer(body))
    for match in _NUMBER_LIST.finditer(body):
        numbers |= dict.fromkeys(_NUMBER.findall(match[1]))
    found: dict[str, MediaItem] = {}
    for number in list(numbers)[:MAX_REFERENCES]:
        media = spool.find_media(number)
        if media and media.url:
            found[media.external_id] = media
    if _WHOLE_POST.search(body):
        for media in spool.list_children(post_id):
            found.setdefault(media.external_id, media)
    return tuple(found.values())


def find_reusable(body: str, *, spool: Spool) -> dict[str, str]:
    """Return the reusable blocks of a body, and those that stand in them, by number."""
    found: dict[str, str] = {}
    waiting = [match[1] for match in _REUSED.finditer(body)]
    while waiting and len(found) < MAX_REUSABLE:
        number = waiting.pop()
        inner = spool.find_block(number)
        if number not in found and inner is not None:
            found[number] = inner
            waiting.extend(match[1] for match in _REUSED.finditer(inner))
    return found


def inline_footnotes(body: str, *, stated: str) -> str:
    """Put the notes, which WordPress keeps apart from the text, where its block stands."""
    block = _FOOTNOTES.search(body)
    if not block or not stated:
        return body
    try:
        notes = json.loads(stated)
    except (ValueError, RecursionError):
        return body
    if not isinstance(notes, list):
        return body
    texts = [str(note.get("content", "")) for note in notes if isinstance(note, dict)]
    points = "".join(
        f"<!-- wp:list-item --><li>{text}</li><!-- /wp:list-item -->" for text in texts
    )
    made = f'<!-- wp:list {{"ordered":true}} --><ol>{points}</ol><!-- /wp:list -->'
    return body[: block.start()] + made + body[block.end() :]


def find_lead(
    item: RawItem, *, external_id: str, spool: Spool
) -> tuple[LeadImage | None, list[Problem]]:
    """Return the featured picture of an item, or why it has none."""
    number = first(item.meta, "_thumbnail_id")
    if number in {"", "0", "-1"}:
        outside = first(item.meta, "_external_thumbnail", "fifu_image_url")
        return (LeadImage(url=outside) if outside.startswith("http") else None), []
    media = spool.find_media(number)
    if media is None or not media.url:
        detail = (
            f"The lead picture is attachment {number[:20]}, which is not in this file:"
            " import the file that holds it, too."
        )
        return None, [Problem(item=external_id, kind="missing_lead_image", detail=detail)]
    lead = LeadImage(
        url=media.url,
        media_id=media.external_id,
        caption=media.caption,
        credit=media.credit,
        alt_text=media.alt_text,
    )
    return lead, []


def old_addresses(item: RawItem, *, slug: str, is_page: bool) -> tuple[str, ...]:
    """Return every address an item is known to have had, the canonical one first."""
    link = item.text("link")
    post_id = item.text("wp:post_id")
    guid = item.text("guid").replace("&amp;", "&").replace("&#038;", "&")
    found = [link] if link else []
    plain = bool(_PLAIN_ID.search(link))
    if link and not plain:
        stated = item.text("wp:post_name") or slug
        for old in item.meta.get("_wp_old_slug", ()):
            if address := replace_slug(link, slug=stated, by=old.strip()):
                found.append(address)
        pages = min(len(_NEXT_PAGE.findall(item.get("content:encoded"))), 50)
        found.extend(f"{link.rstrip('/')}/{page}/" for page in range(2, pages + 2))
    if _PLAIN_ID.search(guid):
        found.append(guid)
    if post_id:
        found.append(f"/?page_id={post_id}" if is_page else f"/?p={post_id}")
    if permalink := first(item.meta, "custom_permalink"):
        found.append("/" + permalink.lstrip("/"))
    return tuple(dict.fromkeys(found))


def replace_slug(link: str, *, slug: str, by: str) -> str:
    """Return an address with another slug in the same pattern; "" if it has not this one."""
    if not by or not slug or by == slug:
        return ""
    path = urlsplit(link).path
    head, found, tail = path.rpartition(slug)
    if not found or "/" in tail.rstrip("/") or (head and not head.endswith("/")):
        return ""
    start = link.rfind(path)
    return f"{link[:start]}{head}{by}{tail}{link[start + len(path) :]}"
