"""Plain-text samples become articles: head, trail, dateline, body, furniture."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.report import Report
from articles.imports.run import run_import
from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.text.html import plain_text
from tests.imports.database import read_tables
from tests.imports.test_cleaner_samples import shown_text
from tests.samples import samples_dir

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILES = (
    *("saved_article_page.txt", "dpa_two_by_line.txt", "dpa_four_line.txt"),
    *("korean_article.txt", "spanish_article.txt"),
)

pytestmark = pytest.mark.django_db


def import_text(path: Path, **options: Any) -> Report:
    return run_import(path, options=ImportOptions(media="skip", source="texts", **options), now=NOW)


def kinds(report: Report) -> set[str]:
    return {line["kind"] for line in report.iter_problems()}


def paths(article: ArticlePage) -> list[str]:
    ancestors = article.get_ancestors().filter(depth__gt=2)
    return [page.title for page in ancestors]


@pytest.mark.parametrize("name", FILES)
def test_a_text_becomes_what_is_expected_of_it(name: str) -> None:
    folder = samples_dir("text")
    wanted = json.loads((folder / "expected.json").read_text("utf-8"))["files"][name]
    report = import_text(folder / name)
    article = ArticlePage.objects.get()
    assert report.items["created"] == 1
    # The format states no status: nothing is public by a guess.
    assert not article.live
    if wanted["title"]:
        assert article.title == wanted["title"]
    else:
        assert "no_title" in kinds(report)
        assert wanted["text_starts"].startswith(article.title.rstrip("…"))
    text = plain_text(shown_text(list(article.body.raw_data)))
    assert text.startswith(wanted["text_starts"])
    assert text.endswith(wanted.get("text_ends", ""))
    if isinstance(wanted.get("byline"), str):
        names = [byline.author.name for byline in article.bylines.all()]
        assert names == [wanted["byline"]]
    assert article.source_name == wanted.get("credit", "")
    for words in wanted.get("must_not_contain", ()):
        assert words not in text
    before = read_tables(leave_out=["articles_importrun"])
    again = import_text(folder / name)
    assert again.items["unchanged"] == 1
    assert read_tables(leave_out=["articles_importrun"]) == before


def test_the_saved_page_goes_where_the_known_tree_says(subsection: CategoryPage) -> None:
    folder = samples_dir("text")
    NewsroomSettings.objects.update(time_zone="Asia/Karachi")
    report = import_text(folder / "saved_article_page.txt", status="as-source")
    article = ArticlePage.objects.get()
    assert article.live
    assert article.get_parent().pk == subsection.pk
    assert article.section_id == subsection.pk
    assert report.created_by_type["categories"] == 0
    assert (article.dateline_place, article.dateline_agency) == ("Beijing", "TDI")
    # The day of publication needs no date of its own; midday of the site's zone.
    assert article.dateline_date is None
    assert article.published_at == datetime(2024, 3, 9, 7, tzinfo=UTC)
    also_read = [block["value"] for block in article.body.raw_data if block["type"] == "also_read"]
    assert also_read == [
        {
            "article": None,
            "wanted_headline": "Can new productive forces rescue China’s economy?",
        }
    ]
    assert {"time_unknown"} <= kinds(report)
    assert not {"breadcrumb_guessed", "breadcrumb_unknown"} & kinds(report)


def test_a_trail_that_into_names_makes_that_section() -> None:
    folder = samples_dir("text")
    into = ("Technology", "Artificial intelligence")
    report = import_text(folder / "saved_article_page.txt", into=into)
    assert paths(ArticlePage.objects.get()) == list(into)
    assert report.created_by_type["categories"] == 2
    assert "breadcrumb_unknown" not in kinds(report)


def test_a_trail_that_nothing_divides_is_divided_by_its_capitals_and_told() -> None:
    report = import_text(samples_dir("text") / "saved_article_page.txt")
    assert paths(ArticlePage.objects.get()) == ["Technology", "Artificial intelligence"]
    assert "breadcrumb_guessed" in kinds(report)


def test_a_folder_of_texts_comes_in_as_one_source(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"2019-05-03-{name}.txt").write_text(f"Headline {name}\n\nText of {name}.\n")
    report = import_text(tmp_path, status="as-source", into=("Old", "Paper"))
    assert report.items["created"] == 2
    article = ArticlePage.objects.get(title="Headline a")
    assert article.slug == "a"
    assert article.published_at is not None
    assert article.published_at.date() == date(2019, 5, 3)
    assert paths(article) == ["Old", "Paper"]
    assert ImportedRecord.objects.filter(external_id="2019-05-03-a.txt").exists()


def test_a_text_without_a_date_is_never_published(tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("A headline\n\nSome text.\n")
    report = import_text(tmp_path / "undated.txt", status="as-source")
    assert not ArticlePage.objects.get().live
    assert report.by_status == {"published": 0, "draft": 1, "scheduled": 0, "private": 0}
    assert "no_date" in kinds(report)
