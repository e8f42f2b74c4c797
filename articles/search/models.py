"""The table of the public search."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """An article in the index, with what a search narrows it by.

    Here are articles that readers may see by their state; moments (embargo, expiry) and
    everything else are asked of `visible_to_readers` in each search. The words stand
    where only the database's own full-text search sees them (`backends/`): in two more
    columns on PostgreSQL, in a virtual table on SQLite. `articles/migrations/0006_search.py`
    makes these; a migration that rebuilds this table on SQLite must make its trigger again.

    There is deliberately no index on `section`: the planner would walk it and read the
    words of every article on its way.
    """

    article = models.OneToOneField(
        "articles.ArticlePage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_entry",
    )
    published_at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    section = models.ForeignKey(
        "articles.CategoryPage",
        null=True,
        db_index=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-article"], name="search_entry_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}"
