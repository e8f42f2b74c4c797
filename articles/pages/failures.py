"""Scheduled releases that did not happen."""

from __future__ import annotations

from django.db import models


class ReleaseFailure(models.Model):
    """Why a page did not go out, or come down, at its moment; gone when it has.

    One row a page. The dashboard names them; the worker tries again at
    `next_attempt_at`, with growing pauses.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="release_failure"
    )
    message = models.CharField(max_length=1000)
    failed_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-failed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.message}"
