"""Addresses that stood on this site, or on the system before it, and where they lead now."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect

from articles.reading.addresses import author_url, topic_url
from articles.reading.site_queries import find_site

OLD_PARAMETERS = frozenset(
    {"p", "page_id", "attachment_id", "cat", "feed", "author", "m", "s", "tag", "author_name"}
    | {"category_name", "name", "pagename", "post_type", "year", "monthnum", "day"}
)
"""Parameters by which WordPress names a page at the address of the front page."""

PERMANENT, TEMPORARY = HttpResponsePermanentRedirect, HttpResponseRedirect
OWN_PREFIXES = ("/media/", "/static/", "/admin/", "/_v/", "/api/")
"""Addresses that never belonged to a page; no query is spent on them."""

_MEMO = "_newsroom_redirect"
_MAX_LENGTH = 255
_SLUG = re.compile(r"[\w-]+")


def find_redirect(request: HttpRequest) -> HttpResponseBase | None:
    """Return the answer that leads from an old address to the new one, if one is known.

    One query, two more if there is one; none when it was asked before in this request.
    """
    if not hasattr(request, _MEMO):
        setattr(request, _MEMO, _look_up(request, list_spellings(request.get_full_path())))
    return getattr(request, _MEMO)


def list_spellings(full_path: str) -> list[str]:
    """Return the forms in which an address may be stored, the most exact first.

    Args:
        full_path: path and query as they were sent, percent-encoded.
    """
    path = full_path.partition("?")[0]
    spellings: dict[str, None] = {}
    for address in (full_path, path):
        encoded = Redirect.normalise_path(address, decode_unicode=False)
        spellings |= dict.fromkeys((uri_to_iri(encoded), encoded))
    return [text for text in spellings if "\0" not in text and len(text) <= _MAX_LENGTH]


def answer_old_parameters(request: HttpRequest) -> HttpResponseBase | None:
    """Answer a request to the front page that names a page by another system's parameters.

    None when it does not. A redirect that an import left comes first (one query); what
    has a new home of its own (feed, search, archive, topic, author) is led there.

    Raises:
        Http404: an old page is asked for, and nobody knows where it is.
    """
    old = {key: str(value) for key, value in request.GET.items() if key in OLD_PARAMETERS}
    if not old:
        return None
    spellings = [request.get_full_path(), f"/?{urlencode(old)}"]
    exact = [text for address in spellings for text in list_spellings(address) if "?" in text]
    answer = _look_up(request, list(dict.fromkeys(exact)))
    if answer is not None:
        return answer
    if "s" in old:
        return TEMPORARY(f"/search/?{urlencode({'q': old['s']})}")
    url = _new_home_of(old)
    if url is None:
        raise Http404("An old address whose page is not known.")
    return PERMANENT(url)


def _look_up(request: HttpRequest, spellings: list[str]) -> HttpResponseBase | None:
    if not spellings or request.path.startswith(OWN_PREFIXES):
        return None
    redirects = list(
        Redirect.objects.filter(
            Q(site=find_site(request)) | Q(site=None), old_path__in=spellings
        ).select_related("redirect_page")
    )
    # The most exact spelling; of two at the same address the one for this very site.
    redirects.sort(key=lambda found: (spellings.index(found.old_path), found.site_id is None))
    for redirect in redirects:
        link = redirect.link
        if link and urlsplit(link)._replace(scheme="", netloc="").geturl() != request.path:
            return (PERMANENT if redirect.is_permanent else TEMPORARY)(link)
    return None


def _new_home_of(old: dict[str, str]) -> str | None:
    """Return where something lies now that needs no redirect; None when nothing is known."""
    if set(old) == {"feed"}:
        return "/feed/atom/" if old["feed"] == "atom" else "/feed/"
    if set(old) <= {"m", "year", "monthnum", "day"}:
        return _archive_url(old)
    for name, url in (("tag", topic_url), ("author_name", author_url)):
        if set(old) == {name} and _SLUG.fullmatch(old[name]):
            return url(old[name])
    return None


def _archive_url(old: dict[str, str]) -> str | None:
    if "m" not in old and "year" not in old:
        return None
    if "m" in old:
        parts = [old["m"][:4], old["m"][4:6], old["m"][6:8]]
    else:
        parts = [old.get(name, "") for name in ("year", "monthnum", "day")]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    try:
        date(*[*numbers, 1, 1][:3])
    except (TypeError, ValueError):
        return None
    year, *rest = numbers
    return f"/archive/{year:04}/" + "".join(f"{number:02}/" for number in rest)
