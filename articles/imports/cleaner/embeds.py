"""Providers of embeds: from a frame's, a script's or a link's address to the page's."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, urlsplit

from articles.text.safe_html import safe_url

_ID = re.compile(r"^[\w-]{1,64}$")
_BARE_URL = re.compile(r"^https?://\S{4,1990}$")

Rule = Callable[[SplitResult, list[str]], str]
"""Takes an address and the parts of its path; returns the page's address or ""."""


def provider_address(url: str) -> str:
    """Return the plain address of what a known provider shows, or "" for any other."""
    url = safe_url(url.strip(), web_only=True)
    if not url or len(url) > 2000:
        return ""
    try:
        split = urlsplit(url)
        host = (split.hostname or "").lower()
    except ValueError:
        return ""
    parts = [part for part in split.path.split("/") if part]
    for suffix, rule in _RULES:
        if host == suffix or host.endswith(f".{suffix}"):
            return rule(split, parts)
    return ""


def is_bare_url(text: str) -> bool:
    """Tell whether a text is one address and nothing else."""
    return bool(_BARE_URL.match(text.strip()))


def _query(split: SplitResult, key: str) -> str:
    return parse_qs(split.query, max_num_fields=50).get(key, [""])[0] if split.query else ""


def _same(split: SplitResult) -> str:
    return split._replace(scheme="https", fragment="").geturl()


def _at(parts: list[str], place: int) -> str:
    return parts[place] if place < len(parts) else ""


def _youtube(split: SplitResult, parts: list[str]) -> str:
    first, second = _at(parts, 0), _at(parts, 1)
    playlist = _query(split, "list")
    if first in {"embed", "v", "shorts", "live", "e"} and _ID.match(second):
        if second == "videoseries" and playlist:
            return f"https://www.youtube.com/playlist?list={playlist}"
        return f"https://www.youtube.com/watch?v={second}"
    if first == "watch" and _ID.match(_query(split, "v")):
        return f"https://www.youtube.com/watch?v={_query(split, 'v')}"
    if first == "playlist" and playlist:
        return f"https://www.youtube.com/playlist?list={playlist}"
    return ""


def _short_youtube(split: SplitResult, parts: list[str]) -> str:
    video = _at(parts, 0).partition("&")[0]
    return f"https://www.youtube.com/watch?v={video}" if _ID.match(video) else ""


def _vimeo(split: SplitResult, parts: list[str]) -> str:
    numbers = [part for part in parts if part.isdigit()]
    return f"https://vimeo.com/{numbers[-1]}" if numbers else ""


def _twitter(split: SplitResult, parts: list[str]) -> str:
    for place, part in enumerate(parts[:-1]):
        number = parts[place + 1]
        if part in {"status", "statuses"} and number.isdigit():
            return f"https://twitter.com/{'/'.join(parts[:place])}/status/{number}"
    number = _query(split, "id")
    return f"https://twitter.com/i/status/{number}" if number.isdigit() else ""


def _instagram(split: SplitResult, parts: list[str]) -> str:
    for place, part in enumerate(parts[:-1]):
        if part in {"p", "reel", "tv"} and _ID.match(parts[place + 1]):
            return f"https://www.instagram.com/{part}/{parts[place + 1]}/"
    return ""


def _facebook(split: SplitResult, parts: list[str]) -> str:
    if _at(parts, 0) == "plugins":
        return safe_url(_query(split, "href"), web_only=True)
    known = {"posts", "videos", "watch", "reel", "photo", "photos", "permalink.php", "story.php"}
    return _same(split) if known & {*parts, *(part + "s" for part in parts)} else ""


def _soundcloud(split: SplitResult, parts: list[str]) -> str:
    if _at(parts, 0) == "player":
        return safe_url(_query(split, "url"), web_only=True)
    return _same(split) if len(parts) >= 2 else ""


def _spotify(split: SplitResult, parts: list[str]) -> str:
    parts = [part for part in parts if part != "embed"]
    return f"https://open.spotify.com/{'/'.join(parts)}" if len(parts) >= 2 else ""


def _tiktok(split: SplitResult, parts: list[str]) -> str:
    if "video" in parts[:-1]:
        return f"https://www.tiktok.com/{'/'.join(parts)}"
    number = parts[-1] if parts else ""
    is_frame = _at(parts, 0) in {"embed", "player"} and number.isdigit()
    return f"https://www.tiktok.com/@/video/{number}" if is_frame else ""


def _ted(split: SplitResult, parts: list[str]) -> str:
    if _at(parts, 0) != "talks":
        return ""
    return f"https://www.ted.com/{'/'.join(parts).removesuffix('.html')}"


def _wordpress_tv(split: SplitResult, parts: list[str]) -> str:
    return _same(split) if len(parts) >= 4 else ""


def _videopress(split: SplitResult, parts: list[str]) -> str:
    video = _at(parts, 1)
    known = _at(parts, 0) in {"v", "embed"} and _ID.match(video)
    return f"https://videopress.com/v/{video}" if known else ""


def _dailymotion(split: SplitResult, parts: list[str]) -> str:
    video = parts[-1] if "video" in parts[:-1] else ""
    return f"https://www.dailymotion.com/video/{video}" if _ID.match(video) else ""


def _short_dailymotion(split: SplitResult, parts: list[str]) -> str:
    return f"https://www.dailymotion.com/video/{_at(parts, 0)}" if parts else ""


def _flickr(split: SplitResult, parts: list[str]) -> str:
    return _same(split) if _at(parts, 0) == "photos" and len(parts) >= 3 else ""


def _any_path(split: SplitResult, parts: list[str]) -> str:
    return _same(split) if parts else ""


def _google(split: SplitResult, parts: list[str]) -> str:
    return _same(split) if _at(parts, 0) == "maps" or split.netloc.startswith("maps.") else ""


_RULES: tuple[tuple[str, Rule], ...] = (
    ("youtube.com", _youtube),
    ("youtube-nocookie.com", _youtube),
    ("youtu.be", _short_youtube),
    ("vimeo.com", _vimeo),
    ("twitter.com", _twitter),
    ("x.com", _twitter),
    ("instagram.com", _instagram),
    ("instagr.am", _instagram),
    ("facebook.com", _facebook),
    ("fb.watch", _any_path),
    ("soundcloud.com", _soundcloud),
    ("spotify.com", _spotify),
    ("tiktok.com", _tiktok),
    ("ted.com", _ted),
    ("wordpress.tv", _wordpress_tv),
    ("videopress.com", _videopress),
    ("video.wordpress.com", _videopress),
    ("dailymotion.com", _dailymotion),
    ("dai.ly", _short_dailymotion),
    ("flickr.com", _flickr),
    ("flic.kr", _any_path),
    ("google.com", _google),
    ("goo.gl", _google),
)
