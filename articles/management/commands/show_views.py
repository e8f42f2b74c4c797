"""`manage.py show_views`: what has been counted."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.pages.article import ArticlePage
from articles.popularity.queries import get_views


class Command(BaseCommand):
    help = "Shows views by article: all time (imported ones included), 24 hours, 7 and 30 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--article", type=int, metavar="ID", help="Only this article.")
        parser.add_argument("--json", action="store_true", help="One JSON object.")

    def handle(self, *args: Any, article: int | None, json: bool, **options: Any) -> None:
        if article is not None and not ArticlePage.objects.filter(pk=article).exists():
            raise CommandError(f"There is no article {article}.")
        views = get_views(None if article is None else [article])
        if json:
            self.write_json(views)
        else:
            self.write_table(views)

    def write_json(self, views: dict[int, dict[str, int]]) -> None:
        self.stdout.write(json.dumps({str(key): value for key, value in views.items()}))

    def write_table(self, views: dict[int, dict[str, int]]) -> None:
        titles = dict(ArticlePage.objects.filter(pk__in=views).values_list("pk", "title"))
        self.stdout.write(f"{'ID':>8} {'total':>10} {'24h':>8} {'7d':>8} {'30d':>8}  headline")
        for key, row in sorted(views.items(), key=lambda item: -item[1]["total"]):
            counts = f"{row['total']:>10} {row['24h']:>8} {row['7d']:>8} {row['30d']:>8}"
            self.stdout.write(f"{key:>8} {counts}  {titles.get(key, '')}")
