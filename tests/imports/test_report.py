"""The report counts, keeps long lists on disk, and goes on where a run died."""

from __future__ import annotations

import io
import json
from pathlib import Path

from articles.imports.report import Lines, Report


def test_the_written_report_is_the_object_of_the_contract() -> None:
    report = Report()
    report.run = {"id": 1}
    report.count_item("created", 2)
    report.count_skipped("menu entry")
    report.tell("a", "no_title", "It has\x1b[31m none.")
    report.note_audit("a", check="words", expected=3, found=2)
    out = io.StringIO()
    report.write(out)
    written = json.loads(out.getvalue())
    assert written == report.as_dict()
    assert list(written) == [
        *("run", "items", "created_by_type", "by_status", "media", "problems", "audit"),
    ]
    assert written["items"] == {
        **{"read": 3, "created": 2, "updated": 0, "unchanged": 0},
        **{"refused": 0, "skipped": 1, "kept_edited": 0},
    }
    assert written["problems"] == [
        {"item": "a", "kind": "no_title", "detail": "It has[31m none."},
        {"item": "", "kind": "skipped", "detail": "1 left out: menu entry."},
    ]
    assert written["audit"] == [{"item": "a", "check": "words", "expected": 3, "found": 2}]


def test_a_restored_report_drops_what_was_told_after_the_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    first = Report(Lines(path))
    first.tell("a", "kind", "before")
    first.count_item("refused")
    snapshot = json.loads(json.dumps(first.snapshot()))
    first.tell("b", "kind", "after")
    first.count_item("created")
    second = Report(Lines(path))
    second.restore(snapshot)
    second.tell("c", "kind", "again")
    assert [line["item"] for line in second.as_dict()["problems"]] == ["a", "c"]
    assert second.items["read"] == 1
    assert second.problem_kinds == {"kind": 2}


def test_lost_lines_are_told(tmp_path: Path) -> None:
    first = Report(Lines(tmp_path / "lines"))
    first.tell("a", "kind", "before")
    snapshot = first.snapshot()
    second = Report(Lines(tmp_path / "others"))
    second.restore(snapshot)
    assert [line["kind"] for line in second.as_dict()["problems"]] == ["lines_lost"]


def test_a_picture_whose_file_came_is_no_longer_skipped() -> None:
    report = Report()
    report.count_skipped("pictures")
    report.move_skipped("created", reason="pictures")
    assert report.items["skipped"] == 0
    assert report.items["created"] == report.items["read"] == 1
    assert report.as_dict()["problems"] == []
