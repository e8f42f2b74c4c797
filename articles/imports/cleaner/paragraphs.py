"""What a single paragraph may turn out to be: a rule, an embed, an also-read line."""

from __future__ import annotations

import re

from articles.imports.cleaner.embeds import is_bare_url, provider_address
from articles.imports.cleaner.inline import escape_attribute
from articles.imports.cleaner.ledger import Block
from articles.text.html import plain_text
from articles.text.safe_html import sanitize_rich

_ALSO_READ = re.compile(
    r"^(?:also read|read also|read more|also see|see also|must read)\s*"
    r"(?::|[-–—](?=\s))\s*(.{4,250})$",
    re.IGNORECASE,
)
_RULES = frozenset({"***", "---", "___", "•••", "* * *", "- - -", "⁂"})


def paragraph_block(html: str, *, hrefs: list[str]) -> Block:
    """Return the block of one paragraph's inline HTML and the links in it."""
    text = plain_text(html[:4000])
    if text in _RULES:
        return {"type": "divider", "value": None}
    if is_bare_url(text):
        address = provider_address(text)
        if address:
            return {"type": "embed", "value": {"url": address, "caption": ""}}
        if not hrefs:
            html = f'<a href="{escape_attribute(text)}">{html}</a>'
    elif len(text) < 300 and (also := also_read_value(text, hrefs=hrefs)):
        return {"type": "also_read", "value": also}
    return {"type": "paragraph", "value": sanitize_rich(f"<p>{html}</p>")}


def also_read_value(text: str, *, hrefs: list[str]) -> dict[str, str | None] | None:
    """Return what an "Also read: Headline" line asks for, or None for any other text."""
    match = _ALSO_READ.match(text)
    if match is None or len(hrefs) > 1:
        return None
    return {
        "article": None,
        "wanted_headline": match[1].strip()[:255],
        "wanted_url": hrefs[0] if hrefs else "",
    }
