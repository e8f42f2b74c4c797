"""What robots are told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.feeds.responses import conditional_response
from articles.reading.site import get_site_facts

DISALLOWED = ("/admin/", "/search/", "/_v/")
SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml")

AI_CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "img2dataset",
    "meta-externalagent",
    "omgili",
    "PanguBot",
    "Timpibot",
    "webzio-extended",
)
"""Crawlers that gather text to train models, by the names their operators give. Those that
fetch a page because a person asks for it are not among them."""


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Say where sitemaps are, what is not to be crawled, and whether to train on the rest.

    Source: RFC 9309; a robot goes by the group that names it, and by that one alone.
    """
    facts = get_site_facts(request)
    groups = ["\n".join(["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED)])]
    if not facts.ai_crawlers_allowed:
        names = [f"User-agent: {name}" for name in AI_CRAWLERS]
        groups.append("\n".join([*names, "Disallow: /"]))
    groups.append("\n".join(f"Sitemap: {facts.absolute(path)}" for path in SITEMAPS))
    content = "\n\n".join(groups) + "\n"
    return conditional_response(request, content.encode(), content_type="text/plain; charset=utf-8")
