"""Addresses of what readers open, made from stored values without a query.

The shapes are the public contract, the same on every site; `reverse()` would cost more
than the row it is made from.
"""

from __future__ import annotations

from urllib.parse import quote


def author_url(slug: str) -> str:
    """Return the address of an author's page."""
    return f"/authors/{_quoted(slug)}/"


def topic_url(slug: str) -> str:
    """Return the address of a topic's page."""
    return f"/tags/{_quoted(slug)}/"


def page_url(url_path: str, *, root_url_path: str) -> str:
    """Return the address of a page of the tree; "" when it lies outside the site.

    Args:
        url_path: `Page.url_path`, such as `/home/technology/`.
        root_url_path: that of the site's home page, such as `/home/`.
    """
    if not url_path.startswith(root_url_path):
        return ""
    return _quoted("/" + url_path[len(root_url_path) :])


def _quoted(path: str) -> str:
    return path if path.isascii() else quote(path, safe="/~:@!$&'()*+,;=")
