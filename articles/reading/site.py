"""Loading what is the same on every page: outlet, sections, links, the line on air."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Site

from articles.navigation.models import FeedContent, NewsroomSettings
from articles.reading.addresses import page_url
from articles.reading.facts import TREE_STEP, Banner, Section, SiteFacts
from articles.reading.pictures import load_pictures
from articles.reading.site_queries import (
    BANNER,
    FOOTER,
    PROFILE,
    PageLine,
    SiteLine,
    find_site,
    load_page_lines,
    load_site_lines,
)

__all__ = ["Banner", "Section", "SiteFacts", "get_site_facts", "load_site_facts"]

POLICIES = ("about", "ethics", "corrections", "ownership", "masthead", "privacy")
_MEMO = "_newsroom_site_facts"


def get_site_facts(request: HttpRequest) -> SiteFacts:
    """Return the facts of the site that answers a request, remembered on the request.

    Three queries, four with a logo; one of them is that of the site, which Wagtail then
    need not ask again. From here on times are shown in the site's zone; the middleware
    of this room ends that with the request.

    Raises:
        Http404: no site answers this host, and there is no default one.
    """
    facts = getattr(request, _MEMO, None)
    if facts is None:
        site = find_site(request)
        if site is None:
            raise Http404("There is no site: make one in the desk, under Settings, Sites.")
        facts = load_site_facts(site, now=timezone.now())
        setattr(request, _MEMO, facts)
    timezone.activate(facts.zone)
    return facts


def load_site_facts(site: Site, *, now: datetime) -> SiteFacts:
    """Return the facts of a site at a moment.

    Two queries, three with a logo, if the site comes from `find_site`; one or two more
    otherwise.
    """
    outlet = _settings_of(site)
    root = site.root_page
    lines = load_site_lines(outlet.pk, now=now)
    policy_ids = {name: getattr(outlet, f"{name}_page_id") for name in POLICIES}
    page_ids = {*policy_ids.values(), *(line.page_id for line in lines)} - {None}
    pages = load_page_lines(root_path=root.path, page_ids=page_ids, now=now)
    known = {
        page.id: (page.title, page_url(page.url_path, root_url_path=root.url_path))
        for page in pages
    }
    sections = _build_sections(pages, known=known)
    logo = load_pictures([outlet.logo_id], slot="logo") if outlet.logo_id else {}
    return SiteFacts(
        site_id=site.pk,
        root_url=site.root_url,
        home_id=root.pk,
        home_path=root.path,
        root_url_path=root.url_path,
        name=outlet.outlet_name,
        zone=outlet.zone,
        tagline=outlet.tagline,
        agency=outlet.agency_code,
        contact_email=outlet.contact_email,
        founding_year=outlet.founding_year,
        address=outlet.address,
        has_full_feeds=outlet.feed_content == FeedContent.FULL,
        ai_crawlers_allowed=outlet.ai_crawlers_allowed,
        logo=logo.get(outlet.logo_id),
        social_profiles=_links(lines, kind=PROFILE, known=known),
        footer_links=_links(lines, kind=FOOTER, known=known),
        policies={name: known[pk] for name, pk in policy_ids.items() if pk in known},
        sections=sections,
        sections_by_path={section.path: section for section in sections.values()},
        banner=_banner_on_air(lines, known=known),
    )


def _settings_of(site: Site) -> NewsroomSettings:
    try:
        return site.newsroomsettings
    except ObjectDoesNotExist:
        # A site made by hand has none until somebody opens them; reading writes nothing.
        return NewsroomSettings(site=site)


def _links(
    lines: list[SiteLine], *, kind: int, known: dict[int, tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    found = [
        (line.text, line.url or known.get(line.page_id or 0, ("", ""))[1])
        for line in lines
        if line.kind == kind
    ]
    return tuple((text, url) for text, url in found if url)


def _banner_on_air(lines: list[SiteLine], *, known: dict[int, tuple[str, str]]) -> Banner | None:
    banners = [(line.at, line) for line in lines if line.kind == BANNER and line.at]
    if not banners:
        return None
    at, newest = max(banners, key=lambda pair: pair[0])
    url = newest.url or known.get(newest.page_id or 0, ("", ""))[1]
    return Banner(text=newest.text, url=url, at=at)


def _build_sections(
    pages: list[PageLine], *, known: dict[int, tuple[str, str]]
) -> dict[int, Section]:
    """Return the sections by id; one whose parent is not public hangs on the next above."""
    sections: dict[int, Section] = {}
    by_path: dict[str, Section] = {}
    for page in pages:
        if not page.is_section:
            continue
        above = page.path[:-TREE_STEP]
        while above and above not in by_path:
            above = above[:-TREE_STEP]
        parent = by_path.get(above)
        title, url = known[page.id]
        section = Section(
            id=page.id,
            title=title,
            url=url,
            path=page.path,
            trail=(*(parent.trail if parent else ()), (title, url)),
            parent_id=parent.id if parent else None,
        )
        sections[page.id] = by_path[page.path] = section
        if parent is not None:
            grown = replace(parent, child_ids=(*parent.child_ids, page.id))
            sections[parent.id] = by_path[parent.path] = grown
    return sections
