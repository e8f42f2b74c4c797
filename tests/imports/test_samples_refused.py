"""Damaged and hostile files: one clear message, and nothing left behind."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.imports.models import ImportRun
from articles.imports.options import ImportOptions
from articles.imports.run import run_import
from articles.pages.article import ArticlePage
from tests.imports.database import read_tables
from tests.samples import samples_dir

NOW = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def refusal(path: Path) -> CommandError:
    before = read_tables()
    with pytest.raises(CommandError) as found:
        call_command("import_articles", str(path), stdout=StringIO(), stderr=StringIO())
    assert read_tables() == before
    return found.value


@pytest.mark.parametrize(
    ("name", "line"), [("malformed.xml", 90), ("crazy-cdata.xml", 18), ("bare-ampersand.xml", 109)]
)
def test_a_damaged_export_leaves_nothing_and_exits_with_2(name: str, line: int) -> None:
    error = refusal(samples_dir("wxr-malformed") / name)
    assert error.returncode == 2
    assert f"{name}, line {line}, column" in str(error)
    assert "Nothing was imported" in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("name", ["invalid-version-tag.xml", "missing-version-tag.xml"])
def test_a_wrong_version_is_told_and_terms_come_in(name: str) -> None:
    report = run_import(
        samples_dir("wxr-malformed") / name, options=ImportOptions(media="skip"), now=NOW
    )
    assert report.items["read"] == 0
    assert not ArticlePage.objects.exists()
    assert report.created_by_type["tags"] == 18
    assert report.created_by_type["authors"] == 1
    assert "wxr_version" in report.problem_kinds
    assert report.run["status"] == "done"


@pytest.mark.parametrize("name", ["xmlbomb.xml", "external.xml"])
def test_an_attack_is_refused_by_name(name: str) -> None:
    error = refusal(samples_dir("xml-attacks") / name)
    assert error.returncode == 2
    assert name in str(error)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "none.xml")
    assert error.returncode == 2
    assert "none.xml" in str(error)


def test_a_zip_is_refused_and_told_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(b"PK\x03\x04rest")
    error = refusal(path)
    assert error.returncode == 2
    assert "unpack it first" in str(error)
    assert not ImportRun.objects.exists()
