"""IPTC ninjs 3.1: one news item a line.

Source: IPTC News in JSON, schema 3.1 (iptc.org/std/ninjs), whose property names are used
and no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from articles.exports.body_html import body_html
from articles.exports.jsonl import iso
from articles.exports.records import ExportedArticle

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
HTML, TEXT = "text/html", "text/plain"


def to_ninjs_line(article: ExportedArticle) -> str:
    """Return an article as one ninjs object on one line, without the line's end.

    What readers see is `usable`, what was withdrawn `canceled`, all else `withheld`.
    Empty properties are left out.
    """
    item = {name: value for name, value in _as_object(article).items() if value}
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _as_object(article: ExportedArticle) -> dict[str, Any]:
    return {
        "uri": _uri(article),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "firstCreated": iso(article.published_at),
        "versionCreated": iso(article.updated_at or article.published_at),
        "embargoedUntil": iso(article.embargoed_until),
        "expires": iso(article.expires_at),
        "pubStatus": _pub_status(article),
        "language": article.language,
        "copyrightHolder": article.source_name or article.outlet,
        "headlines": list(_headlines(article)),
        "descriptions": list(_descriptions(article)),
        "bodies": _bodies(article),
        "by": ", ".join(article.authors),
        "located": article.dateline_place,
        "people": [{"name": name, "rel": "author"} for name in article.authors],
        "subjects": list(_subjects(article)),
        "genres": [{"name": article.kind_label, "literal": article.kind}],
        "infoSources": list(_info_sources(article)),
        "associations": list(_associations(article)),
        "altIds": list(_alt_ids(article)),
    }


def _uri(article: ExportedArticle) -> str:
    # An article outside every site has no address; its id is unique within the outlet.
    return article.url or f"urn:newsroom:article:{article.id}"


def _pub_status(article: ExportedArticle) -> str:
    if article.is_withdrawn:
        return "canceled"
    return "usable" if article.status == "published" else "withheld"


def _headlines(article: ExportedArticle) -> Iterator[dict[str, str]]:
    yield {"role": "main", "contentType": TEXT, "value": article.title}
    if article.seo_title:
        yield {"role": "seo", "contentType": TEXT, "value": article.seo_title}


def _descriptions(article: ExportedArticle) -> Iterator[dict[str, str]]:
    if article.standfirst:
        yield {"role": "summary", "contentType": TEXT, "value": article.standfirst}
    if article.seo_description:
        yield {"role": "seo", "contentType": TEXT, "value": article.seo_description}


def _bodies(article: ExportedArticle) -> list[dict[str, Any]]:
    html = body_html(article.body)
    return [
        {
            "role": "main",
            "contentType": HTML,
            "wordCount": article.word_count,
            "charCount": len(article.text),
            "value": html,
        },
        {"role": "text", "contentType": TEXT, "value": article.text},
    ]


def _subjects(article: ExportedArticle) -> Iterator[dict[str, str]]:
    for path in article.categories:
        yield {"name": path[-1], "rel": "category", "literal": " > ".join(path)}
    for tag in article.tags:
        yield {"name": tag, "rel": "about"}


def _info_sources(article: ExportedArticle) -> Iterator[dict[str, str]]:
    for name in dict.fromkeys((article.source_name, article.dateline_agency)):
        if name:
            yield {"name": name, "role": "source"}


def _associations(article: ExportedArticle) -> Iterator[dict[str, Any]]:
    if article.lead_image is not None and article.lead_image.url:
        lead = article.lead_image
        yield _picture(
            "featuremedia",
            {"url": lead.url, "alt": lead.alt, "caption": lead.caption, "credit": lead.credit},
        )
    shown = (picture for picture in _pictures(article.body) if picture["url"])
    for number, picture in enumerate(shown, 1):
        yield _picture(f"body-{number}", picture)


def _picture(name: str, picture: dict[str, str]) -> dict[str, Any]:
    descriptions = [
        {"role": role, "contentType": TEXT, "value": value}
        for role, value in (("caption", picture["caption"]), ("alt", picture["alt"]))
        if value
    ]
    item = {
        "name": name,
        "uri": picture["url"],
        "type": "picture",
        "by": picture["credit"],
        "descriptions": descriptions,
        "renditions": [{"name": "main", "href": picture["url"]}],
    }
    return {key: value for key, value in item.items() if value}


def _pictures(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _pictures(item)
    elif isinstance(value, dict):
        if value.get("picture"):
            yield value["picture"]
        else:
            yield from _pictures(list(value.values()))


def _alt_ids(article: ExportedArticle) -> Iterator[dict[str, str]]:
    yield {"role": "newsroom", "value": str(article.id)}
    if article.external_id:
        yield {"role": article.source, "value": article.external_id}
    if article.canonical_url:
        yield {"role": "canonical", "value": article.canonical_url}
