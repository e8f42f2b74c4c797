"""One run of an import, and what each of its items became."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class RunStatus(models.TextChoices):
    """Where a run stands; a `running` one whose process died is resumable."""

    RUNNING = "running", "running"
    INTERRUPTED = "interrupted", "interrupted"
    DONE = "done", "done"
    FAILED = "failed", "failed"


class ImportRun(models.Model):
    """One run: the same source, file and options resume it until it is done.

    `state` holds what the run needs to go on (counters, position, stage); it is
    written in the transaction of each batch.
    """

    source = models.CharField(max_length=255)
    format = models.CharField(max_length=16)
    location = models.TextField(help_text="File, folder or address, as it was given.")
    fingerprint = models.CharField(max_length=64, help_text="Hash of the file and the options.")
    options = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=RunStatus, default=RunStatus.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    state = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["source", "fingerprint"], name="run_of_a_source")]

    def __str__(self) -> str:
        return f"{self.source} ({self.status})"


class ImportedRecord(models.Model):
    """What an item of a source became here.

    `fingerprint` is the hash of the item as it was read: an unchanged item is not
    written again. `revision_id` is the revision that the import left: a page whose
    latest revision is another one was edited here since, and is kept.
    """

    source = models.CharField(max_length=255)
    kind = models.CharField(max_length=16)
    external_id = models.CharField(max_length=500)
    object_id = models.BigIntegerField(null=True)
    fingerprint = models.CharField(max_length=64)
    revision_id = models.BigIntegerField(null=True)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="records")
    updated_run = models.ForeignKey(
        ImportRun, null=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(
        default=dict, help_text="What later stages need: address, title, pending pictures."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "external_id"],
                name="imported_record_is_one_per_source_and_item",
            ),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="imported_by_object")]

    def __str__(self) -> str:
        return f"{self.source}: {self.kind} {self.external_id}"
