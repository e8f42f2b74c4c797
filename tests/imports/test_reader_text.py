"""Plain-text samples say what their `expected.json` says, and rules hold at their edges."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.imports.cleaner.clean import clean
from articles.imports.items import ArticleItem
from articles.imports.readers.base import ReadOptions, UnusableSource
from articles.imports.readers.registry import open_source
from articles.text.html import plain_text
from tests.samples import samples_dir

OPTIONS = ReadOptions(now=datetime(2026, 1, 1, tzinfo=UTC))


def read(path: Path) -> list[ArticleItem]:
    _, records = open_source(path, options=OPTIONS)
    return [item for item in records if isinstance(item, ArticleItem)]


def write(folder: Path, text: str, *, name: str = "article.txt") -> ArticleItem:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (item,) = read(path)
    return item


@pytest.mark.parametrize(
    "name",
    [
        "saved_article_page.txt",
        "dpa_two_by_line.txt",
        "dpa_four_line.txt",
        "korean_article.txt",
        "spanish_article.txt",
    ],
)
def test_samples_agree(name: str) -> None:
    folder = samples_dir("text")
    wanted = json.loads((folder / "expected.json").read_text("utf-8"))["files"][name]
    (item,) = read(folder / name)
    text = plain_text(item.body)
    assert text.startswith(wanted["text_starts"])
    if wanted["title"]:
        assert item.title == wanted["title"]
    else:
        assert "no_title" in {problem.kind for problem in item.problems}
    if "byline" in wanted:
        assert [byline.name for byline in item.bylines] == [wanted["byline"]]
    if "credit" in wanted:
        assert item.source_name == wanted["credit"]
    for part in wanted.get("must_not_contain", []):
        assert part not in text
    if "text_ends" in wanted:
        assert text.endswith(wanted["text_ends"])
    if isinstance(wanted.get("dateline"), str):
        assert item.dateline is not None
        assert f"{item.dateline.place} ({item.dateline.agency}) -" == wanted["dateline"]


def test_the_saved_page_gives_trail_dateline_heading_and_pending_link() -> None:
    (item,) = read(samples_dir("text") / "saved_article_page.txt")
    assert item.breadcrumb_text == "TechnologyArtificial intelligence"
    assert item.dateline is not None
    assert (item.dateline.place, item.dateline.agency) == ("Beijing", "TDI")
    assert item.dateline.date == "2024-03-09"
    assert item.published_at is None
    blocks = clean(item.body, flavor=item.body_flavor, item=item).blocks
    headings = [block["value"]["text"] for block in blocks if block["type"] == "heading"]
    links = [block["value"]["wanted_headline"] for block in blocks if block["type"] == "also_read"]
    assert headings == ["Revelation to China’s Innovation Drive"]
    assert links == ["Can new productive forces rescue China’s economy?"]


def test_wrapped_lines_are_joined_and_the_notebook_is_no_text() -> None:
    (item,) = read(samples_dir("text") / "dpa_four_line.txt")
    assert "<br>" not in item.body
    assert "Editorial contacts" not in item.body
    assert "international@dpa.com" not in item.body


def test_a_folder_gives_one_article_for_each_text(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "2019-05-03-harbor-opens.txt").write_text("Harbor opens\n\nIt did.\n")
    (tmp_path / "b.txt").write_text("Second\n\nText.\n")
    (tmp_path / "notes.json").write_text("{}")
    items = read(tmp_path)
    assert [item.external_id for item in items] == ["b.txt", "sub/2019-05-03-harbor-opens.txt"]
    assert items[1].slug == "harbor-opens"
    assert items[1].dateline is not None
    assert items[1].dateline.date == "2019-05-03"


def test_head_lines_become_fields(tmp_path: Path) -> None:
    item = write(
        tmp_path,
        "---\nTitle: Harbor <opens>\nDate: 2019-05-03T10:00:00+02:00\nBy: Ana Sá\n"
        "Section: World > Europe\nTags: ports, trade\n---\n\nShips came & went.\n",
    )
    assert item.title == "Harbor <opens>"
    assert item.published_at == datetime(2019, 5, 3, 8, tzinfo=UTC)
    assert [byline.name for byline in item.bylines] == ["Ana Sá"]
    assert item.categories == ((("world", "World"), ("europe", "Europe")),)
    assert [name for _, name in item.tags] == ["ports", "trade"]
    assert item.body == "<p>Ships came &amp; went.</p>"


def test_text_is_never_markup(tmp_path: Path) -> None:
    item = write(tmp_path, "Title\n\nA <script>alert(1)</script> line.\n")
    assert "<script" not in item.body


def test_a_binary_file_named_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(UnusableSource, match="zip"):
        open_source(path, options=OPTIONS, format="text")
