"""Corrections: notes to readers that are added, and never changed or taken away."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CorrectionsAreAppendOnlyError(Exception):
    """Someone tried to change or delete a published note: add another one instead."""

    def __init__(self) -> None:
        super().__init__("Corrections are append-only: add another one instead.")


class CorrectionQuerySet(models.QuerySet):
    """Reads as usual; refuses every way to change or delete rows.

    The managers of relations are made of it as well, and Django's collector of what is
    deleted together, which calls `_raw_delete`.
    """

    def update(self, **kwargs: Any) -> int:
        """Forget who signed, when that account is deleted (their name stays); nothing else."""
        if kwargs != {"published_by": None}:
            raise CorrectionsAreAppendOnlyError
        return super().update(**kwargs)

    def _update(self, values: Any) -> int:
        # What `Model.save_base` tries first; a fixture is loaded where there is no row yet.
        if self.exists():
            raise CorrectionsAreAppendOnlyError
        return 0

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise CorrectionsAreAppendOnlyError

    def delete(self) -> NoReturn:
        raise CorrectionsAreAppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CorrectionsAreAppendOnlyError

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts") or any(not one._state.adding for one in objs):
            raise CorrectionsAreAppendOnlyError
        return super().bulk_create(objs, *args, **kwargs)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CorrectionsAreAppendOnlyError


class CorrectionKind(models.TextChoices):
    """What kind of note it is; `update` means new facts, nothing was wrong."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    EDITORS_NOTE = "editors_note", _("Editor’s note")
    RETRACTION = "retraction", _("Retraction")


class Correction(models.Model):
    """A public note on an article: shown on it, in the log and in its structured data.

    Append-only. The article's foreign key is protected, so an article that has one
    can be withdrawn, not deleted.
    """

    article = models.ForeignKey(
        "articles.ArticlePage", on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.CharField(
        max_length=16, choices=CorrectionKind, default=CorrectionKind.CORRECTION
    )
    text = models.TextField(
        help_text=_(
            "State what was wrong and what is right; do not repeat the error more than needed."
        )
    )
    is_material = models.BooleanField(
        _("material"), default=False, help_text=_("Shown above the lead picture.")
    )
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_by_name = models.CharField(max_length=255, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="correction_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="correction_has_a_text"),
            models.CheckConstraint(
                condition=models.Q(kind__in=CorrectionKind.values),
                name="correction_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.published_at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise CorrectionsAreAppendOnlyError
        if self.published_by is not None and not self.published_by_name:
            self.published_by_name = str(self.published_by)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CorrectionsAreAppendOnlyError
