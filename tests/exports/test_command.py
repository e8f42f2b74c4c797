"""The command: lines, files, and what it does when they cannot be written."""

from __future__ import annotations

import io
import json
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from articles.exports import articles as export_room

pytestmark = pytest.mark.django_db

KEYS = [
    *("id", "external_id", "source", "title", "slug", "url", "status", "kind", "published_at"),
    *("updated_at", "dateline", "standfirst", "category", "categories", "tags", "authors"),
    *("lead_image", "body", "text", "word_count", "image_count", "link_count", "views_total"),
    *("old_urls", "seo_title", "seo_description", "canonical_url"),
]
"""Source: section 8 of the architecture, the contract."""


def run(**options):
    out = io.StringIO()
    call_command("export_articles", stdout=out, **options)
    return out.getvalue()


def test_each_line_is_an_object_with_the_keys_of_the_contract(make_article):
    make_article(title="Zürich ‹one›")
    make_article(live=False)

    lines = run().splitlines()

    assert [list(json.loads(line)) for line in lines] == [KEYS, KEYS]
    assert "Zürich ‹one›" in lines[0]
    assert json.loads(lines[0])["published_at"].endswith("Z")
    assert json.loads(lines[0])["category"] == ["Technology"]
    assert json.loads(lines[1])["published_at"] is None


def test_published_leaves_the_rest_out(make_article):
    article = make_article()
    make_article(live=False)

    assert [json.loads(line)["id"] for line in run(status="published").splitlines()] == [article.pk]


def test_ninjs_is_one_item_a_line(make_article):
    make_article(title="One")

    (line,) = run(format="ninjs").splitlines()

    assert json.loads(line)["standard"]["version"] == "3.1"


def test_empty_newsroom_gives_an_empty_export():
    assert run() == ""


def test_file_holds_the_same_lines(make_article, tmp_path):
    make_article()
    lines = run()

    said = run(out=tmp_path / "out.jsonl")

    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == lines
    assert "1 articles" in said
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_export_that_breaks_off_leaves_the_old_file_as_it_was(make_article, tmp_path):
    make_article()
    out = tmp_path / "out.jsonl"
    out.write_text("the old one")

    with (
        mock.patch.object(export_room, "body_text", side_effect=RuntimeError("broken")),
        pytest.raises(RuntimeError),
    ):
        run(out=out)

    assert out.read_text() == "the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_folder_that_does_not_exist_is_refused_by_name(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere/out\.jsonl cannot be written"):
        run(out=tmp_path / "nowhere" / "out.jsonl")
