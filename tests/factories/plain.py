"""Plain data for templates: what views hand them, without a database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.safestring import mark_safe

NOW = dt.datetime(2024, 3, 9, 10, 42, tzinfo=dt.UTC)


def picture(**changes: Any) -> dict[str, Any]:
    """A picture with one rendition in two formats."""
    return {
        "sources": [{"type": "image/avif", "srcset": "/m/a.avif 640w, /m/b.avif 1080w"}],
        "src": "/m/a.jpg",
        "width": 640,
        "height": 427,
        "alt": "Cranes over a harbor",
        "caption": "The port at dusk.",
        "credit": "Chen Yao / TDI",
    } | changes


def card(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A card with everything filled."""
    return {
        "id": number,
        "title": f"Headline {number}",
        "url": f"/technology/headline-{number}/",
        "kicker": "Chips",
        "kind": "analysis",
        "kind_label": "Analysis",
        "label_visible": True,
        "standfirst": "What is new, and what comes next.",
        "published_at": NOW,
        "updated_at": None,
        "section_title": "Technology",
        "section_url": "/technology/",
        "authors": [("Lin Meifeng", "/authors/lin/"), ("Amina Wanjiru", "/authors/amina/")],
        "image": picture(),
        "image_alt": "Cranes",
    } | changes


def cards(count: int) -> list[dict[str, Any]]:
    """Cards with and without pictures."""
    return [card(n, image=picture() if n % 2 else None) for n in range(1, count + 1)]


def page(**changes: Any) -> dict[str, Any]:
    """What every page gets."""
    children = [{"title": "Chips", "url": "/technology/chips/", "is_current": True}]
    technology = {"title": "Technology", "url": "/technology/", "is_current": True}
    return {
        "shell": {
            "site": {
                "name": "The Daily Internationalist",
                "tagline": "From everywhere",
                "agency": "TDI",
                "logo_url": "",
                "social_profiles": [("Mastodon", "https://social.example/@tdi")],
                "footer_links": [("About", "/about/")],
                "policies": [("Ethics", "/ethics/")],
            },
            "navigation": [technology | {"children": children}],
            "banner": {"text": "Talks adjourned", "url": "/talks/", "at": NOW},
        },
        "meta": {
            "title": "Title · The Daily Internationalist",
            "description": "Description",
            "canonical_url": "https://example.org/x/",
            "robots": "max-image-preview:large",
            "og_type": "website",
            "og_image": "https://example.org/i.jpg",
            "feeds": [("Technology", "/technology/feed/")],
            "json_ld": mark_safe('{"@context": "https://schema.org"}'),
            "language": "en",
            "direction": "ltr",
        },
        "breadcrumb": [("Home", "/"), ("Technology", "")],
        "most_popular": {"title": "", "today": cards(5), "week": cards(6)},
    } | changes


def listing(**changes: Any) -> dict[str, Any]:
    """What every list gets."""
    links = [(1, "?page=1", False), (None, "", False), (4, "?page=4", True)]
    pager = {"number": 4, "total": 9, "previous_url": "?page=3", "next_url": "?page=5"}
    return (
        page(
            heading="Technology",
            description="Networks and chips",
            lead_cards=cards(4),
            cards=cards(5),
            pager=pager | {"links": links},
            subsections=[("Chips", "/technology/chips/")],
            feed_url="/technology/feed/",
        )
        | changes
    )


def article(**changes: Any) -> dict[str, Any]:
    """An article page with everything filled."""
    people = [("Lin Meifeng", "/authors/lin/"), ("Amina Wanjiru", "")]
    notice = {"kind_label": "Correction", "text": "There are twelve zones.", "at": NOW}
    return (
        page(
            article={
                "title": "China ties 6G roadmap to industry",
                "kicker": "",
                "standfirst": "Factories come first.",
                "kind": "opinion",
                "kind_label": "Opinion",
                "issuer": "",
                "disclosure": "None",
                "source_name": "AFP",
                "section_title": "Technology",
                "section_url": "/technology/",
                "byline_groups": [{"role": "by", "role_label": "By", "people": people}],
                "published_at": NOW,
                "updated_at": NOW,
                "reading_minutes": 4,
                "lead": {"picture": picture(), "alt": "Cranes", "caption": "Dusk", "credit": "TDI"},
                "body_html": mark_safe("<p>Text</p><h2>More</h2><p>Text</p>"),
                "language": "",
                "direction": "",
            },
            corrections_top=[notice],
            corrections_bottom=[notice, notice],
            topics=[("6G", "/tags/6g/")],
            author_boxes=[
                {"name": "Lin", "url": "/a/", "portrait": picture(), "expertise": "Covers chips."}
            ],
            related=cards(3),
            share=[("Email", "mailto:?body=x")],
            report_url="mailto:desk@news.example",
            follow=[("Mastodon", "https://social.example/@tdi")],
            sources_html=mark_safe("<p>Documents</p>"),
            is_old=True,
            preview=None,
            page_id=12,
        )
        | changes
    )
