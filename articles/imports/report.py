"""The report of a run: counters, problems and audit, as the contract's one JSON object.

Counters are in memory and go into the run's state with each batch. Problems and audit
lines may be many: they go to a file at once, whose length stands in the same state, so
that a run which died goes on at the line its last batch had reached.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Literal, TextIO

from articles.imports.items import Problem
from articles.text.safe_html import drop_controls

Outcome = Literal["created", "updated", "unchanged", "refused", "skipped", "kept_edited"]
CreatedType = Literal["articles", "pages", "categories", "tags", "authors", "images", "redirects"]
MediaOutcome = Literal["fetched", "reused", "failed", "refused"]

OUTCOMES = ("created", "updated", "unchanged", "refused", "skipped", "kept_edited")
CREATED_TYPES = ("articles", "pages", "categories", "tags", "authors", "images", "redirects")
STATUSES = ("published", "draft", "scheduled", "private")
MEDIA_OUTCOMES = ("fetched", "reused", "failed", "refused")


class Lines:
    """JSON lines on disk, appended and read again; memory stays flat.

    Args:
        path: where they are kept between two processes; None: a nameless file that goes
            with the object.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._file: IO[bytes]
        if path is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the report
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")

    def add(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def length(self) -> int:
        """Return the bytes that are safely on disk after this call."""
        self._file.flush()
        if self.path is not None:
            os.fsync(self._file.fileno())
        return self._file.seek(0, os.SEEK_END)

    def cut(self, length: int) -> bool:
        """Drop what was written after a moment; False if not all before it is there."""
        whole = self.length() >= length
        self._file.truncate(length if whole else 0)
        self._file.seek(0, os.SEEK_END)
        return whole

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self._file.flush()
        at = 0
        while True:
            self._file.seek(at)
            raw = self._file.readline()
            at = self._file.tell()
            self._file.seek(0, os.SEEK_END)
            if not raw:
                return
            yield json.loads(raw)


class Report:
    """What a run did. Stages count into it; nothing is left out without a line.

    `run` holds id, source, format, status, started, finished and seconds; it is filled
    by `articles.imports.run`.
    """

    def __init__(self, lines: Lines | None = None) -> None:
        self.run: dict[str, Any] = {}
        self.items = dict.fromkeys(("read", *OUTCOMES), 0)
        self.created_by_type = dict.fromkeys(CREATED_TYPES, 0)
        self.by_status = dict.fromkeys(STATUSES, 0)
        self.media = dict.fromkeys(MEDIA_OUTCOMES, 0)
        self.skipped_by_reason: dict[str, int] = {}
        self.totals: dict[str, int] = {}
        self.problem_kinds: dict[str, int] = {}
        self.audit_count = 0
        self._lines = lines or Lines()

    # Counting

    def count_item(self, outcome: Outcome, number: int = 1) -> None:
        """An item of the source was read, and became this."""
        self.items["read"] += number
        self.items[outcome] += number

    def count_skipped(self, reason: str) -> None:
        """An item was left out by rule; reasons are listed with their numbers."""
        self.count_item("skipped")
        self.skipped_by_reason[reason] = self.skipped_by_reason.get(reason, 0) + 1

    def move_skipped(self, outcome: Outcome, *, reason: str) -> None:
        """An item that was skipped so far became something after all (a picture's file came)."""
        self.items["skipped"] -= 1
        self.items[outcome] += 1
        self.skipped_by_reason[reason] -= 1

    def count_created(self, kind: CreatedType, number: int = 1) -> None:
        self.created_by_type[kind] += number

    def count_status(self, status: str, number: int = 1) -> None:
        """Count an article or page of the source by what it is here: one of `STATUSES`."""
        self.by_status[status] += number

    def count_media(self, outcome: MediaOutcome, number: int = 1) -> None:
        self.media[outcome] += number

    # Lists

    def tell(self, item: str, kind: str, detail: str) -> None:
        """List a problem; `kind` is a stable word, `detail` a sentence that says what to do."""
        self.problem_kinds[kind] = self.problem_kinds.get(kind, 0) + 1
        self._lines.add({"item": _plain(item), "kind": kind, "detail": _plain(detail)})

    def count_left_out(self, kind: str, number: int) -> None:
        """Count what articles have and pages of ours do not; one line at the end says how many."""
        if number:
            self.totals[kind] = self.totals.get(kind, 0) + number

    def tell_all(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.tell(problem.item, problem.kind, problem.detail)

    def note_audit(self, item: str, *, check: str, expected: Any, found: Any) -> None:
        """List a difference between source and result; values are JSON."""
        self.audit_count += 1
        line = {"item": _plain(item), "check": check, "expected": expected, "found": found}
        self._lines.add(line)

    def iter_problems(self) -> Iterator[dict[str, Any]]:
        yield from (line for line in self._lines if "kind" in line)
        for reason, number in sorted(self.skipped_by_reason.items()):
            if number:
                yield {"item": "", "kind": "skipped", "detail": f"{number} left out: {reason}."}
        for kind, number in sorted(self.totals.items()):
            yield {"item": "", "kind": kind, "detail": f"{number} {kind} were left out."}

    def iter_audit(self) -> Iterator[dict[str, Any]]:
        return (line for line in self._lines if "check" in line)

    # Going on, and ending

    def snapshot(self) -> dict[str, Any]:
        """Return as JSON what `restore` needs; the lines so far are on disk then."""
        return {
            "items": dict(self.items),
            "created_by_type": dict(self.created_by_type),
            "by_status": dict(self.by_status),
            "media": dict(self.media),
            "skipped_by_reason": dict(self.skipped_by_reason),
            "totals": dict(self.totals),
            "problem_kinds": dict(self.problem_kinds),
            "audit_count": self.audit_count,
            "bytes": self._lines.length(),
        }

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Go back, or on, to a snapshot; what was told after it is dropped."""
        for name in ("items", "created_by_type", "by_status", "media"):
            counters = getattr(self, name)
            counters.update(snapshot.get(name, {}))
        self.skipped_by_reason = dict(snapshot.get("skipped_by_reason", {}))
        self.totals = dict(snapshot.get("totals", {}))
        self.problem_kinds = dict(snapshot.get("problem_kinds", {}))
        self.audit_count = snapshot.get("audit_count", 0)
        if not self._lines.cut(snapshot.get("bytes", 0)):
            told = sum(self.problem_kinds.values()) + self.audit_count
            self.tell("", "lines_lost", f"{told} earlier lines of this report are not on disk.")

    def summary(self) -> dict[str, Any]:
        """Return the object without its two lists, which may be long; with their lengths."""
        return {
            "run": dict(self.run),
            "items": dict(self.items),
            "created_by_type": dict(self.created_by_type),
            "by_status": dict(self.by_status),
            "media": dict(self.media),
            "problem_kinds": dict(self.problem_kinds),
            "audit_count": self.audit_count,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the whole object of the contract, in memory."""
        whole = self.summary()
        del whole["problem_kinds"], whole["audit_count"]
        return whole | {
            "problems": list(self.iter_problems()),
            "audit": list(self.iter_audit()),
        }

    def write(self, out: TextIO) -> None:
        """Write the whole object as JSON, line by line of its lists."""
        head = self.summary()
        del head["problem_kinds"], head["audit_count"]
        out.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}"))
        for name, lines in (("problems", self.iter_problems()), ("audit", self.iter_audit())):
            out.write(f',\n  "{name}": [')
            for place, line in enumerate(lines):
                out.write(",\n    " if place else "\n    ")
                out.write(json.dumps(line, ensure_ascii=False))
            out.write("\n  ]")
        out.write("\n}\n")


def _plain(text: str) -> str:
    """Keep lines lines, and terminals unharmed."""
    return " ".join(drop_controls(text).split())
