"""Everything of an article's page that comes from the database, in one plan of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles.corrections.models import CorrectionKind
from articles.media.sizes import SOCIAL_SLOTS
from articles.pages.article import ArticlePage
from articles.people.models import BylineRole
from articles.reading.article_queries import Belongings, load_belongings, load_draft_belongings
from articles.reading.body.datelines import format_dateline
from articles.reading.body.references import Targets, build_targets, collect, load_documents
from articles.reading.cards import PORTRAIT, CardStock, wanted_pictures
from articles.reading.facts import Section, SiteFacts
from articles.reading.most_popular import list_popular, popular_box
from articles.reading.pictures import Wanted, load_pictures_for
from articles.reading.records import Card, Picture
from articles.reading.related import CANDIDATES, choose_related
from articles.reading.rows import Signature, load_rows, load_signatures, signatures_of_draft
from articles.reading.site import get_site_facts
from articles.related.queries import list_candidates


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """An article and all that its page shows; nothing more is asked of the database."""

    page: ArticlePage
    facts: SiteFacts
    section: Section | None
    belongings: Belongings
    signatures: Sequence[Signature]
    targets: Targets
    pictures: Mapping[Wanted, Picture]
    related: Sequence[Card]
    most_popular: dict[str, Any]
    is_preview: bool
    now: datetime

    @property
    def published_at(self) -> datetime | None:
        """The moment of publication to the second, in the site's zone."""
        return self._told(self.page.published_at)

    @property
    def updated_at(self) -> datetime | None:
        """The moment of the material update, if there was one after publication."""
        updated, published = self.page.materially_updated_at, self.page.published_at
        return self._told(updated) if updated and published and updated > published else None

    @property
    def is_retracted(self) -> bool:
        """Whether the text has been taken back: the retraction stands in its place."""
        kinds = {line.kind for line in self.belongings.corrections}
        return CorrectionKind.RETRACTION in kinds

    @property
    def dateline(self) -> str:
        """Where and when it was reported, as plain text; "" if nowhere in particular."""
        page = self.page
        day = page.dateline_date
        if day is None and page.published_at is not None:
            day = page.published_at.astimezone(self.facts.zone).date()
        return format_dateline(
            place=page.dateline_place,
            day=day,
            agency=page.dateline_agency or self.facts.agency,
            language=page.text_language,
        )

    @property
    def authors(self) -> list[Signature]:
        """Those who sign with *by*, in order."""
        return [who for who in self.signatures if who.role == BylineRole.BY]

    def picture(self, image_id: int | None, *, slot: str) -> Picture | None:
        """Return a picture in a slot, if it has renditions that serve."""
        return self.pictures.get((image_id, slot)) if image_id is not None else None

    @property
    def lead(self) -> Picture | None:
        """The lead picture with this article's own words over the photo's."""
        photo = self.picture(self.page.lead_image_id, slot="lead")
        page = self.page
        return photo and replace(
            photo,
            alt=page.lead_alt_text or photo.alt,
            caption=page.lead_caption or photo.caption,
            credit=page.lead_credit or photo.credit,
        )

    def _told(self, at: datetime | None) -> datetime | None:
        return at.replace(microsecond=0).astimezone(self.facts.zone) if at else None


def load_article(page: ArticlePage, request: HttpRequest) -> LoadedArticle:
    """Return an article with all that its page shows.

    Seven queries beside those of `get_site_facts`, whatever the number of links, pictures
    and signatures; eight if documents are linked. A preview takes what belongs to the
    draft from memory and may take a few more.
    """
    facts = get_site_facts(request)
    now = timezone.now()
    is_preview = bool(getattr(request, "is_preview", False))
    belongings = load_draft_belongings(page) if is_preview else load_belongings(page.pk)
    references = collect(page.body.raw_data, page.sources_and_method)
    chosen = [link.target_id for link in belongings.links if link.target_id]
    candidates = list_candidates(
        page.pk or 0,
        section_id=page.section_id,
        topics={topic.id: topic.frequency for topic in belongings.topics},
        exclude=chosen,
        limit=CANDIDATES,
    )
    popular = list_popular(facts, now=now)
    candidate_ids = [candidate.article_id for candidate in candidates]
    rows = load_rows({*references.pages, *chosen, *candidate_ids, *popular.all}, now=now)
    related = choose_related(
        belongings.links, candidates=candidates, rows=rows, page_id=page.pk, now=now
    )
    related_ids = [entry for entry in related if isinstance(entry, int)]
    signatures = load_signatures([*related_ids, *([] if is_preview else [page.pk])])
    own = signatures_of_draft(page) if is_preview else signatures.get(page.pk, [])
    wanted = wanted_pictures(dict.fromkeys(related_ids, "card"), rows=rows, signatures=signatures)
    pictures = load_pictures_for(
        {*wanted.values(), *references.wanted_pictures, *_own_pictures(page, signatures=own)}
    )
    stock = CardStock(facts, rows, signatures, pictures, wanted)
    return LoadedArticle(
        page=page,
        facts=facts,
        section=facts.section_at(page.path) if page.path else None,
        belongings=belongings,
        signatures=own,
        targets=build_targets(
            facts=facts,
            rows=rows,
            documents=load_documents(references.documents),
            pictures=pictures,
        ),
        pictures=pictures,
        related=[
            card
            for entry in related
            for card in (stock.cards([entry]) if isinstance(entry, int) else [entry])
        ],
        most_popular=popular_box(popular, cards=stock.cards),
        is_preview=is_preview,
        now=now,
    )


def _own_pictures(page: ArticlePage, *, signatures: Sequence[Signature]) -> list[Wanted]:
    """Return the pictures of the article's head: lead, cuts for shares, portraits."""
    wanted: list[Wanted] = [
        (who.portrait_id, PORTRAIT) for who in signatures if who.portrait_id is not None
    ]
    if page.lead_image_id is not None:
        wanted.append((page.lead_image_id, "lead"))
        wanted += [(page.lead_image_id, slot) for slot in SOCIAL_SLOTS]
    if page.social_image_id is not None:
        wanted.append((page.social_image_id, "social"))
    return wanted
