"""Rich text as it is stored becomes HTML: links to pages and documents get their addresses.

Wagtail's own rewriter asks the database for each kind of link in each text; here the
targets of a whole page are loaded once. What rich text holds has passed the allow-list
(`articles/text/safe_html.py`) or the editor before it was stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe

from articles.text.safe_html import safe_url

_LINK = re.compile(
    r"""<a\b(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>(?P<inner>.*?)</a\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')
_EMBED = re.compile(r"<embed\b[^>]*>", re.IGNORECASE)


def find_targets(html: str) -> tuple[set[int], set[int]]:
    """Return the ids of the pages and of the documents that a rich text links to."""
    pages: set[int] = set()
    documents: set[int] = set()
    if "linktype" in html:
        for match in _LINK.finditer(html):
            attributes = _read(match["attributes"])
            target = _target_of(attributes)
            if target is not None:
                (documents if attributes["linktype"] == "document" else pages).add(target)
    return pages, documents


def expand(html: str, *, links: Mapping[int, str], documents: Mapping[int, str]) -> SafeString:
    """Return rich text as readers get it.

    A link whose target is not among those given, or of a kind that is not known, leaves
    its text only. So does an address with a scheme that does not belong into a text.

    Args:
        html: as stored.
        links: page id to address, of pages that readers may see.
        documents: document id to address.
    """

    def rewrite(match: re.Match[str]) -> str:
        attributes = _read(match["attributes"])
        if "linktype" not in attributes:
            url = safe_url(attributes.get("href", ""))
        else:
            table = documents if attributes["linktype"] == "document" else links
            url = table.get(_target_of(attributes) or 0, "")
            if url and "query" in attributes:
                url = f"{url}?{attributes['query']}"
            if url and "anchor" in attributes:
                url = f"{url}#{attributes['anchor']}"
        return f'<a href="{escape(url)}">{match["inner"]}</a>' if url else match["inner"]

    html = _EDITOR_KEY.sub("", html)
    if "<a" in html:
        html = _LINK.sub(rewrite, html)
    if "<embed" in html:
        html = _EMBED.sub("", html)
    return mark_safe(html)  # noqa: S308 - cleaned before it was stored


def _read(attributes: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single)
        for name, double, single in _ATTRIBUTE.findall(attributes)
    }


def _target_of(attributes: Mapping[str, str]) -> int | None:
    if attributes.get("linktype") not in {"page", "document"}:
        return None
    text = attributes.get("id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
