"""How the synthetic archive is written down: WXR items, block markup and classic text.

The words used are known to hold no markup and no `]]>`; nothing is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_ZERO = "0000-00-00 00:00:00"
_PARAGRAPH = "<!-- wp:paragraph -->\n<p>", "</p>\n<!-- /wp:paragraph -->"


class Reference(Protocol):
    """What is written about an item in itself and in others."""

    @property
    def title(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def published_at(self) -> datetime: ...


@dataclass(slots=True)
class ItemText:
    """What a body says, before it is marked up."""

    dateline: str
    lead: str
    sentences: list[str]
    subheadings: list[str]
    also_read: Reference | None
    linked: Reference | None
    picture_id: int
    """Id of the attachment that stands in the body too; 0 for none."""
    picture_url: str
    picture_alt: str
    shape: float
    """0 to 1: which of the rarer forms are used."""


def paragraph_writers() -> tuple[Callable[[ItemText], str], Callable[[ItemText], str]]:
    """Give the writers of block markup and of classic text."""
    return write_blocks, write_classic


def write_blocks(text: ItemText) -> str:
    """Write a body as the block editor saves it."""
    opening, closing = _PARAGRAPH
    parts = [f"{opening}{body}{closing}" for body in _split_paragraphs(text)]
    for place, heading in _place_subheadings(text, len(parts)):
        parts[place] = (
            f'<!-- wp:heading -->\n<h2 class="wp-block-heading">{heading}</h2>\n'
            f"<!-- /wp:heading -->\n\n{parts[place]}"
        )
    if text.also_read:
        target = text.also_read
        parts[2] += (
            f'\n\n{opening}<strong>Also Read:</strong> <a href="{target.url}">{target.title}</a>'
            f"{closing}"
        )
    if text.shape < 0.2:
        parts[-2] = (
            '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><p>'
            f"{text.sentences[0]}</p><cite>{text.picture_alt}</cite></blockquote>\n"
            f"<!-- /wp:quote -->\n\n{parts[-2]}"
        )
    elif text.shape < 0.35:
        items = "".join(
            f"<!-- wp:list-item -->\n<li>{heading}</li>\n<!-- /wp:list-item -->"
            for heading in text.subheadings
        )
        parts[-2] += (
            f'\n\n<!-- wp:list -->\n<ul class="wp-block-list">{items}</ul>\n<!-- /wp:list -->'
        )
    if text.picture_id:
        parts[1] += (
            f'\n\n<!-- wp:image {{"id":{text.picture_id},"sizeSlug":"large"}} -->\n'
            f'<figure class="wp-block-image size-large"><img src="{text.picture_url}" '
            f'alt="{text.picture_alt}" class="wp-image-{text.picture_id}"/>'
            f'<figcaption class="wp-element-caption">{text.picture_alt}</figcaption></figure>\n'
            "<!-- /wp:image -->"
        )
    return "\n\n".join(parts)


def write_classic(text: ItemText) -> str:
    """Write a body as the classic editor saves it: blank lines, or `<p>` in one of five."""
    parts = _split_paragraphs(text)
    for place, heading in _place_subheadings(text, len(parts)):
        parts[place] = f"<h3>{heading}</h3>\n\n{parts[place]}"
    if text.also_read:
        parts[2] += f"\n\nAlso Read: {text.also_read.title}"
    if text.shape < 0.2:
        parts[-2] += f"\n\n<blockquote>{text.sentences[0]}</blockquote>"
    if text.picture_id:
        parts[1] += (
            f'\n\n[caption id="attachment_{text.picture_id}" align="alignnone" width="1200"]'
            f'<img class="size-large wp-image-{text.picture_id}" src="{text.picture_url}" '
            f'alt="{text.picture_alt}" width="1200" height="800" /> {text.picture_alt}[/caption]'
        )
    body = "\n\n".join(parts)
    if text.shape > 0.8:
        body = "\n".join(
            line if line.startswith(("<", "[")) else f"<p>{line}</p>" for line in body.split("\n\n")
        )
    return body


def _split_paragraphs(text: ItemText) -> list[str]:
    """Join two to four sentences each; the dateline and the lead open the first one."""
    sentences = text.sentences
    size = 2 + int(text.shape * 100) % 3
    parts = [" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]
    parts[0] = f"{text.dateline}{text.lead} {parts[0]}"
    if text.linked:
        parts[3] += f' More on this: <a href="{text.linked.url}">{text.linked.title}</a>.'
    return parts


def _place_subheadings(text: ItemText, paragraphs: int) -> list[tuple[int, str]]:
    step = paragraphs // (len(text.subheadings) + 1)
    return [(step * at, heading) for at, heading in enumerate(text.subheadings, 1)]


def build_item(
    *,
    post_id: int,
    reference: Reference,
    local: datetime,
    body: str,
    excerpt: str,
    creator: str,
    section: tuple[str, str],
    part: tuple[str, str, int],
    tag_lines: str,
    thumbnail_id: int,
    description: str,
    views: int,
    old_slug: str,
    modified_after: timedelta,
) -> str:
    """Write an article as an item.

    `section` is a name and slug; `part` the name, slug and term id of its sub-section, the
    primary category. `modified_after` is how long after publication it was changed.
    """
    is_draft = reference.status == "draft"
    moment, gmt = _format(local), _format(reference.published_at)
    modified, modified_gmt = moment, gmt
    if modified_after:
        modified = _format(local + modified_after)
        modified_gmt = _format(reference.published_at + modified_after)
    meta = _meta("_yoast_wpseo_primary_category", str(part[2])) + _meta("views", str(views))
    if thumbnail_id:
        meta += _meta("_thumbnail_id", str(thumbnail_id))
    if description:
        meta += _meta("_yoast_wpseo_title", "%%title%% %%sep%% %%sitename%%")
        meta += _meta("_yoast_wpseo_metadesc", description)
    if old_slug:
        meta += _meta("_wp_old_slug", old_slug)
    categories = (
        f'<category domain="category" nicename="{part[1]}"><![CDATA[{part[0]}]]></category>\n'
        f'<category domain="category" nicename="{section[1]}"><![CDATA[{section[0]}]]></category>\n'
    )
    return _item(
        title=reference.title,
        link=reference.url,
        guid=f"https://archive.example.org/?p={post_id}",
        pub_date=_format_rfc822(reference.published_at),
        creator=creator,
        body=body,
        excerpt=excerpt,
        post_id=post_id,
        dates=(moment, _ZERO if is_draft else gmt, modified, modified_gmt),
        slug="" if is_draft else reference.slug,
        status=reference.status,
        parent_id=0,
        post_type="post",
        rest=categories + tag_lines + meta,
    )


def build_attachment(
    *,
    post_id: int,
    parent_id: int,
    reference: Reference,
    local: datetime,
    url: str,
    caption: str,
    alt: str,
    credit: str,
) -> str:
    """Write the picture of an article as an item; `reference` is the article's."""
    moment, gmt = _format(local), _format(reference.published_at)
    return _item(
        title=f"picture-{post_id}",
        link=f"https://archive.example.org/?attachment_id={post_id}",
        guid=url,
        pub_date=_format_rfc822(reference.published_at),
        creator="desk",
        body="",
        excerpt=caption,
        post_id=post_id,
        dates=(moment, gmt, moment, gmt),
        slug=f"picture-{post_id}",
        status="inherit",
        parent_id=parent_id,
        post_type="attachment",
        rest=f"<wp:attachment_url><![CDATA[{url}]]></wp:attachment_url>\n"
        + _meta("_wp_attached_file", url.partition("/uploads/")[2])
        + _meta("_wp_attachment_image_alt", alt)
        + _meta("_media_credit", credit),
    )


def build_channel_head(
    *,
    base_url: str,
    authors: Sequence[tuple[str, str, str]],
    sections: Sequence[tuple[str, Sequence[str]]],
    tags: Sequence[str],
    slugify: Callable[[str], str],
    moment: datetime,
) -> str:
    """Write everything before the first item. Term ids: sections from 100, tags from 1000."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"\n'
        '\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"\n'
        '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
        '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
        '\txmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n'
        f"<title>The Synthetic Archive</title>\n<link>{base_url}</link>\n"
        f"<description>Invented news</description>\n<pubDate>{_format_rfc822(moment)}</pubDate>\n"
        "<language>en-GB</language>\n<wp:wxr_version>1.2</wp:wxr_version>\n"
        f"<wp:base_site_url>{base_url}</wp:base_site_url>\n"
        f"<wp:base_blog_url>{base_url}</wp:base_blog_url>\n"
    ]
    for number, (login, first, last) in enumerate([*authors, ("desk", "Picture", "Desk")], 1):
        lines.append(
            f"<wp:author><wp:author_id>{number}</wp:author_id>"
            f"<wp:author_login><![CDATA[{login}]]></wp:author_login>"
            f"<wp:author_email><![CDATA[{login}@archive.example.org]]></wp:author_email>"
            f"<wp:author_display_name><![CDATA[{first} {last}]]></wp:author_display_name>"
            f"<wp:author_first_name><![CDATA[{first}]]></wp:author_first_name>"
            f"<wp:author_last_name><![CDATA[{last}]]></wp:author_last_name></wp:author>\n"
        )
    for number, (section, parts) in enumerate(sections):
        for at, name in enumerate([section, *parts]):
            parent = slugify(section) if at else ""
            lines.append(
                f"<wp:category><wp:term_id>{100 + number * 5 + at}</wp:term_id>"
                f"<wp:category_nicename><![CDATA[{slugify(name)}]]></wp:category_nicename>"
                f"<wp:category_parent><![CDATA[{parent}]]></wp:category_parent>"
                f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
            )
    lines += [
        f"<wp:tag><wp:term_id>{number}</wp:term_id>"
        f"<wp:tag_slug><![CDATA[{slugify(tag)}]]></wp:tag_slug>"
        f"<wp:tag_name><![CDATA[{tag}]]></wp:tag_name></wp:tag>\n"
        for number, tag in enumerate(tags, 1_000)
    ]
    lines.append("<generator>https://wordpress.org/?v=6.5.2</generator>\n")
    return "".join(lines)


def _item(
    *,
    title: str,
    link: str,
    guid: str,
    pub_date: str,
    creator: str,
    body: str,
    excerpt: str,
    post_id: int,
    dates: tuple[str, str, str, str],
    slug: str,
    status: str,
    parent_id: int,
    post_type: str,
    rest: str,
) -> str:
    """Write an item; `dates` are local, GMT, changed local, changed GMT."""
    return f"""<item>
<title><![CDATA[{title}]]></title>
<link>{link}</link>
<pubDate>{pub_date}</pubDate>
<dc:creator><![CDATA[{creator}]]></dc:creator>
<guid isPermaLink="false">{guid}</guid>
<description></description>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{post_id}</wp:post_id>
<wp:post_date><![CDATA[{dates[0]}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{dates[1]}]]></wp:post_date_gmt>
<wp:post_modified><![CDATA[{dates[2]}]]></wp:post_modified>
<wp:post_modified_gmt><![CDATA[{dates[3]}]]></wp:post_modified_gmt>
<wp:comment_status><![CDATA[closed]]></wp:comment_status>
<wp:ping_status><![CDATA[closed]]></wp:ping_status>
<wp:post_name><![CDATA[{slug}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status>
<wp:post_parent>{parent_id}</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type><![CDATA[{post_type}]]></wp:post_type>
<wp:post_password><![CDATA[]]></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
{rest}</item>
"""


def _meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>\n"
    )


def _format(moment: datetime) -> str:
    return (
        f"{moment.year}-{moment.month:02}-{moment.day:02} "
        f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"
    )


def _format_rfc822(moment: datetime) -> str:
    # Not strftime, whose names follow the locale.
    return (
        f"{_WEEKDAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment.year} "
        f"{moment.hour:02}:{moment.minute:02}:{moment.second:02} +0000"
    )
