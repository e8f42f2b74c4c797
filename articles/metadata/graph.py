"""JSON-LD: one graph for each page, its nodes joined by their addresses.

Every function returns one node; empty values are dropped when the graph is written.
Source: schema.org; Google Search Central, "Article structured data".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Node = dict[str, Any]

POLICY_PROPERTIES = {
    "ethics": ("publishingPrinciples", "ethicsPolicy"),
    "corrections": ("correctionsPolicy",),
    "ownership": ("ownershipFundingInfo",),
    "masthead": ("masthead",),
}
"""The outlet's policies by name, and what schema.org calls them."""

_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""What could end a script element, or a line of it, and how JSON may write it too."""


def dump_graph(nodes: Iterable[Node]) -> SafeString:
    """Return a graph as text that may stand in a script element, whatever its values hold."""
    graph = {"@context": "https://schema.org", "@graph": [_filled(node) for node in nodes]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped above


def organization_id(root_url: str) -> str:
    """Return the address by which other nodes name the outlet."""
    return f"{root_url}/#organization"


def website_id(root_url: str) -> str:
    """Return the address by which other nodes name the site."""
    return f"{root_url}/#website"


def organization(
    *,
    root_url: str,
    name: str,
    logo_url: str = "",
    same_as: Sequence[str] = (),
    founding_year: int | None = None,
    address: str = "",
    email: str = "",
    policies: Mapping[str, str] | None = None,
) -> Node:
    """Return the outlet. All addresses are absolute; `policies` are those by name."""
    node: Node = {
        "@type": "NewsMediaOrganization",
        "@id": organization_id(root_url),
        "name": name,
        "url": f"{root_url}/",
        "logo": {"@type": "ImageObject", "url": logo_url} if logo_url else None,
        "sameAs": list(same_as),
        "foundingDate": str(founding_year) if founding_year else None,
        "address": address,
    }
    if email:
        node["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "email": email,
        }
    for policy, url in (policies or {}).items():
        for name_ in POLICY_PROPERTIES.get(policy, ()):
            node[name_] = url
    return node


def website(*, root_url: str, name: str, language: str) -> Node:
    """Return the site, published by the outlet."""
    return {
        "@type": "WebSite",
        "@id": website_id(root_url),
        "name": name,
        "url": f"{root_url}/",
        "inLanguage": language,
        "publisher": {"@id": organization_id(root_url)},
    }


def breadcrumb_list(trail: Sequence[tuple[str, str]]) -> Node:
    """Return the trail that readers see: (title, absolute url), the page itself without url."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": url}
            for position, (title, url) in enumerate(trail, start=1)
        ],
    }


def web_page(
    *,
    url: str,
    name: str,
    root_url: str,
    type_name: str = "WebPage",
    description: str = "",
    language: str = "",
    modified_at: datetime | None = None,
    main_entity: Node | None = None,
) -> Node:
    """Return a page; `type_name` may be AboutPage, ContactPage, CollectionPage, ProfilePage."""
    return {
        "@type": type_name,
        "@id": f"{url}#page",
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": language,
        "dateModified": moment(modified_at),
        "isPartOf": {"@id": website_id(root_url)},
        "mainEntity": main_entity,
    }


def item_list(items: Sequence[tuple[str, str]], *, first_position: int = 1) -> Node:
    """Return a list in the order readers see: (headline, absolute url)."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "url": url}
            for position, (title, url) in enumerate(items, start=first_position)
        ],
    }


def person(
    *,
    url: str,
    name: str,
    root_url: str,
    is_desk: bool = False,
    job_title: str = "",
    description: str = "",
    image_url: str = "",
    same_as: Sequence[str] = (),
    knows_about: str = "",
    languages: Sequence[str] = (),
) -> Node:
    """Return an author: a person, or for a desk an organization."""
    return {
        "@type": "Organization" if is_desk else "Person",
        "name": name,
        "url": url,
        "jobTitle": job_title if not is_desk else "",
        "description": description,
        "image": image_url,
        "sameAs": list(same_as),
        "knowsAbout": knows_about,
        "knowsLanguage": list(languages),
        ("parentOrganization" if is_desk else "worksFor"): {"@id": organization_id(root_url)},
    }


def moment(at: datetime | None) -> str | None:
    """Return a moment as ISO 8601 with its offset, to the second, as `<time>` states it."""
    return at.replace(microsecond=0).isoformat() if at else None


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: inner
            for key, inner in ((key, _filled(inner)) for key, inner in value.items())
            if inner not in (None, "", [], {})
        }
    if isinstance(value, list | tuple):
        return [_filled(inner) for inner in value]
    return value
