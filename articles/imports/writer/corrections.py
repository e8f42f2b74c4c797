"""Notes to readers that the source's articles carry; added, never changed."""

from __future__ import annotations

from collections.abc import Sequence

from articles.corrections.models import Correction, CorrectionKind
from articles.imports.items import CorrectionItem
from articles.imports.writer.articles import Plan
from articles.imports.writer.rows import Rows
from articles.pages.article import ArticlePage


def write_corrections(plans: Sequence[Plan], *, rows: Rows) -> None:
    """Add the corrections of articles that are not there yet. Two queries."""
    noted = [plan for plan in plans if plan.item.corrections and plan.draft.model is ArticlePage]
    if not noted:
        return
    ids = [plan.draft.id for plan in noted]
    known = set(
        Correction.objects.filter(article__in=ids).values_list(
            "article_id", "kind", "text", "published_at"
        )
    )
    rows.insert(
        Correction,
        [
            {
                "article_id": plan.draft.id,
                "kind": kind,
                "text": text,
                "published_at": correction.at,
            }
            for plan in noted
            for correction in plan.item.corrections
            for kind, text in [_read(correction, plan=plan)]
            if text and (plan.draft.id, kind, text, correction.at) not in known
        ],
    )


def _read(correction: CorrectionItem, *, plan: Plan) -> tuple[str, str]:
    text = " ".join(correction.text.split())
    if correction.kind in CorrectionKind.values:
        return correction.kind, text
    plan.tell("unknown_correction", f"“{correction.kind[:40]}” became an editor’s note.")
    return CorrectionKind.EDITORS_NOTE.value, text
