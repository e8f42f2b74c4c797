"""Adding a note to readers; there is no other way to change them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.corrections.models import Correction, CorrectionKind
from articles.pages.article import ArticlePage
from articles.pages.errors import NotAllowedError, NotReadyError

CORRECT_LOG_ACTION = "newsroom.correct"
TEXT_AT_LEAST = 20
TEXT_AT_MOST = 600
UPDATES_READERS_SEE = frozenset({CorrectionKind.CORRECTION, CorrectionKind.UPDATE})


def may_correct(user: Any, *, article: ArticlePage) -> bool:
    """Tell whether an account may add a note to this article.

    It takes the right to add corrections and the right to publish this very article.
    """
    return (
        user.has_perm("articles.add_correction")
        and article.permissions_for_user(user).can_publish()
    )


def add_correction(
    article: ArticlePage,
    *,
    actor: Any,
    kind: str,
    text: str,
    now: datetime,
    is_material: bool = False,
) -> Correction:
    """Publish a note on an article, and return it. It cannot be taken back.

    A correction or an update with new facts also moves the time that readers see as
    *Updated*. Not safe to repeat: each call adds a note.

    Args:
        article: it must have been published once.
        actor: who signs for it; None is the system.
        kind: one of `CorrectionKind`.
        text: plain text, 20 to 600 characters.
        now: aware moment of publication.
        is_material: shown above the lead picture.

    Raises:
        NotAllowedError: the account may not correct this article.
        NotReadyError: the text is too short or too long, or the article was never out.
    """
    text = " ".join(text.split())
    if not TEXT_AT_LEAST <= len(text) <= TEXT_AT_MOST:
        raise NotReadyError(
            _("A correction has between %(least)d and %(most)d characters; this one has %(now)d.")
            % {"least": TEXT_AT_LEAST, "most": TEXT_AT_MOST, "now": len(text)}
        )
    if actor is not None and not may_correct(actor, article=article):
        raise NotAllowedError(_("You may not add corrections to this article."))
    if article.published_at is None:
        raise NotReadyError(_("The article was never published: change its text instead."))
    with transaction.atomic():
        correction = Correction.objects.create(
            article=article,
            kind=CorrectionKind(kind),
            text=text,
            is_material=is_material,
            published_at=now,
            published_by=actor,
        )
        if correction.kind in UPDATES_READERS_SEE:
            _move_update_time(article, now=now)
        log(
            instance=article,
            action=CORRECT_LOG_ACTION,
            user=actor,
            data={"correction": {"id": correction.pk, "kind": correction.kind}},
        )
    return correction


def _move_update_time(article: ArticlePage, *, now: datetime) -> None:
    """Write the time into the live row and the versions that may still be published."""
    row = ArticlePage.objects.get(pk=article.pk)
    ArticlePage.objects.filter(pk=row.pk).update(materially_updated_at=now)
    wanted = {row.latest_revision_id, row.live_revision_id} - {None}
    versions = row.revisions.filter(pk__in=wanted) | row.revisions.filter(
        approved_go_live_at__isnull=False
    )
    for version in versions:
        version.content["materially_updated_at"] = now.isoformat()
        version.save(update_fields=["content"])
