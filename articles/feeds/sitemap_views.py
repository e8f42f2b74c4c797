"""Sitemaps: an index, its parts, and the news of two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.feeds import sitemap_queries as queries
from articles.feeds.responses import conditional_response
from articles.metadata.graph import moment
from articles.pages.category import CategoryPage
from articles.reading.facts import SiteFacts
from articles.reading.site import get_site_facts
from articles.text.xml import xml_text

CONTENT_TYPE = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGE_NAMESPACE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
NEWS_NAMESPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps that hold something."""
    facts, now = get_site_facts(request), timezone.now()
    parts = {
        "articles": queries.list_parts(queries.articles_for_engines(now=now)),
        "sections": queries.list_parts(CategoryPage.objects.visible_to_readers(now=now)),
        "pages": queries.list_page_parts(facts=facts, now=now),
        "authors": queries.list_parts(queries.authors_for_engines(now=now)),
        "topics": queries.list_parts(queries.topics_for_engines(now=now)),
    }
    names = [f"{kind}-{number}" for kind, numbers in parts.items() for number in numbers]
    urls = [facts.absolute(f"/sitemap-{name}.xml") for name in names]
    lines = [f"<sitemap><loc>{xml_text(url)}</loc></sitemap>\n" for url in urls]
    content = f"{HEAD}<sitemapindex {NAMESPACE}>\n{''.join(lines)}</sitemapindex>\n"
    return conditional_response(request, content.encode(), content_type=CONTENT_TYPE)


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List the addresses of one part; 404 when it has none."""
    facts, now = get_site_facts(request), timezone.now()
    if not 0 < number <= queries.LARGEST_PART:
        raise Http404("There is no such sitemap.")
    entries = list(_list_entries(kind, number=number, facts=facts, now=now))
    if not entries:
        raise Http404("There is no such sitemap.")
    content = "".join(_write_entries(entries, facts=facts))
    changed = [entry.changed_at for entry in entries if entry.changed_at]
    return conditional_response(
        request,
        content.encode(),
        content_type=CONTENT_TYPE,
        last_modified=max(changed, default=None),
    )


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """List the articles of the last two days, for news search."""
    facts, now = get_site_facts(request), timezone.now()
    entries = queries.list_news(facts=facts, now=now, language=settings.LANGUAGE_CODE)
    content = "".join(_write_news(entries, facts=facts))
    return conditional_response(
        request,
        content.encode(),
        content_type=CONTENT_TYPE,
        last_modified=entries[0].published_at if entries else None,
    )


def _list_entries(
    kind: str, *, number: int, facts: SiteFacts, now: datetime
) -> Iterable[queries.Entry]:
    if kind == "articles":
        return queries.list_article_entries(number=number, facts=facts, now=now)
    if kind == "sections":
        return queries.list_section_entries(number=number, facts=facts, now=now)
    if kind == "pages":
        return queries.list_page_entries(number=number, facts=facts, now=now)
    if kind == "authors":
        return queries.list_author_entries(number=number, now=now)
    if kind == "topics":
        return queries.list_topic_entries(number=number, now=now)
    raise Http404("There is no such sitemap.")


def _write_entries(entries: Iterable[queries.Entry], *, facts: SiteFacts) -> Iterator[str]:
    yield f"{HEAD}<urlset {NAMESPACE} {IMAGE_NAMESPACE}>\n"
    for entry in entries:
        yield f"<url><loc>{xml_text(facts.absolute(entry.url))}</loc>"
        if entry.changed_at:
            yield f"<lastmod>{moment(entry.changed_at.astimezone(facts.zone))}</lastmod>"
        if entry.image_url:
            picture = xml_text(facts.absolute(entry.image_url))
            yield f"<image:image><image:loc>{picture}</image:loc></image:image>"
        yield "</url>\n"
    yield "</urlset>\n"


def _write_news(entries: Iterable[queries.NewsEntry], *, facts: SiteFacts) -> Iterator[str]:
    yield f"{HEAD}<urlset {NAMESPACE} {NEWS_NAMESPACE}>\n"
    for entry in entries:
        yield (
            f"<url><loc>{xml_text(facts.absolute(entry.url))}</loc>"
            "<news:news><news:publication>"
            f"<news:name>{xml_text(facts.name)}</news:name>"
            f"<news:language>{xml_text(news_language(entry.language))}</news:language>"
            "</news:publication>"
            f"<news:publication_date>{moment(entry.published_at.astimezone(facts.zone))}"
            "</news:publication_date>"
            f"<news:title>{xml_text(entry.title)}</news:title></news:news></url>\n"
        )
    yield "</urlset>\n"


def news_language(tag: str) -> str:
    """Return a BCP 47 tag as the news sitemap wants it: two letters, but for Chinese.

    Source: Google Search Central, news:language (`zh-cn` and `zh-tw` stand for the scripts).
    """
    language, _, rest = tag.lower().partition("-")
    if language != "zh":
        return language
    return "zh-tw" if rest.startswith(("hant", "tw", "hk", "mo")) else "zh-cn"
