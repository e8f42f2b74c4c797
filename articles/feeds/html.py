"""A text as feed readers show it: plain elements, absolute addresses, nothing active."""

from __future__ import annotations

from functools import lru_cache

import nh3

from articles.text.safe_html import REMOVED_WITH_CONTENT, RICH_TAGS, SCHEMES
from articles.text.xml import xml_characters

TAGS = RICH_TAGS | {
    *("h2", "h3", "h4", "figure", "figcaption", "img", "blockquote", "cite", "pre", "hr"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "audio", "video"),
}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls"},
}


def feed_html(html: str, *, root_url: str) -> str:
    """Return the HTML of a body for a feed; it may be any, and comes out safe.

    Args:
        html: as an article's page has it.
        root_url: scheme and host, to which addresses within the site belong.
    """
    return xml_characters(_cleaner(root_url).clean(html)).strip()


@lru_cache(maxsize=16)
def _cleaner(root_url: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(REMOVED_WITH_CONTENT),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        url_relative=("rewrite_with_base", root_url),
        link_rel=None,
    )
