"""The context of templates/pages/home_page.html."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles.metadata import graph
from articles.pages.home import HomePage
from articles.reading.cards import finish_stock
from articles.reading.facts import SiteFacts
from articles.reading.frame import page_context
from articles.reading.fronts import (
    list_editors_targets,
    list_newest,
    list_newest_by_section,
    read_pins,
)
from articles.reading.home_front import ABOVE, IN_CONTAINER, MAX_CONTAINERS, arrange
from articles.reading.most_popular import list_popular, popular_box
from articles.reading.records import Card
from articles.reading.rows import load_rows
from articles.reading.site import get_site_facts


def present_home(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the front page's template.

    Seven queries beside those of `get_site_facts`, whatever the number of sections and
    articles: newest, newest by section, most popular, the editors' links of what may
    lead, rows, bylines, pictures.
    """
    facts = get_site_facts(request)
    now = timezone.now()
    pins = read_pins(page.pins.raw_data, now=now)
    newest = list_newest(ABOVE + len(pins), now=now)
    by_section = list_newest_by_section(
        facts,
        # Some of them may be empty.
        top_ids=[section.id for section in facts.top_sections[: 2 * MAX_CONTAINERS]],
        limit=IN_CONTAINER + ABOVE,
        now=now,
    )
    popular = list_popular(facts, now=now)
    pinned = [pin.article_id for pin in pins]
    chosen = list_editors_targets([*pinned, *newest[:1]])
    ids = {*pinned, *newest, *popular.all}.union(*by_section.values(), *chosen.values())
    rows = load_rows(ids, now=now)
    front = arrange(pinned, newest=newest, by_section=by_section, chosen=chosen, rows=rows)
    stock = finish_stock(facts, rows=rows, shown=front.slots)
    headlines = {pin.article_id: pin.headline for pin in pins if pin.headline}

    def cards(article_ids: Iterable[int]) -> list[Card]:
        made = stock.cards(article_ids)
        return [replace(card, title=headlines.get(card.id, card.title)) for card in made]

    lead, top = cards(front.lead), cards(front.top)
    frame = page_context(
        request,
        title="",
        description=page.search_description or facts.tagline,
        canonical_path="/",
        feeds=[(facts.name, "/feed/")],
        og_image=lead[0].image if lead else None,
        json_ld=[_node(facts, cards=[*lead, *top])],
    )
    return frame | {
        "lead": lead[0] if lead else None,
        "lead_related": cards(front.lead_related),
        "top_cards": top,
        "latest": cards(front.latest),
        "containers": [
            {
                "title": facts.sections[container.section_id].title,
                "url": facts.sections[container.section_id].url,
                "cards": cards(container.article_ids),
                "layout": container.layout,
            }
            for container in front.containers
        ],
        "most_popular": popular_box(popular, cards=stock.cards),
    }


def _node(facts: SiteFacts, *, cards: Sequence[Card]) -> graph.Node:
    items = [(card.title, facts.absolute(card.url)) for card in cards]
    moments = [card.updated_at or card.published_at for card in cards]
    modified = max((at.astimezone(facts.zone) for at in moments if at), default=None)
    return graph.web_page(
        url=f"{facts.root_url}/",
        name=facts.name,
        root_url=facts.root_url,
        description=facts.tagline,
        modified_at=modified,
        main_entity=graph.item_list(items) if items else None,
    )
