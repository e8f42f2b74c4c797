"""WordPress samples with a folder of their files: text first, pictures by the next run."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wagtail.models import Revision

from articles.blocks.pictures import iter_files, iter_pictures
from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.pictures.addresses import file_name, list_paths
from articles.imports.pictures.wants import list_wants
from articles.imports.report import Report
from articles.imports.run import run_import
from articles.media.models import NewsDocument, NewsImage
from articles.pages.article import ArticlePage
from articles.pages.static import StaticPage
from tests.factories.pictures import picture_bytes
from tests.samples import samples_dir

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILM = b"\0\0\0\x20ftypisom"
HEADS = {".mp3": b"ID3\x04", ".ogg": b"OggS", ".mp4": FILM, ".mov": FILM, ".pdf": b"%PDF-1.7"}


@pytest.fixture(autouse=True)
def _no_renditions(monkeypatch):
    monkeypatch.setattr("articles.media.tasks._enqueue", lambda *args, **kwargs: None)


def bring_in(name: str, *, media: str) -> Report:
    options = ImportOptions(media=media, source="sample", status="as-source")
    return run_import(samples_dir("wxr") / name, options=options, now=NOW)


def write_files(folder: Path) -> int:
    """Write a file for every address that the source names; return how many there are."""
    urls = {
        record.data["url"]
        for record in ImportedRecord.objects.filter(kind="media")
        if record.data["url"]
    }
    for page in (*ArticlePage.objects.all(), *StaticPage.objects.all()):
        lead = getattr(page, "lead_source_url", "")
        wants = list_wants(list(page.body.raw_data), blocks={}, lead_url=lead)
        urls |= {want.url for want in wants}
    for url in urls:
        path = folder / list_paths(url)[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha1(file_name(url).encode(), usedforsecurity=False).digest()
        head = HEADS.get(path.suffix.lower())
        color = (digest[0], digest[1], digest[2])
        path.write_bytes(head + digest if head else picture_bytes(size=(60, 40), color=color))
    return len(urls)


@pytest.mark.parametrize(
    "name",
    [
        "theme-unit-test.wordpress.xml",
        "colormag-dailynews.wordpress.xml",
        "cc-labs.wordpress.xml",
        "sample-with-alt.xml",
    ],
)
def test_a_later_run_with_a_folder_completes_what_the_first_one_left(name, tmp_path):
    first = bring_in(name, media="skip")
    assert sum(first.media.values()) == 0
    assert write_files(tmp_path) > 0
    versions = Revision.objects.count()

    second = bring_in(name, media=str(tmp_path))

    assert second.media["fetched"] > 0
    assert second.media["failed"] == second.media["refused"] == 0
    assert not ImportedRecord.objects.filter(data__pending_media=True).exists()
    stored = NewsImage.objects.count() + NewsDocument.objects.count()
    assert stored == second.media["fetched"]
    for page in (*ArticlePage.objects.all(), *StaticPage.objects.all()):
        body = list(page.body.raw_data)
        assert all(value["image"] for value in iter_pictures(body))
        assert all(value["file"] for value in iter_files(body))
        assert getattr(page, "lead_source_url", "") == ""
    # The text is the same, in the same version.
    assert Revision.objects.count() == versions
    assert second.items["updated"] == second.items["kept_edited"] == 0
    third = bring_in(name, media=str(tmp_path))
    assert sum(third.media.values()) == 0
    assert third.items["created"] == 0


def test_one_run_with_a_folder_brings_text_and_pictures(tmp_path):
    name = "theme-unit-test.wordpress.xml"
    bring_in(name, media="skip")
    write_files(tmp_path)
    ImportedRecord.objects.all().delete()
    for page in (*ArticlePage.objects.all(), *StaticPage.objects.filter(depth=3)):
        page.delete()

    report = bring_in(name, media=str(tmp_path))

    assert report.media["failed"] == 0
    assert report.created_by_type["images"] == NewsImage.objects.count() > 10
    # Nothing of the text, the pictures or the links is short of what the source holds.
    lost = [line["detail"] for line in report.iter_problems() if line["kind"] == "audit_loss"]
    assert [line for line in lost if "old addresses" not in line] == []
    checks = {line["check"] for line in report.iter_audit()}
    assert checks <= {"old_url", "words"}
