"""What stands in the head of a page: titles, descriptions, robots."""

from __future__ import annotations

from articles.text.excerpts import cut_at_word

INDEX = "max-image-preview:large"
"""For search engines: the page may be found, with large pictures."""

NOINDEX = "noindex, follow"
"""For search engines: the page is not to be found, its links are."""

MAX_DESCRIPTION_LENGTH = 200


def page_title(title: str, *, site_name: str, tagline: str = "") -> str:
    """Return the title of the window: the page's and the site's, which comes last.

    Without one of its own, as on the front page, the site's name and tagline.
    """
    if title:
        return title if title == site_name else f"{title} · {site_name}"
    return f"{site_name} · {tagline}" if tagline else site_name


def meta_description(text: str) -> str:
    """Return a plain text as one line that search engines show whole."""
    return cut_at_word(text, max_length=MAX_DESCRIPTION_LENGTH)


def robots(*, is_noindex: bool = False) -> str:
    """Return the content of the robots tag."""
    return NOINDEX if is_noindex else INDEX
