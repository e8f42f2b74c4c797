"""The one way in which a list becomes a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.metadata import graph
from articles.metadata.head import INDEX
from articles.reading.cards import load_cards
from articles.reading.facts import SiteFacts
from articles.reading.frame import Link, page_context
from articles.reading.pager import page_of, page_url_of
from articles.reading.records import Card
from articles.reading.site import get_site_facts


def list_context(
    request: HttpRequest,
    *,
    heading: str,
    base_url: str,
    article_ids: QuerySet,
    breadcrumb: Sequence[Link] = (),
    description: str = "",
    feed_url: str = "",
    robots: str = INDEX,
    total: int | None = None,
    main_node: graph.Node | None = None,
) -> dict[str, Any]:
    """Return what `listings/_list.html` takes, for the page that `?page=` names.

    At most eight queries: the site's facts, the count, the ids, and the cards.

    Args:
        request: of the page.
        heading: its title, which also ends the trail.
        base_url: address of its first page.
        article_ids: an ordered queryset of ids of articles that readers may see.
        breadcrumb: what stands in the trail before it.
        description: below the heading.
        feed_url: of the list's own feed.
        robots: a value of `articles.metadata.head`.
        total: how many articles there are, if that is known.
        main_node: the page in the graph instead of a collection.

    Raises:
        Http404: the list has no such page.
    """
    facts = get_site_facts(request)
    ids, pager = page_of(
        article_ids,
        number=request.GET.get("page"),
        base_url=base_url,
        size=settings.NEWSROOM_PAGE_SIZE,
        total=total,
    )
    cards = load_cards(ids, facts=facts, slot="thumb")
    here = page_url_of(base_url, number=pager.number)
    first = (pager.number - 1) * settings.NEWSROOM_PAGE_SIZE + 1
    node = main_node or collection_node(facts, url=here, name=heading, description=description)
    frame = page_context(
        request,
        title=heading,
        description=description,
        breadcrumb=[*breadcrumb, (heading, "")],
        canonical_path=here,
        robots=robots,
        feeds=[(heading, feed_url)] if feed_url else (),
        json_ld=[node, items_node(facts, cards, first_position=first)],
    )
    return frame | {
        "heading": heading,
        "description": description,
        "subsections": [],
        "feed_url": feed_url,
        "lead_cards": [],
        "cards": cards,
        "pager": pager,
        "most_popular": None,
    }


def index_context(
    request: HttpRequest,
    *,
    heading: str,
    base_url: str,
    items: QuerySet,
    size: int,
    query: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], list[Any]]:
    """Return what a list of other things than articles takes, and its rows on this page.

    Args:
        request: of the page.
        heading: its title, which also ends the trail.
        base_url: address of its first page.
        items: an ordered queryset of values.
        size: how many on a page.
        query: parameters to keep.

    Raises:
        Http404: the list has no such page.
    """
    facts = get_site_facts(request)
    rows, pager = page_of(
        items, number=request.GET.get("page"), base_url=base_url, size=size, query=query
    )
    here = page_url_of(base_url, number=pager.number, query=query)
    frame = page_context(
        request,
        title=heading,
        breadcrumb=[(heading, "")],
        canonical_path=here,
        json_ld=[collection_node(facts, url=here, name=heading)],
    )
    return frame | {"heading": heading, "pager": pager}, rows


def collection_node(facts: SiteFacts, *, url: str, name: str, description: str = "") -> graph.Node:
    """Return a page of a list for the graph."""
    return graph.web_page(
        url=facts.absolute(url),
        name=name,
        description=description,
        root_url=facts.root_url,
        type_name="CollectionPage",
    )


def items_node(facts: SiteFacts, cards: Sequence[Card], *, first_position: int = 1) -> graph.Node:
    """Return the articles of a list for the graph, in the order of the page."""
    items = [(card.title, facts.absolute(card.url)) for card in cards]
    return graph.item_list(items, first_position=first_position)
