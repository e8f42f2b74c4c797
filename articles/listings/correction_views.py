"""The corrections log: every note, the newest first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.listings import correction_queries as queries
from articles.listings.rendering import index_context
from articles.reading.cards import CardStock
from articles.reading.most_popular import list_popular, popular_box
from articles.reading.pager import page_url_of
from articles.reading.rows import load_rows
from articles.reading.site import get_site_facts

CORRECTIONS_URL = "/corrections/"
CORRECTIONS_ON_A_PAGE = 30


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show the log, or one year of it with `?year=`."""
    facts, now = get_site_facts(request), timezone.now()
    notes = queries.logged_corrections(now=now)
    years = queries.list_years(notes, zone=facts.zone)
    wanted = request.GET.get("year", "")
    if wanted:
        year = next((year for year in years if str(year) == wanted), None)
        if year is None:
            raise Http404("No correction was published in this year.")
        notes = queries.within_year(notes, year=year, zone=facts.zone)
    context, ids = index_context(
        request,
        heading=_("Corrections"),
        base_url=CORRECTIONS_URL,
        items=notes.values_list("pk", flat=True),
        size=CORRECTIONS_ON_A_PAGE,
        query={"year": wanted},
    )
    popular = list_popular(facts, now=now)
    rows = load_rows(popular.all, now=now)
    context |= {
        "entries": queries.load_entries(ids, facts=facts),
        "years": [
            (str(year), page_url_of(CORRECTIONS_URL, number=1, query={"year": year}))
            for year in years
        ],
        "policy": facts.policies.get("corrections"),
        "most_popular": popular_box(popular, cards=CardStock(facts, rows).cards),
    }
    return render(request, "listings/corrections.html", context)
