"""The one way in which a list becomes a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.metadata import graph
from articles.metadata.head import INDEX
from articles.reading.cards import finish_stock
from articles.reading.facts import SiteFacts
from articles.reading.frame import Link, page_context
from articles.reading.most_popular import list_popular, popular_box
from articles.reading.pager import page_of, page_url_of
from articles.reading.records import Card
from articles.reading.rows import load_rows
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

    At most nine queries: the site's facts, the count, the ids, most popular, and the cards.

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
    now = timezone.now()
    popular = list_popular(facts, now=now)
    rows = load_rows({*ids, *popular.all}, now=now)
    stock = finish_stock(facts, rows=rows, shown=dict.fromkeys(ids, "thumb"))
    cards = stock.cards(ids)
    here = page_url_of(base_url, number=pager.number)
    node = main_node or collection_node(
        facts,
        url=here,
        name=heading,
        description=description,
        cards=cards,
        first_position=(pager.number - 1) * settings.NEWSROOM_PAGE_SIZE + 1,
    )
    frame = page_context(
        request,
        title=title_of_page(heading, number=pager.number),
        description=description,
        breadcrumb=[*breadcrumb, (heading, "")],
        canonical_path=here,
        robots=robots,
        feeds=[(heading, feed_url)] if feed_url else (),
        og_image=next((card.image for card in cards if card.image), None),
        json_ld=[node],
    )
    return frame | {
        "heading": heading,
        "description": description,
        "subsections": [],
        "feed_url": feed_url,
        "lead_cards": [],
        "cards": cards,
        "pager": pager,
        "most_popular": popular_box(popular, cards=stock.cards),
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
        title=title_of_page(heading, number=pager.number),
        breadcrumb=[(heading, "")],
        canonical_path=here,
        json_ld=[collection_node(facts, url=here, name=heading)],
    )
    return frame | {"heading": heading, "pager": pager}, rows


def title_of_page(title: str, *, number: int) -> str:
    """Return the title of the window for a page of a list."""
    if number == 1:
        return title
    return _("%(title)s, page %(number)d") % {"title": title, "number": number}


def collection_node(
    facts: SiteFacts,
    *,
    url: str,
    name: str,
    description: str = "",
    cards: Sequence[Card] = (),
    first_position: int = 1,
) -> graph.Node:
    """Return a page of a list for the graph, with its articles in the order of the page."""
    items = [(card.title, facts.absolute(card.url)) for card in cards]
    return graph.web_page(
        url=facts.absolute(url),
        name=name,
        description=description,
        root_url=facts.root_url,
        type_name="CollectionPage",
        main_entity=graph.item_list(items, first_position=first_position) if items else None,
    )
