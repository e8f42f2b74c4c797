"""The search page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.metadata.head import NOINDEX
from articles.pages.article import ArticleKind
from articles.reading.cards import finish_stock
from articles.reading.facts import SiteFacts
from articles.reading.frame import Link, page_context
from articles.reading.fronts import list_newest
from articles.reading.most_popular import list_popular, popular_box
from articles.reading.pager import page_of
from articles.reading.records import Card
from articles.reading.rows import load_rows
from articles.reading.site import get_site_facts
from articles.search.forms import SEARCH_URL, SearchForm, read_form, section_value
from articles.search.marks import Marker
from articles.search.parsing import MAX_CHARACTERS, MAX_WORDS, Trouble, UnsearchableError
from articles.search.queries import (
    Found,
    count_authors,
    find_articles,
    read_bodies,
)

LATEST_SHOWN = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the form and what was found; search engines are kept out of the results."""
    facts, now = get_site_facts(request), timezone.now()
    form = read_form(request.GET, facts=facts)
    found, marker, error = _find(form, facts=facts, now=now)
    ids, pager = page_of(
        cast("QuerySet", found.article_ids),  # a list serves where the total is known
        number=request.GET.get("page"),
        base_url=SEARCH_URL,
        size=settings.NEWSROOM_PAGE_SIZE,
        query=form.parameters,
        total=len(found.article_ids),
    )
    latest = [] if ids else list_newest(LATEST_SHOWN, now=now)
    popular = list_popular(facts, now=now)
    rows = load_rows({*ids, *latest, *popular.all}, now=now)
    stock = finish_stock(facts, rows=rows, shown=dict.fromkeys([*ids, *latest], "thumb"))
    authors = count_authors(found.article_ids)
    title = _("Search for “%(words)s”") % {"words": form.text} if form.text else _("Search")
    context = page_context(
        request,
        title=title,
        breadcrumb=[(_("Search"), "")],
        canonical_path=SEARCH_URL,
        robots=NOINDEX,
    )
    context |= {
        "query": form.text,
        "count": len(found.article_ids),
        "has_more": found.has_more,
        "error": error,
        "filters": _filters(form, facts=facts, authors=authors),
        "active_filters": _active_filters(form, authors=authors),
        "suggestions": [],
        "cards": _mark(stock.cards(ids), marker=marker),
        "latest": stock.cards(latest),
        "pager": pager,
        "most_popular": popular_box(popular, cards=stock.cards),
    }
    return render(request, "listings/search.html", context)


def _find(form: SearchForm, *, facts: SiteFacts, now: datetime) -> tuple[Found, Marker, str]:
    """Return what was found, what to mark in it, and why nothing could be looked for."""
    if not form.text:
        return Found(), Marker(()), ""
    try:
        query, found = find_articles(
            form.text, filters=form.filters(facts), now=now, sort=form.sort
        )
    except UnsearchableError as error:
        return Found(), Marker(()), _explain(error.trouble)
    return found, Marker(query.wanted_words), ""


def _explain(trouble: Trouble) -> str:
    if trouble is Trouble.TOO_LONG:
        return _(
            "The search is longer than %(count)s characters: keep the words that matter most."
        ) % {"count": MAX_CHARACTERS}
    if trouble is Trouble.TOO_MANY_WORDS:
        return _("The search has more than %(count)s words: keep those that matter most.") % {
            "count": MAX_WORDS
        }
    if trouble is Trouble.ONLY_UNWANTED:
        return _("Only words to leave out were given: add one to look for.")
    return _("There is no word in this search: type at least one.")


def _mark(cards: Sequence[Card], *, marker: Marker) -> list[Card]:
    """Return cards with what was looked for marked; a standfirst without it gives way.

    One query at most: for the bodies of articles whose standfirst does not say it.
    """
    silent = [card.id for card in cards if not marker.holds_any(card.standfirst)]
    bodies = read_bodies(silent)
    marked = []
    for card in cards:
        excerpt = marker.excerpt(bodies.get(card.id, ""))
        marked.append(
            replace(
                card,
                title=marker.mark(card.title),
                standfirst=excerpt or marker.mark(card.standfirst),
            )
        )
    return marked


def _filters(
    form: SearchForm, *, facts: SiteFacts, authors: Sequence[tuple[str, str, int]]
) -> list[dict[str, Any]]:
    """Return the fields that narrow the search, as the template takes them."""
    kind = form.kind.value if form.kind else ""
    section = section_value(form.section) if form.section else ""
    sections = [
        (section_value(one), " › ".join(title for title, _url in one.trail))
        for one in facts.sections.values()
    ]
    names = [(slug, name) for name, slug, _count in authors]
    if form.author and form.author not in dict(names):
        names.insert(0, (form.author, form.author))
    orders = [("newest", _("Newest first"))]
    return [
        _select("sort", _("Order"), orders, value=form.sort, empty=_("Best match first")),
        _select("type", _("Type"), ArticleKind.choices, value=kind),
        _select("section", _("Section"), sections, value=section),
        _select("author", _("Author"), names, value=form.author),
        _date("from", _("From"), form.parameters.get("from", "")),
        _date("to", _("To"), form.parameters.get("to", "")),
    ]


def _select(
    name: str, label: str, choices: Sequence[tuple[str, Any]], *, value: str, empty: str = ""
) -> dict[str, Any]:
    options = [("", empty or _("All"), False)]
    options += [(key, str(text), key == value) for key, text in choices]
    return {"name": name, "label": label, "type": "select", "value": value, "options": options}


def _date(name: str, label: str, value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "type": "date", "value": value}


def _active_filters(form: SearchForm, *, authors: Sequence[tuple[str, str, int]]) -> list[Link]:
    """Return what narrows the search, each with the address without it."""
    names = {slug: name for name, slug, _count in authors}
    labels = {
        "type": str(form.kind.label) if form.kind else "",
        "section": form.section.title if form.section else "",
        "author": names.get(form.author, form.author),
        "from": _("from %(day)s") % {"day": date_format(form.since)} if form.since else "",
        "to": _("to %(day)s") % {"day": date_format(form.until)} if form.until else "",
    }
    return [(label, form.url_without(name)) for name, label in labels.items() if label]
