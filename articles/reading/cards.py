"""Articles in lists: ids become cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.pages.article import ArticleKind
from articles.people.models import BylineRole
from articles.reading.facts import SiteFacts
from articles.reading.pictures import Wanted, load_pictures_for
from articles.reading.records import Card, Picture
from articles.reading.rows import PageRow, Signature, load_rows, load_signatures

PORTRAIT = "portrait"
"""The slot whose picture is the first signatory's portrait, not the article's."""


@dataclass(frozen=True, slots=True)
class CardStock:
    """What has been loaded for cards; making them takes no query."""

    facts: SiteFacts
    rows: Mapping[int, PageRow]
    signatures: Mapping[int, Sequence[Signature]] = field(default_factory=dict)
    pictures: Mapping[Wanted, Picture] = field(default_factory=dict)
    wanted: Mapping[int, Wanted] = field(default_factory=dict)

    def cards(self, article_ids: Iterable[int]) -> list[Card]:
        """Return the cards of articles in the order of ids; what is not here is left out."""
        cards = []
        for pk in article_ids:
            row = self.rows.get(pk)
            url = self.facts.url_of(row.url_path) if row and row.is_article else ""
            if row is not None and url:
                image = self.pictures.get(self.wanted[pk]) if pk in self.wanted else None
                signed = self.signatures.get(pk, ())
                cards.append(_build(row, url=url, facts=self.facts, signed=signed, image=image))
        return cards


def load_cards(
    article_ids: Sequence[int],
    *,
    facts: SiteFacts,
    with_images: bool = True,
    slot: str = "card",
    slots: Mapping[int, str] | None = None,
    now: datetime | None = None,
) -> list[Card]:
    """Return the cards of articles in the order of their ids, each once.

    What readers may not see, and what lies outside the site, is left out. At most three
    queries for any number: rows, bylines, renditions (not without images).

    Args:
        article_ids: of articles; repeated ones count once.
        facts: of the site they are shown on.
        with_images: False for lists of headlines.
        slot: of `articles/media/sizes.py`, such as `thumb` for rows.
        slots: other slots for some articles; `portrait` shows who signs first.
        now: the moment of visibility, default the present.
    """
    rows = load_rows(set(article_ids), now=now)
    ids = [pk for pk in dict.fromkeys(article_ids) if pk in rows and rows[pk].is_article]
    shown = {pk: (slots or {}).get(pk, slot) if with_images else None for pk in ids}
    return finish_stock(facts, rows=rows, shown=shown).cards(ids)


def finish_stock(
    facts: SiteFacts, *, rows: Mapping[int, PageRow], shown: Mapping[int, str | None]
) -> CardStock:
    """Add bylines and pictures to rows. Two queries, one if no picture is shown.

    Args:
        facts: of the site.
        rows: of articles; those that `shown` does not name get headlines only.
        shown: article id to the slot of its picture, None for no picture.
    """
    signatures = load_signatures([pk for pk in shown if pk in rows])
    slots = {pk: slot for pk, slot in shown.items() if slot is not None}
    wanted = wanted_pictures(slots, rows=rows, signatures=signatures)
    return CardStock(facts, rows, signatures, load_pictures_for(wanted.values()), wanted)


def wanted_pictures(
    shown: Mapping[int, str],
    *,
    rows: Mapping[int, PageRow],
    signatures: Mapping[int, Sequence[Signature]],
) -> dict[int, Wanted]:
    """Return which picture each article shows; one that has none is left out.

    Args:
        shown: article id to slot.
        rows: of the articles.
        signatures: of the articles.
    """
    wanted = {}
    for pk, slot in shown.items():
        if slot == PORTRAIT:
            image_id = next((who.portrait_id for who in signatures.get(pk, ())), None)
        else:
            image_id = rows[pk].lead_image_id if pk in rows else None
        if image_id is not None:
            wanted[pk] = (image_id, slot)
    return wanted


def _build(
    row: PageRow,
    *,
    url: str,
    facts: SiteFacts,
    signed: Sequence[Signature],
    image: Picture | None,
) -> Card:
    kind = ArticleKind(row.kind or ArticleKind.NEWS)
    section = facts.section_at(row.path)
    assert row.published_at is not None  # visible articles have one  # noqa: S101
    return Card(
        id=row.id,
        title=row.short_headline or row.title,
        url=url,
        kind=kind.value,
        kind_label=str(kind.label),
        published_at=row.published_at.replace(microsecond=0),
        # Whose release it is must stand on every card of it.
        kicker=(kind == ArticleKind.PRESS_RELEASE and row.issuer) or row.kicker or "",
        label_visible=kind != ArticleKind.NEWS,
        standfirst=row.standfirst or "",
        updated_at=row.materially_updated_at and row.materially_updated_at.replace(microsecond=0),
        section_title=section.title if section else "",
        section_url=section.url if section else "",
        authors=tuple((who.name, who.url) for who in signed if who.role == BylineRole.BY),
        image=image,
        image_alt=row.lead_alt_text or (image.alt if image else ""),
    )
