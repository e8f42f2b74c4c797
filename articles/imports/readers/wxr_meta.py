"""What plugins write into an item's meta values: search titles, views, primary section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.imports.readers.php_serialized import NotSerialized, loads
from articles.text.html import plain_text

Meta = dict[str, list[str]]

VIEW_KEYS = (
    *("views", "post_views_count", "total_number_of_views", "post_view_count", "_post_views"),
    *("_mzb_post_view_count", "ab_view_count", "ec_post_views", "penci_post_views_count"),
    *("tie_views", "wpb_post_views_count", "jnews_post_views", "entry_views", "post_views"),
)
SUBTITLE_KEYS = (
    *("newspack_post_subtitle", "_subtitle", "wps_subtitle", "secondary_title"),
    *("wp_subtitle", "_secondary_title"),
)
PRIMARY_KEYS = (
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
    "_primary_term_category",
    "_seopress_robots_primary_cat",
)
_TITLE_KEYS = (
    *("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title"),
    *("_seopress_titles_title", "_genesis_title"),
)
_DESCRIPTION_KEYS = (
    *("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"),
    *("_aioseop_description", "_seopress_titles_desc", "_genesis_description"),
)
_CANONICAL_KEYS = (
    *("_yoast_wpseo_canonical", "rank_math_canonical_url", "_seopress_robots_canonical"),
    *("_genesis_canonical_uri", "_aioseo_canonical_url"),
)
_VARIABLE = re.compile(
    r"%%?(?P<percent>[a-z][a-z_]{1,40})(?:\([^()%]{0,60}\))?%%?|#(?P<hash>[a-z][a-z_]{2,40})\b"
)
_SEPARATORS = "-–—·•|»:~<>*⋆"


@dataclass(slots=True)
class SearchFields:
    """What an article tells search engines, with its template variables filled in."""

    title: str = ""
    description: str = ""
    canonical_url: str = ""
    noindex: bool = False
    unknown_variables: list[str] = field(default_factory=list)


def first(meta: Meta, *keys: str) -> str:
    """Return the first value that says something, of the keys in their order."""
    for key in keys:
        for value in meta.get(key, ()):
            if value.strip():
                return value.strip()
    return ""


def read_views(meta: Meta) -> tuple[int | None, list[str]]:
    """Return the largest whole number of the counters' keys, and values that are none."""
    best: int | None = None
    odd = []
    for key in VIEW_KEYS:
        for value in meta.get(key, ()):
            text = value.strip()
            if text.isascii() and text.isdigit() and len(text) < 16:
                best = max(best or 0, int(text))
            elif text:
                odd.append(f"{key}={text[:40]}")
    return best, odd


def read_search_fields(meta: Meta, *, title: str, excerpt: str, site: str) -> SearchFields:
    """Read the search fields of five plugins; a title equal to the headline is none."""
    found = SearchFields(canonical_url=first(meta, *_CANONICAL_KEYS))
    known = {
        "title": title,
        "post_title": title,
        "sitename": site,
        "site_title": site,
        "sitetitle": site,
        "excerpt": excerpt,
        "post_excerpt": excerpt,
        "excerpt_only": excerpt,
        **dict.fromkeys(("sep", "separator_sa", "separator"), "-"),
        **dict.fromkeys(("page", "pagenumber", "pagetotal"), ""),
    }
    found.title = _fill(first(meta, *_TITLE_KEYS), known=known, unknown=found.unknown_variables)
    found.description = _fill(
        first(meta, *_DESCRIPTION_KEYS), known=known, unknown=found.unknown_variables
    )
    # The site's name is added when the page is shown.
    if site and found.title.endswith(site):
        bare = found.title.removesuffix(site).rstrip().rstrip(_SEPARATORS).rstrip()
        found.title = bare if bare else found.title
    if found.title == title:
        found.title = ""
    found.noindex = _is_noindex(meta)
    return found


def _fill(template: str, *, known: dict[str, str], unknown: list[str]) -> str:
    """Replace the variables of a template; one that is not known empties the text."""
    missing = []

    def value(match: re.Match[str]) -> str:
        name = match["percent"] or match["hash"]
        if match["percent"] and not match[0].endswith("%"):
            return match[0]
        if name not in known:
            # `#word` may be a hashtag of the text.
            if match["hash"]:
                return match[0]
            missing.append(match[0])
            return ""
        return known[name]

    filled = " ".join(_VARIABLE.sub(value, plain_text(template)).split())
    if missing:
        unknown.extend(missing)
        return ""
    return filled.strip(f" {_SEPARATORS}") if filled != template else filled


def _is_noindex(meta: Meta) -> bool:
    if first(meta, "_yoast_wpseo_meta-robots-noindex") == "1":
        return True
    if first(meta, "_seopress_robots_index") == "yes" or first(meta, "_genesis_noindex") == "1":
        return True
    robots = first(meta, "rank_math_robots")
    if not robots:
        return False
    try:
        value = loads(robots)
    except NotSerialized:
        return False
    return isinstance(value, dict) and "noindex" in value.values()
