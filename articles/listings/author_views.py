"""Authors: who they are and what they signed, and all of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.listings.author_queries import authors_with_articles
from articles.listings.rendering import index_context, list_context
from articles.metadata import graph
from articles.pages.article import ArticlePage
from articles.people.models import Author
from articles.reading.addresses import author_url
from articles.reading.body.references import References, load_targets
from articles.reading.body.rich_text import expand, find_targets
from articles.reading.facts import SiteFacts
from articles.reading.frame import Link, absolute_picture
from articles.reading.pictures import load_pictures
from articles.reading.records import Picture
from articles.reading.site import get_site_facts
from articles.text.html import plain_text

AUTHORS_URL = "/authors/"
AUTHORS_ON_A_PAGE = 60


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    """Show all authors of articles, by name."""
    context, rows = index_context(
        request,
        heading=_("Authors"),
        base_url=AUTHORS_URL,
        items=authors_with_articles(now=timezone.now()).values_list(
            "name", "slug", "role", "base", "portrait_id"
        ),
        size=AUTHORS_ON_A_PAGE,
    )
    portraits = load_pictures({row[-1] for row in rows} - {None}, slot="portrait")
    context["authors"] = [
        {
            "name": name,
            "url": author_url(slug),
            "role": role,
            "base": base,
            "portrait": portraits.get(portrait_id),
        }
        for name, slug, role, base, portrait_id in rows
    ]
    return render(request, "listings/authors.html", context)


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an author and the articles signed by them; former staff keep the page."""
    found = get_object_or_404(Author, slug=slug)
    articles = ArticlePage.objects.visible_to_readers(now=timezone.now()).signed_by(found.pk)
    total = articles.order_by().count()
    if not total:
        raise Http404("No article that may be seen is signed by this author.")
    facts = get_site_facts(request)
    portrait = load_pictures({found.portrait_id} - {None}, slot="portrait").get(found.portrait_id)
    profiles = list(found.profiles.order_by("sort_order", "pk").values_list("label", "url"))
    base_url = author_url(found.slug)
    context = list_context(
        request,
        heading=found.name,
        description=found.expertise,
        base_url=base_url,
        article_ids=articles.newest_first().values_list("pk", flat=True),
        breadcrumb=[(_("Authors"), AUTHORS_URL)],
        feed_url=f"{base_url}feed/",
        total=total,
        main_node=_profile_node(found, facts=facts, portrait=portrait, profiles=profiles),
    )
    biography = _expand(found.biography, facts=facts)
    context["author"] = _describe(found, biography=biography, portrait=portrait, profiles=profiles)
    return render(request, "listings/author.html", context)


def _expand(html: str, *, facts: SiteFacts) -> SafeString:
    """Return rich text with the addresses of its links. No query without links."""
    pages, documents = find_targets(html)
    targets = load_targets(References(pages=pages, documents=documents), facts=facts)
    return expand(html, links=targets.links, documents=targets.documents)


def _describe(
    author: Author, *, biography: SafeString, portrait: Picture | None, profiles: list[Link]
) -> dict[str, Any]:
    return {
        "name": author.name,
        "role": author.role,
        "base": author.base,
        "expertise": author.expertise,
        "languages": author.languages,
        "biography_html": biography,
        "portrait": portrait,
        "profiles": profiles,
    }


def _profile_node(
    author: Author, *, facts: SiteFacts, portrait: Picture | None, profiles: list[Link]
) -> graph.Node:
    url = facts.absolute(author_url(author.slug))
    person = graph.person(
        url=url,
        name=author.name,
        root_url=facts.root_url,
        is_desk=author.is_desk,
        job_title=author.role,
        description=plain_text(author.biography),
        image_url=absolute_picture(portrait, facts=facts),
        same_as=[profile_url for _label, profile_url in profiles],
        knows_about=author.expertise,
        languages=[name.strip() for name in author.languages.split(",") if name.strip()],
    )
    return graph.web_page(
        url=url,
        name=author.name,
        root_url=facts.root_url,
        type_name="ProfilePage",
        main_entity=person,
    )
