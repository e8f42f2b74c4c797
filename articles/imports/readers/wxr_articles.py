"""One post or page of a WordPress export as an article item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from articles.imports.items import ArticleItem, Problem, Status
from articles.imports.readers.wxr_bylines import read_bylines
from articles.imports.readers.wxr_categories import CategoryTree, Path, is_no_section
from articles.imports.readers.wxr_dates import ZoneAt, find_moment, parse_stamp
from articles.imports.readers.wxr_elements import RawItem
from articles.imports.readers.wxr_meta import (
    PRIMARY_KEYS,
    SUBTITLE_KEYS,
    first,
    read_search_fields,
    read_views,
)
from articles.imports.readers.wxr_references import (
    find_lead,
    find_media,
    find_reusable,
    inline_footnotes,
    old_addresses,
)
from articles.imports.readers.wxr_spool import Spool
from articles.text.excerpts import cut_at_word, is_start_of
from articles.text.html import plain_text
from articles.text.slugs import decode_slug, slugify

_STATUSES: dict[str, Status] = {
    "publish": "published",
    "future": "scheduled",
    "draft": "draft",
    "pending": "draft",
    "auto-draft": "draft",
    "private": "private",
}
_MAX_LINE = 65_535
"""What the XML parser counts to."""
Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Context:
    """What items of one file have in common."""

    spool: Spool
    tree: CategoryTree
    zone_at: ZoneAt
    now: datetime
    file: str
    site: str
    language: str

    def position(self, item: RawItem) -> str:
        """Return where an item stands, for messages."""
        if 0 < item.line < _MAX_LINE:
            return f"{self.file}, line {item.line}"
        return f"{self.file}, item {item.number}"


def read_article(item: RawItem, *, external_id: str, context: Context) -> ArticleItem:
    """Turn a post or page into an article item; what is odd is told in its problems."""
    problems: list[Problem] = []

    def tell(kind: str, detail: str) -> None:
        problems.append(Problem(item=external_id, kind=kind, detail=detail))

    is_page = item.text("wp:post_type") == "page"
    slug = decode_slug(item.text("wp:post_name"))
    body = inline_footnotes(item.get("content:encoded"), stated=first(item.meta, "footnotes"))
    lead, lead_problems = find_lead(item, external_id=external_id, spool=context.spool)
    problems.extend(lead_problems)
    reusable = find_reusable(body, spool=context.spool)
    parent = item.text("wp:post_parent")
    article = ArticleItem(
        external_id=external_id,
        title=_title(item, body=body, slug=slug, tell=tell),
        kind="page" if is_page else "article",
        article_kind=_article_kind(item),
        slug=slug,
        body=body,
        body_flavor="blocks" if "<!-- wp:" in body else "classic",
        bylines=read_bylines(item, spool=context.spool),
        categories=_categories(item, context=context, tell=tell),
        tags=_tags(item),
        lead=lead,
        media=find_media(
            "\n".join([body, *reusable.values()]),
            post_id=item.text("wp:post_id"),
            spool=context.spool,
        ),
        old_urls=old_addresses(item, slug=slug, is_page=is_page),
        parent_id=context.spool.external_id_of(parent) if parent not in {"", "0"} else "",
        menu_order=_menu_order(item),
        language=_language(item),
        comment_count=sum(item.comments.values()),
        is_sticky=item.text("wp:is_sticky") == "1",
        has_password=bool(item.text("wp:post_password")),
        reusable_blocks=reusable,
        position=context.position(item),
        problems=problems,
    )
    _set_status_and_times(article, item=item, context=context, tell=tell)
    _set_texts(article, item=item, context=context, tell=tell)
    return article


def _title(item: RawItem, *, body: str, slug: str, tell: Tell) -> str:
    title = plain_text(item.get("title"))
    if title:
        return title
    words = plain_text(body[:2000])
    made = cut_at_word(words, max_length=60) if words else slug.replace("-", " ")
    made = made or f"Untitled ({item.text('wp:post_id') or item.number})"
    tell("no_title", f"The item has no title: “{made}” was made from its text or address.")
    return made


def _article_kind(item: RawItem) -> str:
    formats = {term.slug for term in item.terms if term.domain == "post_format"}
    return "gallery" if "post-format-gallery" in formats else "news"


def _categories(item: RawItem, *, context: Context, tell: Tell) -> tuple[Path, ...]:
    slugs = dict.fromkeys(
        term.slug or slugify(term.name) for term in item.terms if term.domain == "category"
    )
    paths = [context.tree.path(slug) for slug in slugs if not is_no_section(slug)]
    paths = [path for path in paths if path]
    if not paths:
        return ()
    # The deepest section below the first one is where the article belongs.
    first_path = paths[0]
    primary = max((path for path in paths if path[: len(first_path)] == first_path), key=len)
    if number := first(item.meta, *PRIMARY_KEYS):
        stated = context.spool.slug_of_term(number)
        if stated in slugs and context.tree.path(stated):
            primary = context.tree.path(stated)
        elif number not in {"0", "-1"}:
            tell(
                "primary_category",
                f"The primary category is term {number[:20]}, which the item does not have.",
            )
    return (primary, *(path for path in paths if path != primary))


def _tags(item: RawItem) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for term in item.terms:
        if term.domain in {"post_tag", "tag"} and (term.slug or term.name):
            slug = decode_slug(term.slug) or slugify(term.name)
            found.setdefault(slug, term.name or slug)
    return tuple(found.items())


def _language(item: RawItem) -> str:
    stated = next((term.slug for term in item.terms if term.domain == "language"), "")
    return (stated or first(item.meta, "_icl_lang", "_locale")).replace("_", "-")


def _menu_order(item: RawItem) -> int:
    text = item.text("wp:menu_order")
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 10 else 0


def _set_status_and_times(
    article: ArticleItem, *, item: RawItem, context: Context, tell: Tell
) -> None:
    stated = item.text("wp:status")
    article.status = _STATUSES.get(stated, "draft")
    if stated not in _STATUSES:
        tell("unknown_status", f"The status is “{stated[:40]}”: imported as a draft.")
    if article.has_password:
        article.status = "draft"
        tell("password", "The item is protected by a password: imported as a draft.")
    moment = find_moment(
        gmt=item.get("wp:post_date_gmt"),
        pub_date=item.get("pubDate"),
        local=item.get("wp:post_date"),
        zone_at=context.zone_at,
    )
    article.created_at = moment.at if moment else None
    if article.status == "draft":
        return
    if moment is None:
        article.status = cast(Status, "draft")
        tell("no_date", "The item has no usable date: imported as a draft.")
        return
    if article.status == "published" and moment.at > context.now + timedelta(days=1):
        article.status = "draft"
        tell("future_date", f"Published, but dated {moment.at:%Y-%m-%d}: imported as a draft.")
        return
    if moment.found_in == "post_date":
        tell("local_date", "Only the local date is usable; read in the site's time zone.")
    article.published_at = moment.at
    modified = parse_stamp(item.get("wp:post_modified_gmt"))
    if modified is not None:
        article.updated_at = modified.replace(tzinfo=UTC)


def _set_texts(article: ArticleItem, *, item: RawItem, context: Context, tell: Tell) -> None:
    article.excerpt = plain_text(item.get("excerpt:encoded"))
    article.standfirst = plain_text(first(item.meta, *SUBTITLE_KEYS)) or article.excerpt
    article.kicker = plain_text(first(item.meta, "kicker"))
    if is_start_of(article.standfirst, text=plain_text(article.body[:8000])):
        article.standfirst = ""
    fields = read_search_fields(
        item.meta, title=article.title, excerpt=article.excerpt, site=context.site
    )
    article.seo_title = fields.title
    article.seo_description = fields.description
    article.canonical_url = fields.canonical_url
    article.noindex = fields.noindex
    for variable in dict.fromkeys(fields.unknown_variables):
        tell("seo_template", f"The search text uses {variable}, which is not known: left out.")
    article.views, odd = read_views(item.meta)
    for value in odd:
        tell("view_count", f"{value} is no whole number: left out.")
