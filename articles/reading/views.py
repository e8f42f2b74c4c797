"""The HTTP edge of pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.views import serve

from articles.reading.old_addresses import answer_old_parameters
from articles.reading.site_queries import find_site


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page of the tree as Wagtail does, hooks and privacy included.

    Site and page are found first, in two queries, and left where Wagtail looks for them;
    its own way swallows the reason why there is no page.

    Raises:
        Http404: there is no page; `articles.pages.routing.Withdrawn`: there was.
    """
    site = find_site(request)
    if site is None:
        raise Http404("There is no site: make one in the desk, under Settings, Sites.")
    if not path and request.GET:
        answer = answer_old_parameters(request)
        if answer is not None:
            return answer
    components = [component for component in path.split("/") if component]
    route = site.root_page.specific.route(request, components)
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]  # Wagtail's memo
    return serve(request, path)
