"""Progress and summary for the people who typed the command."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TextIO

from articles.imports.report import Report
from articles.text.safe_html import drop_controls

LINE_SECONDS = 10.0
BAR_SECONDS = 0.2
BAR_WIDTH = 24
SHOWN_PROBLEMS = 12


class TerminalProgress:
    """A bar on a terminal; elsewhere a line when a stage begins and ends, and every ten seconds."""

    def __init__(self, out: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._is_terminal = out.isatty()
        self._stage = ""
        self._total: int | None = None
        self._done = 0
        self._began = 0.0
        self._shown = 0.0

    def begin(self, stage: str, *, total: int | None = None) -> None:
        self._stage, self._total, self._done = stage, total, 0
        self._began = self._shown = self._clock()
        if self._is_terminal:
            self._show()
        else:
            self._write(f"{stage} …")

    def step(self, done: int = 1, /) -> None:
        self._done += done
        pause = BAR_SECONDS if self._is_terminal else LINE_SECONDS
        if self._clock() - self._shown >= pause:
            self._shown = self._clock()
            self._show()

    def say(self, line: str, /) -> None:
        start = "\r\x1b[K" if self._is_terminal else ""
        self._out.write(f"{start}{plain(line)}\n")
        self._out.flush()

    def end(self) -> None:
        if self._is_terminal:
            self._show()
            self._out.write("\n")
            self._out.flush()
        elif self._done:
            self._write(self._line())

    def _show(self) -> None:
        if not self._is_terminal:
            self._write(self._line())
            return
        bar = ""
        if self._total:
            filled = min(BAR_WIDTH, BAR_WIDTH * self._done // self._total)
            bar = f" [{'█' * filled}{'·' * (BAR_WIDTH - filled)}]"
        self._out.write(f"\r\x1b[K{self._stage}{bar} {self._numbers()}")
        self._out.flush()

    def _line(self) -> str:
        return f"{self._stage}: {self._numbers()}"

    def _numbers(self) -> str:
        seconds = self._clock() - self._began
        total = f" of {self._total:,}" if self._total else ""
        text = f"{self._done:,}{total}"
        if self._done and seconds >= 1:
            rate = self._done / seconds
            text += f", {rate:,.0f} a second"
            left = (self._total or 0) - self._done
            if left > 0:
                text += f", {left / rate:,.0f} s left"
        return text

    def _write(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._out.flush()


def summarize(report: Report, *, report_file: str = "") -> list[str]:
    """Return the lines that end a run: what became of what, and what to look at."""
    run, items = report.run, report.items
    lines = [
        f"{_title(run)}: {items['read']:,} items read in {run['seconds']:,.0f} s.",
        "  " + _counts(items, leave_out=("read",)),
        "  New here: " + _counts(report.created_by_type),
        "  Status: " + _counts(report.by_status),
    ]
    if any(report.media.values()):
        lines.append("  Pictures: " + _counts(report.media))
    kinds = sorted(report.problem_kinds.items(), key=lambda pair: -pair[1])
    if kinds:
        lines.append("  To look at: " + ", ".join(f"{kind} {number:,}" for kind, number in kinds))
    lines += [f"    {_problem(line)}" for line in _first_problems(report)]
    if report.audit_count:
        lines.append(f"  {report.audit_count:,} differences between source and result.")
    if report_file:
        lines.append(f"  All of it is in {report_file}.")
    elif kinds or report.audit_count:
        lines.append("  --report FILE.json lists all of it.")
    if run["status"] == "interrupted":
        lines.append("  Interrupted: the same command goes on from here.")
    return [plain(line) if line.strip() else "" for line in lines]


def plain(line: str) -> str:
    """Return a line that a terminal shows as it is: without control sequences."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + drop_controls(" ".join(line.split()))


def _title(run: dict[str, Any]) -> str:
    if run["status"] == "dry run":
        return f"Dry run of “{run['source']}”, nothing was written"
    return f"Import {run['id']} of “{run['source']}”"


def _counts(counts: dict[str, int], *, leave_out: tuple[str, ...] = ()) -> str:
    shown = [
        f"{number:,} {name.replace('_', ' ')}"
        for name, number in counts.items()
        if number and name not in leave_out
    ]
    return ", ".join(shown) or "nothing"


def _first_problems(report: Report) -> list[dict[str, Any]]:
    """Return one problem of each kind, refused items first."""
    first: dict[str, dict[str, Any]] = {}
    for line in report.iter_problems():
        first.setdefault(line["kind"], line)
    order = sorted(first.values(), key=lambda line: line["kind"] != "refused")
    return order[:SHOWN_PROBLEMS]


def _problem(line: dict[str, Any]) -> str:
    where = f" {line['item'][-80:]}" if line["item"] else ""
    return f"{line['kind']}{where}: {line['detail'][:240]}"
