"""The context of templates/pages/static_page.html."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from articles.metadata import graph
from articles.pages.static import StaticPage
from articles.pages.visibility import visible_pages
from articles.reading.body.references import collect, load_targets
from articles.reading.body.render import opening_words, render_body
from articles.reading.facts import TREE_STEP, SiteFacts
from articles.reading.frame import page_context
from articles.reading.site import get_site_facts

TYPES = {"about": "AboutPage", "masthead": "AboutPage", "ownership": "AboutPage"}
"""By the policy that a page holds; others are plain web pages. Source: schema.org, WebPage."""


def present_static(page: StaticPage, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a static page's template.

    At most four queries beside those of `get_site_facts`: the pages above, and what the
    text refers to.
    """
    facts = get_site_facts(request)
    raw = page.body.raw_data
    body = render_body(raw, targets=load_targets(collect(raw), facts=facts), page_id=page.pk)
    url = facts.url_of(page.url_path) if page.url_path else request.path
    updated = page.last_published_at and page.last_published_at.astimezone(facts.zone)
    updated = updated and updated.replace(microsecond=0)
    frame = page_context(
        request,
        title=page.seo_title or page.title,
        description=page.search_description or opening_words(raw),
        breadcrumb=[*load_trail(page, facts=facts), (page.title, "")],
        canonical_path=url,
        json_ld=[
            graph.web_page(
                url=facts.absolute(url),
                name=page.title,
                root_url=facts.root_url,
                type_name=_type_of(url, facts=facts),
                description=page.search_description,
                modified_at=updated,
            )
        ],
    )
    return frame | {
        "page": {
            "title": page.title,
            "updated_at": updated,
            "body_html": body.html,
            "contents": body.contents,
        }
    }


def load_trail(page: StaticPage, *, facts: SiteFacts) -> list[tuple[str, str]]:
    """Return the pages above one, below the front page, as (title, url). One query, or none."""
    start = len(facts.home_path) + TREE_STEP
    above = [page.path[:end] for end in range(start, len(page.path or ""), TREE_STEP)]
    if not above:
        return []
    rows = visible_pages().filter(path__in=above).order_by("path")
    return [(title, facts.url_of(path)) for title, path in rows.values_list("title", "url_path")]


def _type_of(url: str, *, facts: SiteFacts) -> str:
    for name, (_title, policy_url) in facts.policies.items():
        if policy_url == url and name in TYPES:
            return TYPES[name]
    return "WebPage"
