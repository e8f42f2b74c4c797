"""An article or page of a source as a page of ours, before it has a place and ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from wagtail.models import Page

from articles.imports.items import ArticleItem, Problem
from articles.imports.prepare import PreparedBody
from articles.imports.writer.drafts import PageDraft
from articles.imports.writer.records import NewRecord, record_key
from articles.imports.writer.rows import Stored
from articles.imports.writer.status import StatusRules, decide
from articles.pages.article import ArticleKind, ArticlePage
from articles.pages.static import StaticPage
from articles.text.excerpts import cut_at_word, is_start_of
from articles.text.safe_html import drop_controls, safe_url

MAX_TITLE = 255
_LIMITS = {
    field.attname: field.max_length
    for field in ArticlePage._meta.local_concrete_fields
    if field.max_length
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(slots=True)
class Plan:
    """What an item is to become.

    `draft.parent_id` and its relations are filled in when sections, authors and topics
    have ids. `data` goes into the item's record.
    """

    item: ArticleItem
    draft: PageDraft
    data: dict[str, Any]
    fingerprint: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The external id as it is remembered."""
        return record_key(self.item.external_id)

    def record(self) -> NewRecord:
        """Return what is to be remembered; the draft has its ids."""
        return NewRecord(
            kind=self.item.kind,
            external_id=self.key,
            object_id=self.draft.id,
            fingerprint=self.fingerprint,
            revision_id=self.draft.revision_id,
            data=self.data,
            address=self.draft.url_path,
        )

    def tell(self, kind: str, detail: str) -> None:
        self.problems.append(Problem(item=self.item.external_id, kind=kind, detail=detail))


def plan_page(item: ArticleItem, *, body: PreparedBody, rules: StatusRules) -> Plan:
    """Turn an item and its cleaned body into a page of ours. Pure.

    Too long texts are cut at a word and told; the record keeps them whole.
    """
    problems = [*item.problems, *body.problems]
    model: type[Page] = StaticPage if item.kind == "page" else ArticlePage

    def tell(kind: str, detail: str) -> None:
        problems.append(Problem(item=item.external_id, kind=kind, detail=detail))

    status, moments = decide(item, rules=rules, tell=tell)
    whole: dict[str, str] = {}
    title = _title(item, whole=whole, tell=tell)
    draft = PageDraft(
        model=model,
        parent_id=0,
        slug=item.slug,
        title=title,
        status=status,
        moments=moments,
        fields={"body": Stored(body.json)},
        page_fields={
            "seo_title": _cut("seo_title", item.seo_title, 255, whole=whole, tell=tell),
            "search_description": _plain(item.seo_description),
        },
    )
    if model is ArticlePage:
        draft.fields |= _article_fields(
            item, body=body, draft=draft, zone=rules.site_zone, whole=whole, tell=tell
        )
    plan = Plan(item=item, draft=draft, data={}, problems=problems)
    plan.data = _record_data(plan, body=body, whole=whole)
    for kind, number in sorted(body.dropped.items()):
        if kind.startswith(("shortcode:", "block:")):
            tell("left_out", f"{kind} was left out {number} times: it holds nothing to import.")
    return plan


def _title(item: ArticleItem, *, whole: dict[str, str], tell: Any) -> str:
    title = _plain(item.title)
    if not title:
        title = item.slug.replace("-", " ").strip() or f"Untitled ({item.external_id[-60:]})"
        tell("no_title", f"The item has no title: “{title}” was made from its address.")
    return _cut("title", title, MAX_TITLE, whole=whole, tell=tell)


def _article_fields(
    item: ArticleItem,
    *,
    body: PreparedBody,
    draft: PageDraft,
    zone: tzinfo,
    whole: dict[str, str],
    tell: Any,
) -> dict[str, Any]:
    def cut(name: str, text: str) -> str:
        return _cut(name, text, _LIMITS[name], whole=whole, tell=tell)

    dateline = body.dateline or item.dateline
    lead = item.lead
    moments = draft.moments
    kind = item.article_kind if item.article_kind in ArticleKind.values else ""
    if not kind:
        tell("unknown_kind", f"The type “{item.article_kind[:40]}” is not known: set to news.")
    return {
        "kind": kind or "news",
        "kicker": cut("kicker", item.kicker),
        "standfirst": cut("standfirst", _standfirst(item, body=body)),
        "social_text": cut_at_word(_teaser(item, body=body), max_length=_LIMITS["social_text"]),
        "language": _language(item, tell=tell),
        "dateline_place": cut("dateline_place", dateline.place if dateline else ""),
        "dateline_agency": cut("dateline_agency", dateline.agency if dateline else ""),
        "dateline_date": _dateline_date(dateline.date if dateline else "", draft=draft, zone=zone),
        "lead_source_url": _address("lead picture", lead.url if lead else "", 2000, tell=tell),
        "lead_caption": cut("lead_caption", lead.caption if lead else ""),
        "lead_credit": cut("lead_credit", lead.credit if lead else ""),
        "lead_alt_text": cut("lead_alt_text", lead.alt_text if lead else ""),
        "published_at": moments.published_at,
        "materially_updated_at": moments.updated_at,
        "embargoed_until": item.embargoed_until,
        "canonical_url": _address("canonical", item.canonical_url, 500, tell=tell),
        "source_name": cut("source_name", item.source_name),
        "is_noindex": item.noindex,
        "word_count": body.word_count,
        "section_id": None,
    }


def _standfirst(item: ArticleItem, *, body: PreparedBody) -> str:
    """Return the standfirst; none if it only repeats how the text begins."""
    text = _plain(item.standfirst)
    return "" if is_start_of(text, text=body.opening) else text


def _teaser(item: ArticleItem, *, body: PreparedBody) -> str:
    """Return the excerpt if it says something that standfirst and text do not begin with."""
    text = _plain(item.excerpt)
    repeats = text == _plain(item.standfirst) or is_start_of(text, text=body.opening)
    return "" if repeats else text


def _dateline_date(stated: str, *, draft: PageDraft, zone: tzinfo) -> date | None:
    """Return a dateline's day only if it is not that of publication, which is shown anyway."""
    if not stated:
        return None
    day = date.fromisoformat(stated)
    published = draft.moments.published_at or draft.moments.go_live_at
    if published is not None and published.astimezone(zone).date() == day:
        return None
    return day


def _language(item: ArticleItem, *, tell: Any) -> str:
    tag = item.language.replace("_", "-").strip()
    if not tag:
        return ""
    if len(tag) > _LIMITS["language"] or not _LANGUAGE.fullmatch(tag):
        tell("unknown_language", f"“{tag[:40]}” is no language tag: left out.")
        return ""
    return tag


def _address(name: str, url: str, limit: int, *, tell: Any) -> str:
    safe = safe_url(url, web_only=True) if url else ""
    if safe.startswith(("http://", "https://")) and len(safe) <= limit:
        return safe
    if url:
        tell("bad_address", f"The address of the {name} cannot be used: {url[:120]}")
    return ""


def _cut(name: str, text: str, limit: int, *, whole: dict[str, str], tell: Any) -> str:
    text = _plain(text)
    if len(text) <= limit:
        return text
    whole[name] = text
    tell("text_cut", f"Its {name.replace('_', ' ')} has {len(text)} characters: cut at {limit}.")
    return cut_at_word(text, max_length=limit)


def _plain(text: str) -> str:
    return " ".join(drop_controls(text).split())


def _record_data(plan: Plan, *, body: PreparedBody, whole: dict[str, str]) -> dict[str, Any]:
    item, draft = plan.item, plan.draft
    published = draft.moments.published_at
    data: dict[str, Any] = {
        "title": whole.get("title", draft.title),
        "old_urls": list(item.old_urls),
        "pending_media": body.has_media or bool(draft.fields.get("lead_source_url")),
        "lead_media_id": item.lead.media_id if item.lead else "",
        "lead_url": str(draft.fields.get("lead_source_url", "")),
        "blocks": body.extras,
        "stated": {
            "words": body.words,
            "images": body.images,
            "links": body.links,
            "authors": list(dict.fromkeys(byline.name for byline in item.bylines)),
            "published_at": published.isoformat() if published else None,
            "status": draft.status,
            "category": [],
        },
    }
    if item.related_ids:
        data["related"] = list(item.related_ids)
    if whole:
        data["whole"] = whole
    return data
