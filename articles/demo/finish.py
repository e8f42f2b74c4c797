"""What no archive states and the demo shows: settings, faces, pins, views, a review.

Written with the newsroom's own models and services once the import is done, in one
transaction, so that it is there wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail.models import Page, Site

from articles.demo.items import SOURCE, media_item
from articles.demo.records import DemoAuthor, DemoContent, DemoOutlet
from articles.demo.views import list_hourly_views
from articles.imports.models import ImportedRecord
from articles.navigation.models import FooterLink, NewsroomSettings, SocialProfile
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.people.models import Author, AuthorProfile
from articles.popularity.rollup import add_views, refresh_windows


class Arrived:
    """What the import made of the demo's items: our ids by the kind and id of the item."""

    def __init__(self) -> None:
        records = ImportedRecord.objects.filter(source=SOURCE, object_id__isnull=False)
        self._ids: dict[tuple[str, str], int] = {
            (record.kind, record.external_id): record.object_id
            for record in records.only("kind", "external_id", "object_id")
            if record.object_id is not None
        }

    def article(self, slug: str) -> int:
        return self._ids["article", slug]

    def page(self, slug: str) -> int:
        return self._ids["page", slug]

    def author(self, slug: str) -> int:
        return self._ids["author", slug]

    def category(self, path: str) -> int:
        return self._ids["category", path]

    def picture(self, external_id: str) -> int | None:
        return self._ids.get(("media", external_id))


def describe_outlet(outlet: DemoOutlet, *, arrived: Arrived) -> None:
    """Fill the settings of the site: name, agency, policies, profiles, footer."""
    site = Site.objects.get(is_default_site=True)
    site.site_name = outlet.name
    site.save()
    settings = NewsroomSettings.for_site(site)
    settings.outlet_name = outlet.name
    settings.agency_code = outlet.agency
    settings.tagline = outlet.tagline
    settings.contact_email = outlet.contact_email
    settings.founding_year = outlet.founding_year
    settings.address = outlet.address
    for field, slug in outlet.policies.items():
        setattr(settings, f"{field}_id", arrived.page(slug))
    settings.social_profiles = [
        SocialProfile(label=label, url=url, sort_order=order)
        for order, (label, url) in enumerate(outlet.profiles)
    ]
    pages = Page.objects.in_bulk([arrived.page(slug) for slug in outlet.footer])
    settings.footer_links = [
        FooterLink(page=page, title=page.title, sort_order=order)
        for order, page in enumerate(pages[arrived.page(slug)] for slug in outlet.footer)
    ]
    settings.save()


def introduce_authors(authors: Iterable[DemoAuthor], *, arrived: Arrived) -> None:
    """Give the authors their role, base, languages, profiles and portrait."""
    for demo in authors:
        author = Author.objects.get(pk=arrived.author(demo.slug))
        author.role = demo.role
        author.base = demo.base
        author.expertise = demo.expertise
        author.languages = ", ".join(demo.languages)
        author.email = demo.email
        author.portrait_id = arrived.picture(media_item(demo.portrait).external_id)
        author.profiles = [
            AuthorProfile(label=label, url=url, sort_order=order)
            for order, (label, url) in enumerate(demo.profiles)
        ]
        author.save()


def pin_stories(outlet: DemoOutlet, *, arrived: Arrived, now: datetime) -> None:
    """Hold stories on the front page and on fronts of sections, as an editor does."""
    home = Site.objects.get(is_default_site=True).root_page
    for path, slugs in outlet.pins.items():
        front: Any = Page.objects.get(pk=arrived.category(path)) if path else home
        front = front.specific
        stories = (ArticlePage.objects.get(pk=arrived.article(slug)) for slug in slugs)
        front.pins = [("pin", {"article": story}) for story in stories]
        actions.publish(front, actor=None, revision=front.save_revision(), now=now)


def count_readers(content: DemoContent, *, arrived: Arrived, now: datetime) -> None:
    """Add the views that readers would have left, and derive the windows from them."""
    add_views(
        (arrived.article(article.slug), hour, views)
        for article in content.articles
        for hour, views in list_hourly_views(article, now=now)
    )
    refresh_windows(now=now)


def send_draft_to_review(content: DemoContent, *, arrived: Arrived, editor: Any) -> None:
    """Submit the first draft to its section's workflow, so that the desk has a task."""
    drafts = (article for article in content.articles if article.status == "draft")
    draft = next(drafts, None)
    if draft is None:
        return
    page = ArticlePage.objects.get(pk=arrived.article(draft.slug))
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, editor)
