"""Names of the places whose posts and films stand in articles."""

from __future__ import annotations

from urllib.parse import urlsplit

from articles.text.safe_html import safe_url

PROVIDERS = {
    "bsky.app": "Bluesky",
    "dailymotion.com": "Dailymotion",
    "datawrapper.dwcdn.net": "Datawrapper",
    "documentcloud.org": "DocumentCloud",
    "facebook.com": "Facebook",
    "fb.watch": "Facebook",
    "flickr.com": "Flickr",
    "flo.uri.sh": "Flourish",
    "flourish.studio": "Flourish",
    "giphy.com": "Giphy",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "pinterest.com": "Pinterest",
    "reddit.com": "Reddit",
    "rumble.com": "Rumble",
    "scribd.com": "Scribd",
    "slideshare.net": "SlideShare",
    "soundcloud.com": "SoundCloud",
    "spotify.com": "Spotify",
    "t.me": "Telegram",
    "ted.com": "TED",
    "threads.net": "Threads",
    "tiktok.com": "TikTok",
    "tumblr.com": "Tumblr",
    "twitter.com": "X",
    "vimeo.com": "Vimeo",
    "x.com": "X",
    "youtu.be": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtube.com": "YouTube",
}


def web_address(url: str) -> str:
    """Return an absolute web address, or "" for anything else."""
    url = safe_url(url, web_only=True)
    return url if url.startswith(("http://", "https://")) else ""


def provider_of(url: str) -> str:
    """Return the name of the place that a web address leads to; its host if it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    labels = host.split(".")
    for start in range(len(labels) - 1):
        name = PROVIDERS.get(".".join(labels[start:]))
        if name:
            return name
    return host
