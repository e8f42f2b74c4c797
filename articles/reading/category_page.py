"""The context of templates/pages/category_page.html."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.metadata import graph
from articles.pages.category import CategoryPage
from articles.reading.cards import finish_stock
from articles.reading.facts import TREE_STEP, SiteFacts
from articles.reading.frame import page_context
from articles.reading.fronts import read_pins
from articles.reading.most_popular import list_popular, popular_box
from articles.reading.pager import page_url_of, read_number
from articles.reading.records import Card, Pager
from articles.reading.rows import load_rows
from articles.reading.section_list import list_section
from articles.reading.site import get_site_facts


def present_category(page: CategoryPage, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a section's template.

    Seven queries beside those of `get_site_facts`, eight with pins, whatever the number
    of articles; one more far down a long list.

    Raises:
        Http404: `?page=` is no page of the list.
    """
    facts = get_site_facts(request)
    now = timezone.now()
    url = facts.url_of(page.url_path) if page.url_path else request.path
    pins = read_pins(page.pins.raw_data, now=now)
    listed = list_section(
        facts.ids_below(page.pk or 0),
        number=read_number(request.GET.get("page")),
        base_url=url,
        size=settings.NEWSROOM_PAGE_SIZE,
        pinned=[pin.article_id for pin in pins],
        is_top=is_top(page, facts=facts),
        now=now,
    )
    popular = list_popular(facts, now=now, section_id=page.pk)
    rows = load_rows({*listed.leading, *listed.ids, *popular.all}, now=now)
    slots = dict.fromkeys(listed.ids, "thumb") | dict.fromkeys(listed.leading, "card")
    stock = finish_stock(facts, rows=rows, shown=slots)
    headlines = {pin.article_id: pin.headline for pin in pins if pin.headline}
    lead_cards = [
        replace(card, title=headlines.get(card.id, card.title))
        for card in stock.cards(listed.leading)
    ]
    cards = stock.cards(listed.ids)
    pager = listed.pager
    frame = _frame(page, request, url=url, pager=pager, cards=[*lead_cards, *cards])
    return frame | {
        "heading": page.title,
        "description": page.description,
        "subsections": [(child.title, child.url) for child in facts.children_of(page.pk or 0)],
        "feed_url": f"{url}feed/",
        "lead_cards": lead_cards,
        "cards": cards,
        "pager": pager,
        "most_popular": popular_box(popular, cards=stock.cards, section=page.title),
    }


def is_top(page: CategoryPage, *, facts: SiteFacts) -> bool:
    """Tell whether a section is of the first level."""
    return not page.path or len(page.path) <= len(facts.home_path) + TREE_STEP


def _frame(
    page: CategoryPage,
    request: HttpRequest,
    *,
    url: str,
    pager: Pager,
    cards: Sequence[Card],
) -> dict[str, Any]:
    facts = get_site_facts(request)
    parent = facts.section_at(page.path[:-TREE_STEP]) if page.path else None
    here = page_url_of(url, number=pager.number)
    title = page.seo_title or page.title
    if pager.number > 1:
        title = _("%(title)s, page %(number)d") % {"title": title, "number": pager.number}
    items = [(card.title, facts.absolute(card.url)) for card in cards]
    return page_context(
        request,
        title=title,
        description=page.search_description or page.description,
        breadcrumb=[*(parent.trail if parent else ()), (page.title, "")],
        canonical_path=here,
        feeds=[(page.title, f"{url}feed/")],
        og_image=next((card.image for card in cards if card.image), None),
        json_ld=[
            graph.web_page(
                url=facts.absolute(here),
                name=page.title,
                root_url=facts.root_url,
                type_name="CollectionPage",
                description=page.description,
                main_entity=graph.item_list(items) if items else None,
            )
        ],
        current_section_id=page.pk,
    )
