"""The context of templates/pages/article_page.html."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from articles.corrections.models import CorrectionKind
from articles.pages.article import ArticleKind, ArticlePage
from articles.people.models import BylineRole
from articles.reading.article_head import article_frame
from articles.reading.article_loading import LoadedArticle, load_article
from articles.reading.article_queries import CorrectionLine
from articles.reading.body.render import render_body
from articles.reading.body.rich_text import expand
from articles.reading.cards import PORTRAIT
from articles.reading.frame import text_direction
from articles.reading.rows import Signature
from articles.reading.share import report_link, share_links

OLD_AFTER = timedelta(days=365)


def present_article(page: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of an article's template; queries as `load_article`."""
    loaded = load_article(page, request)
    frame = article_frame(loaded, request)
    corrections = loaded.belongings.corrections
    at_top = [line for line in corrections if is_for_the_top(line)]
    return frame | {
        "article": _article(loaded),
        "corrections_top": _notices(at_top),
        "corrections_bottom": _notices([line for line in corrections if line not in at_top]),
        "topics": [(topic.name, topic.url) for topic in loaded.belongings.topics],
        "author_boxes": _author_boxes(loaded),
        "related": loaded.related,
        "most_popular": loaded.most_popular,
        "share": share_links(page.title, url=frame["meta"]["canonical_url"]),
        "follow": loaded.facts.social_profiles,
        "report_url": report_link(
            page.title, url=frame["meta"]["canonical_url"], email=loaded.facts.contact_email
        ),
        "sources_html": expand(
            page.sources_and_method,
            links=loaded.targets.links,
            documents=loaded.targets.documents,
        ),
        "is_old": page.published_at is not None and loaded.now - page.published_at > OLD_AFTER,
        "preview": _preview(loaded),
        # A view counts only where readers read: not in previews, nor behind a password.
        "page_id": page.pk if page.reader_state and page.reader_state.is_open else "",
    }


def is_for_the_top(line: CorrectionLine) -> bool:
    """Tell whether a correction stands above the lead picture."""
    return line.is_material or line.kind == CorrectionKind.RETRACTION


def _article(loaded: LoadedArticle) -> dict[str, Any]:
    page, section = loaded.page, loaded.section
    retracted = loaded.is_retracted
    body = render_body(
        [] if retracted else page.body.raw_data,
        targets=loaded.targets,
        dateline="" if retracted else loaded.dateline,
        page_id=page.pk,
    )
    language = page.text_language if page.text_language != get_language() else ""
    kind = ArticleKind(page.kind)
    return {
        "title": page.title,
        "kicker": page.kicker,
        "standfirst": page.standfirst,
        "kind": kind.value,
        "kind_label": kind.label,
        "issuer": page.issuer,
        "disclosure": page.disclosure,
        "section_title": section.title if section else "",
        "section_url": section.url if section else "",
        "byline_groups": _byline_groups(loaded.signatures),
        "source_name": page.source_name,
        "published_at": loaded.published_at,
        "updated_at": loaded.updated_at,
        "reading_minutes": 0 if retracted else page.reading_minutes,
        "lead": None if retracted else _lead(loaded),
        "body_html": body.html,
        "language": language,
        "direction": text_direction(language) if language else "",
    }


def _lead(loaded: LoadedArticle) -> dict[str, Any] | None:
    """Return the lead picture; while its file is missing, the words that describe it."""
    page, picture = loaded.page, loaded.lead
    if picture is not None:
        words = {"alt": picture.alt, "caption": picture.caption, "credit": picture.credit}
        return {"picture": picture} | words
    if not (page.lead_image_id or page.lead_source_url) or not page.lead_alt_text:
        return None
    words = {"alt": page.lead_alt_text, "caption": page.lead_caption, "credit": page.lead_credit}
    return {"picture": None} | words


def _byline_groups(signatures: Sequence[Signature]) -> list[dict[str, Any]]:
    """Return the signatures by role: roles in the order of the vocabulary, names in theirs."""
    groups = []
    for role in BylineRole:
        people = [(who.name, who.url) for who in signatures if who.role == role]
        if people:
            groups.append({"role": role.value, "role_label": role.label, "people": people})
    return groups


def _author_boxes(loaded: LoadedArticle) -> list[dict[str, Any]]:
    """Return who signed, as far as there is more to say than the name."""
    boxes = []
    for who in loaded.authors:
        portrait = loaded.picture(who.portrait_id, slot=PORTRAIT)
        expertise = who.expertise or who.author_role
        if portrait or expertise:
            boxes.append(
                {"name": who.name, "url": who.url, "portrait": portrait, "expertise": expertise}
            )
    return boxes


def _notices(lines: Sequence[CorrectionLine]) -> list[dict[str, Any]]:
    return [
        {"kind_label": line.kind_label, "text": line.text, "at": line.at.replace(microsecond=0)}
        for line in lines
    ]


def _preview(loaded: LoadedArticle) -> dict[str, Any] | None:
    """Return what an editor is told above a preview; None for readers."""
    if not loaded.is_preview:
        return None
    page = loaded.page
    until = page.embargoed_until
    return {
        "embargoed_until": until if until is not None and until > loaded.now else None,
        "embargo_reason": page.embargo_reason,
        "is_withdrawn": page.withdrawn_at is not None,
    }
