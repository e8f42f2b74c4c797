"""How a run says what it is doing, wherever it was started from."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by each stage; shows a bar, writes lines, or says nothing."""

    def begin(self, stage: str, *, total: int | None = None) -> None:
        """A stage begins; `total` is in the unit of `step`, None when it is not known."""
        ...

    def step(self, done: int = 1, /) -> None:
        """So many more are done."""
        ...

    def say(self, line: str, /) -> None:
        """Say one sentence between; a line is plain text without control characters."""
        ...

    def end(self) -> None:
        """The stage is over, done or interrupted."""
        ...


class Silent:
    """Says nothing: for tests and for the demo."""

    def begin(self, stage: str, *, total: int | None = None) -> None:
        pass

    def step(self, done: int = 1, /) -> None:
        pass

    def say(self, line: str, /) -> None:
        pass

    def end(self) -> None:
        pass
