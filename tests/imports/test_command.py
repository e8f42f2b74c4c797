"""The command: options, exit status, what it prints, what a dry run leaves."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.imports.corpus import write_corpus
from articles.imports.items import ArticleItem, RefusedItem, SourceInfo
from articles.imports.lock import SourceLock
from articles.imports.models import ImportRun, RunStatus
from articles.imports.options import ImportOptions
from articles.imports.readers.base import UnusableSource
from articles.imports.report import Report
from articles.imports.run import import_records, run_import
from articles.imports.terminal import TerminalProgress, summarize
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from tests.imports.database import read_tables

NOW = datetime(2026, 3, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEWSROOM_IMPORTS_DIR = tmp_path / "imports"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.wxr"
    with path.open("wb") as out:
        write_corpus(out, count=60)
    return path


def command(*arguments: str | Path) -> tuple[int, str]:
    """Run the command; return its exit status and what it printed."""
    out = io.StringIO()
    try:
        call_command("import_articles", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def records(*, number: int) -> Iterator[ArticleItem]:
    for at in range(number):
        yield ArticleItem(
            external_id=f"g#{at}", title=f"Title {at}", status="published", published_at=NOW
        )


def test_an_archive_comes_in_with_a_report_and_status_0(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    status, printed = command(corpus, "--media", "skip", "--report", path, "--batch-size", "7")
    report = json.loads(path.read_text())
    assert status == 0
    assert list(report) == [
        *("run", "items", "created_by_type", "by_status", "media", "problems", "audit"),
    ]
    assert report["created_by_type"]["articles"] == 60 == ArticlePage.objects.count()
    items = report["items"]
    assert items["read"] == sum(items.values()) - items["read"] == 80
    run = ImportRun.objects.get()
    assert (run.status, run.source, run.format) == (RunStatus.DONE, "archive.example.org", "wxr")
    assert report["run"]["id"] == run.pk
    assert set(report["run"]) == {
        *("id", "source", "format", "status", "started", "finished", "seconds"),
    }
    assert "80 items read" in printed
    assert "60 created" in printed
    assert str(path) in printed


def test_items_that_are_refused_give_status_1() -> None:
    refused = RefusedItem("x\x1b[2J", reason="It has no address.", position="a.xml, line 3")
    info = SourceInfo(format="wxr", base_url="https://old.example")
    report = import_records(info, [refused], options=ImportOptions(media="skip"), now=NOW)
    assert report.items["refused"] == report.items["read"] == 1
    [line] = [line for line in summarize(report) if "It has no address" in line]
    assert "a.xml, line 3" in line
    assert "\x1b" not in line


def test_status_1_is_that_of_the_command(tmp_path: Path, corpus: Path) -> None:
    text = corpus.read_text()
    item = text[text.index("<item>") : text.index("</item>") + len("</item>")]
    path = tmp_path / "again.wxr"
    # The slug tells two items of one guid and number apart; nothing tells the third.
    path.write_text(text.replace("</channel>", f"{item}{item}</channel>"))
    status, printed = command(path, "--media", "skip")
    assert status == 1
    assert "1 refused" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--media", "/no/such/folder"], "no such folder"),
        (["--views", "none.csv"], "no such file"),
        (["--section-map", "none.csv"], "--dry-run proposes one"),
        (["--timezone", "Mars/North"], "Mars/North is not known"),
        (["--only", "99999"], "no article or page with the id 99999"),
    ],
)
def test_unusable_arguments_give_status_2(corpus: Path, arguments: list[str], message: str) -> None:
    before = read_tables(leave_out=["articles_importrun"])
    with pytest.raises(CommandError, match=message) as error:
        command(corpus, *arguments)
    assert error.value.returncode == 2
    assert read_tables(leave_out=["articles_importrun"]) == before


@pytest.mark.parametrize("option", ["--undo=1", "--repair", "--field-map=x", "--format=ghost"])
def test_options_that_do_not_work_yet_are_absent(corpus: Path, option: str) -> None:
    with pytest.raises(CommandError):
        command(corpus, option)


def test_a_limit_counts_items(corpus: Path) -> None:
    status, _ = command(corpus, "--media", "skip", "--limit", "9")
    assert status == 0
    run = ImportRun.objects.get()
    assert run.report["items"]["read"] == 9


def test_a_dry_run_writes_neither_rows_nor_files(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_tables()
    files = sorted(Path(settings.NEWSROOM_IMPORTS_DIR.parent).rglob("*"))

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a dry run opened a socket")

    monkeypatch.setattr("socket.socket.connect", refuse)
    status, printed = command(corpus, "--dry-run")
    assert status == 0
    assert "Dry run" in printed
    assert "60 created" in printed
    assert read_tables() == before
    assert sorted(Path(settings.NEWSROOM_IMPORTS_DIR.parent).rglob("*")) == files


def test_a_dry_run_proposes_maps_that_the_run_reads(corpus: Path, tmp_path: Path) -> None:
    sections, authors = tmp_path / "sections.csv", tmp_path / "authors.csv"
    maps = ["--section-map", sections, "--author-map", authors]
    command(corpus, "--dry-run", *maps)
    rows = list(csv.reader(sections.read_text().splitlines()))
    assert rows[0] == ["old path", "new path"]
    assert len(rows) > 5
    changed = [rows[0], *([old, "Old/Archive"] for old, _ in rows[1:])]
    with sections.open("w", newline="") as file:
        csv.writer(file).writerows(changed)
    status, _ = command(corpus, "--media", "skip", *maps)
    assert status == 0
    assert set(CategoryPage.objects.values_list("title", flat=True)) == {"Old", "Archive"}
    assert sections.read_text().splitlines()[1].endswith("Old/Archive")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_batch_and_the_same_command_goes_on(
    corpus: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0

    def step(self: Any, done: int = 1) -> None:
        nonlocal steps
        steps += 1
        if steps == 2:
            os.kill(os.getpid(), number)

    monkeypatch.setattr(TerminalProgress, "step", step)
    before = signal.getsignal(number)
    arguments = [corpus, "--media", "skip", "--batch-size", "300"]
    status, printed = command(*arguments)
    assert status == 130
    assert "the same command goes on" in printed
    run = ImportRun.objects.get()
    assert run.status == RunStatus.INTERRUPTED
    assert signal.getsignal(number) is before
    status, _ = command(*arguments)
    assert status == 0
    run.refresh_from_db()
    assert run.status == RunStatus.DONE
    assert ImportRun.objects.count() == 1
    assert run.report["created_by_type"]["articles"] == 60


def test_restart_begins_a_new_run(corpus: Path) -> None:
    stopped = run_import(
        corpus,
        options=ImportOptions(media="skip", batch_size=300),
        now=NOW,
        stop=lambda: ArticlePage.objects.exists(),
    )
    assert stopped.run["status"] == "interrupted"
    written = ArticlePage.objects.count()
    report = run_import(corpus, options=ImportOptions(media="skip", restart=True), now=NOW)
    assert ImportRun.objects.count() == 2
    assert report.items["unchanged"] == written
    assert report.run["status"] == "done"
    assert ArticlePage.objects.count() == 60


def test_two_runs_of_one_source_are_not_at_once(tmp_path: Path) -> None:
    info = SourceInfo(format="wxr", base_url="https://old.example")
    options = ImportOptions(media="skip")
    folder = Path(settings.NEWSROOM_IMPORTS_DIR)
    with (
        SourceLock("old.example", folder=folder),
        pytest.raises(UnusableSource, match="is running"),
    ):
        import_records(info, records(number=1), options=options, now=NOW)
    assert not ImportRun.objects.exists()
    report = import_records(info, records(number=1), options=options, now=NOW)
    assert report.items["created"] == 1


def test_what_fails_half_way_is_resumable(monkeypatch: pytest.MonkeyPatch) -> None:
    info = SourceInfo(format="wxr", base_url="https://old.example")
    options = ImportOptions(media="skip", batch_size=10)

    def broken() -> Iterator[ArticleItem]:
        yield from records(number=25)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        import_records(info, broken(), options=options, now=NOW)
    run = ImportRun.objects.get()
    assert run.status == RunStatus.FAILED
    report = import_records(info, records(number=30), options=options, now=NOW)
    assert report.run["id"] == run.pk
    assert report.items["created"] == 30 == ArticlePage.objects.count()


class Screen(io.StringIO):
    """What a terminal is sent."""

    def isatty(self) -> bool:
        return True


def progress_of(out: io.StringIO) -> tuple[TerminalProgress, Callable[[float], None]]:
    moment = 0.0

    def clock() -> float:
        return moment

    def wait(seconds: float) -> None:
        nonlocal moment
        moment += seconds

    return TerminalProgress(out, clock=clock), wait


def test_a_terminal_shows_a_bar_with_rate_and_time_left() -> None:
    out = Screen()
    progress, wait = progress_of(out)
    progress.begin("writing", total=100)
    wait(5)
    progress.step(50)
    progress.end()
    assert "\r" in out.getvalue()
    assert "50 of 100, 10 a second, 5 s left" in out.getvalue()


def test_elsewhere_there_are_plain_lines_every_ten_seconds() -> None:
    out = io.StringIO()
    progress, wait = progress_of(out)
    progress.begin("writing", total=100)
    progress.step(1)
    wait(11)
    progress.step(1)
    progress.say("A\x1b[31m title")
    progress.end()
    assert out.getvalue().splitlines() == [
        "writing …",
        "writing: 2 of 100, 0 a second, 539 s left",
        "A[31m title",
        "writing: 2 of 100, 0 a second, 539 s left",
    ]


def test_the_summary_shows_one_problem_of_each_kind() -> None:
    report = Report()
    report.run = {"id": 1, "source": "s", "status": "done", "seconds": 2.0}
    for number in range(3):
        report.tell(f"i{number}", "no_title", "It has none.")
    lines = summarize(report)
    assert sum("It has none." in line for line in lines) == 1
    assert any("no_title 3" in line for line in lines)
