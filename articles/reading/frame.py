"""The frame of every public page: shell, head, trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles.metadata import graph
from articles.metadata.head import INDEX, meta_description, page_title
from articles.reading.facts import Section, SiteFacts
from articles.reading.records import Picture
from articles.reading.site import get_site_facts

Link = tuple[str, str]
"""A text and its address."""


def page_context(
    request: HttpRequest,
    *,
    title: str,
    description: str = "",
    breadcrumb: Sequence[Link] = (),
    canonical_path: str | None = None,
    canonical_url: str = "",
    robots: str = INDEX,
    feeds: Sequence[Link] = (),
    og_type: str = "website",
    og_title: str = "",
    og_description: str = "",
    og_image: str | Picture | None = None,
    json_ld: Sequence[graph.Node] = (),
    language: str = "",
    current_section_id: int | None = None,
) -> dict[str, Any]:
    """Return `shell`, `meta` and `breadcrumb` as templates/base.html takes them.

    Takes no query beyond those of `get_site_facts`.

    Args:
        request: of the page.
        title: of the page alone; "" stands for the site itself.
        description: plain text, cut if it is long.
        breadcrumb: the trail below the front page, as (title, url); an item without url
            is the page itself. The front page is put before it; empty shows no trail.
        canonical_path: address within the site, default that of the request without its
            query; lists name their `?page=2` here.
        canonical_url: absolute address elsewhere, of copy that first appeared there.
        robots: a value of `articles.metadata.head`.
        feeds: (title, path) of the page's own feeds; the first one stands in the footer.
        og_type: `website` or `article`.
        og_title: for shares, default the title alone.
        og_description: for shares, default the description.
        og_image: address or picture for shares.
        json_ld: the page's own nodes (`articles.metadata.graph`); outlet, site and trail
            are put before them.
        language: BCP 47 tag of the whole page, default the site's.
        current_section_id: the section to mark in the menu, with those above it.
    """
    facts = get_site_facts(request)
    trail = [(_("Home"), "/"), *breadcrumb] if breadcrumb else []
    here = facts.absolute(request.path if canonical_path is None else canonical_path)
    description = meta_description(description)
    return {
        "shell": build_shell(facts, current_section_id=current_section_id),
        "meta": {
            "title": page_title(title, site_name=facts.name, tagline=facts.tagline),
            "description": description,
            "canonical_url": canonical_url or here,
            "robots": robots,
            "og_type": og_type,
            "og_title": og_title or title or facts.name,
            "og_description": meta_description(og_description) or description,
            "og_image": absolute_picture(og_image, facts=facts),
            "feeds": list(feeds),
            "json_ld": graph.dump_graph([*site_nodes(facts, trail=trail), *json_ld]),
            "language": language,
            "direction": text_direction(language) if language else "",
        },
        "breadcrumb": trail,
    }


def build_shell(facts: SiteFacts, *, current_section_id: int | None = None) -> dict[str, Any]:
    """Return what stands around every page: names, menu, links, the line on air."""
    banner = facts.banner
    return {
        "site": {
            "name": facts.name,
            "tagline": facts.tagline,
            "agency": facts.agency,
            "logo_url": facts.logo.src if facts.logo else "",
            "social_profiles": facts.social_profiles,
            "footer_links": facts.footer_links,
            "policies": list(facts.policies.values()),
        },
        "navigation": _navigation(facts, current_section_id=current_section_id),
        "banner": banner and {"text": banner.text, "url": banner.url, "at": banner.at},
    }


def site_nodes(facts: SiteFacts, *, trail: Sequence[Link]) -> list[graph.Node]:
    """Return outlet, site and trail as nodes of the page's graph."""
    nodes = [
        graph.organization(
            root_url=facts.root_url,
            name=facts.name,
            logo_url=absolute_picture(facts.logo, facts=facts),
            same_as=[url for _label, url in facts.social_profiles],
            founding_year=facts.founding_year,
            address=facts.address,
            email=facts.contact_email,
            policies={name: facts.absolute(url) for name, (_t, url) in facts.policies.items()},
        ),
        graph.website(root_url=facts.root_url, name=facts.name, language=settings.LANGUAGE_CODE),
    ]
    if trail:
        nodes.append(graph.breadcrumb_list([(title, facts.absolute(url)) for title, url in trail]))
    return nodes


def absolute_picture(picture: str | Picture | None, *, facts: SiteFacts) -> str:
    """Return the absolute address of a picture; "" for none."""
    url = picture.src if isinstance(picture, Picture) else picture or ""
    return facts.absolute(url)


def text_direction(language: str) -> str:
    """Return `rtl` or `ltr` for a BCP 47 tag; languages Django does not know run left to right."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def _navigation(facts: SiteFacts, *, current_section_id: int | None) -> list[dict[str, Any]]:
    current = facts.sections.get(current_section_id or 0)
    path = current.path if current else ""

    def item(section: Section) -> dict[str, Any]:
        return {
            "title": section.title,
            "url": section.url,
            "is_current": path.startswith(section.path),
        }

    return [
        item(section) | {"children": [item(child) for child in facts.children_of(section.id)]}
        for section in facts.top_sections
    ]
