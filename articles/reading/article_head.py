"""The head of an article's page: what machines are told, out of what readers see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from articles.media.sizes import SOCIAL_SLOTS
from articles.metadata import graph
from articles.metadata.head import robots
from articles.metadata.news_article import ArticleFacts, PictureFacts, news_article
from articles.reading.article_loading import LoadedArticle
from articles.reading.body.render import opening_words
from articles.reading.frame import page_context
from articles.reading.records import Picture

MACHINE_SLOTS = tuple(slot for slot in SOCIAL_SLOTS if slot != "social")
"""Cuts of the lead picture that structured data offers."""


def article_frame(loaded: LoadedArticle, request: HttpRequest) -> dict[str, Any]:
    """Return `shell`, `meta` and `breadcrumb` of an article's page. Takes no query.

    Args:
        loaded: the article and what belongs to it.
        request: of the page.
    """
    page, facts, section = loaded.page, loaded.facts, loaded.section
    path = facts.url_of(page.url_path) if page.url_path else ""
    description = page.search_description or page.standfirst or _opening_words(loaded)
    feeds = [(section.title, f"{section.url}feed/")] if section else []
    return page_context(
        request,
        title=page.seo_title or page.title,
        description=description,
        breadcrumb=section.trail if section else (),
        canonical_path=path or None,
        canonical_url=page.canonical_url,
        robots=robots(is_noindex=page.is_noindex or loaded.is_preview),
        feeds=feeds,
        og_type="article",
        og_title=page.social_title or page.title,
        og_description=page.social_text,
        og_image=_share_picture(loaded),
        json_ld=[_node(loaded, url=facts.absolute(path))],
        current_section_id=section.id if section else None,
    )


def _opening_words(loaded: LoadedArticle) -> str:
    return "" if loaded.is_retracted else opening_words(loaded.page.body.raw_data)


def _share_picture(loaded: LoadedArticle) -> Picture | None:
    page = loaded.page
    return loaded.picture(page.social_image_id, slot="social") or loaded.picture(
        page.lead_image_id, slot="social"
    )


def _node(loaded: LoadedArticle, *, url: str) -> graph.Node:
    page, facts, belongings = loaded.page, loaded.facts, loaded.belongings
    return news_article(
        ArticleFacts(
            url=url,
            kind=page.kind,
            headline=page.title,
            alternative_headline=page.short_headline,
            description=page.standfirst,
            published_at=loaded.published_at,
            updated_at=loaded.updated_at,
            root_url=facts.root_url,
            language=page.text_language,
            section=loaded.section.title if loaded.section else "",
            keywords=[topic.name for topic in belongings.topics],
            word_count=page.word_count,
            dateline=loaded.dateline.removesuffix(":"),
            place=page.dateline_place,
            source_name=page.issuer or page.source_name,
            authors=[
                graph.person(
                    url=facts.absolute(who.url),
                    name=who.name,
                    root_url=facts.root_url,
                    is_desk=who.is_desk,
                    job_title=who.author_role,
                )
                for who in loaded.authors
            ],
            pictures=_pictures(loaded),
            corrections=[
                (line.text, line.at.astimezone(facts.zone)) for line in belongings.corrections
            ],
        )
    )


def _pictures(loaded: LoadedArticle) -> Sequence[PictureFacts]:
    """Return the cuts of the lead picture; one that stands in for several counts once."""
    lead = loaded.lead
    if lead is None:
        return []
    cuts: dict[str, PictureFacts] = {}
    for slot in MACHINE_SLOTS:
        picture = loaded.picture(loaded.page.lead_image_id, slot=slot)
        if picture is not None:
            cuts[picture.src] = PictureFacts(
                url=loaded.facts.absolute(picture.src),
                width=picture.width,
                height=picture.height,
                caption=lead.caption,
                credit=lead.credit,
            )
    return list(cuts.values())
