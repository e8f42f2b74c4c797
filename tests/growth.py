"""How the work for an input grows with it: a ratio within one run, never a stopwatch."""

from __future__ import annotations

import time
from collections.abc import Callable

GROWTH = 4
LIMIT = 9
"""Work for four times the input: 4 when it grows in proportion, 16 when it is quadratic."""

LEAST_SECONDS = 0.01
"""What takes less is below the clock's noise."""


def assert_work_grows_with_input(work: Callable[[int], object], *, size: int) -> None:
    """Compare the processor time of `work(size)` with that of a quarter of it."""
    small = min(_seconds(work, size=size // GROWTH) for _ in range(2))
    large = min(_seconds(work, size=size) for _ in range(2))
    ratio = large / max(small, LEAST_SECONDS)
    assert ratio < LIMIT, f"{GROWTH} times the input takes {ratio:.1f} times the work"


def _seconds(work: Callable[[int], object], *, size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
