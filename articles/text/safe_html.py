"""The one allow-list through which foreign HTML passes before anything is stored.

Two subsets: `RICH_*` is what the editor's rich text holds, and all that is ever
stored; `TREE_*` keeps the structures that the import turns into blocks, and is
never stored or shown.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import nh3

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Schemes a link may have; an address without a scheme is one within the site."""

RICH_TAGS = frozenset(
    {"p", "ul", "ol", "li", "b", "i", "a", "br", "code", "sup", "sub", "s"},
)
REMOVED_WITH_CONTENT = frozenset(
    {"script", "style", "template", "form", "svg", "math", "object", "embed", "applet"}
    | {"select", "button", "textarea", "title", "head", "noembed", "noframes", "xmp", "frameset"},
)
"""Elements whose text is no text of an article."""

TREE_TAGS = RICH_TAGS | {
    *("strong", "em", "cite", "q", "small", "span", "mark", "abbr", "time", "u", "del", "ins"),
    *("strike", "font", "kbd", "samp", "tt", "var", "dfn", "tt", "big", "center"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "aside", "header"),
    *("footer", "main", "nav", "address", "blockquote", "pre", "hr", "dl", "dt", "dd"),
    *("figure", "figcaption", "picture", "img", "source", "audio", "video", "iframe", "amp-img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "details", "summary"),
}
_TREE_ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href"},
    "img": {"src", "srcset", "alt", "title", "width", "height"},
    "amp-img": {"src", "srcset", "alt", "width", "height"},
    "source": {"src", "srcset", "type"},
    "video": {"src", "poster", "title"},
    "audio": {"src", "title"},
    "iframe": {"src", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "blockquote": {"cite"},
}
_RICH = nh3.Cleaner(
    tags=set(RICH_TAGS),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
    attributes={"a": {"href"}},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
_TREE = nh3.Cleaner(
    tags=set(TREE_TAGS),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
    attributes=_TREE_ATTRIBUTES,
    generic_attribute_prefixes={"data-"},
    # `data:` passes here only, so that a placeholder picture is known for what it is.
    url_schemes=set(SCHEMES) | {"data"},
    link_rel=None,
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
_SURROGATES_AND_CONTROLS = re.compile(r"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def sanitize_rich(html: str) -> str:
    """Reduce HTML to what rich text may hold; the text of other elements is kept.

    Doing it twice changes nothing. Raises nothing, whatever the input.
    """
    return _RICH.clean(drop_controls(html))


def sanitize_tree(html: str) -> str:
    """Reduce HTML to the structures the import recognizes, without active content.

    The result is well-formed, but may name `data:` pictures and foreign frames: it is
    an intermediate step and must not be stored.
    """
    return _TREE.clean(drop_controls(html))


def drop_controls(text: str) -> str:
    """Return a text without control characters and lone surrogates."""
    return _SURROGATES_AND_CONTROLS.sub("", text)


def safe_url(url: str, *, base_url: str = "", web_only: bool = False) -> str:
    """Return an address that may stand in a link, absolute if a base is known, or "".

    Refused are all schemes but `SCHEMES` (but http and https with `web_only`), however
    they are disguised by blanks, and addresses no parser understands.
    """
    url = drop_controls(url).strip()
    # Browsers skip blanks inside a scheme; what then looks like one must be allowed.
    head = _UNSEEN.sub("", url[:2000]).partition("/")[0].partition("?")[0].partition("#")[0]
    if ":" in head and head.partition(":")[0].lower() not in SCHEMES:
        return ""
    try:
        if base_url and url:
            url = urljoin(base_url, url)
        scheme, host = urlsplit(url).scheme.lower(), urlsplit(url).netloc
    except ValueError:
        return ""
    if url.startswith("//"):
        return f"https:{url}"
    if scheme in {"http", "https"} and not host:
        return ""
    if web_only and scheme not in {"http", "https", ""}:
        return ""
    return url.replace(" ", "%20")
