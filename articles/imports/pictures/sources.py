"""Where files come from: what the folder and the web have in common."""

from __future__ import annotations

from typing import IO, Literal, Protocol

Outcome = Literal["failed", "refused"]


class NotHad(Exception):
    """A file that did not come.

    Attributes:
        outcome: `refused` what our rules forbid, `failed` all else.
        detail: what happened, without the address; for the report.
        is_final: whether asking again soon is in vain.
    """

    def __init__(self, outcome: Outcome, detail: str, *, is_final: bool = True) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.is_final = is_final


class HostLeft(NotHad):
    """The host failed so often that it is asked no more in this run."""

    def __init__(self, host: str) -> None:
        super().__init__("failed", f"{host} was left for later", is_final=False)


class MediaSource(Protocol):
    """A folder or the web; called from several threads."""

    name: str
    """`folder` or `fetch`, as failures are remembered."""

    def get(self, url: str, *, into: IO[bytes]) -> None:
        """Write the file of an address into an empty file; read nothing else.

        Raises:
            NotHad: it did not come; `into` may hold anything then.
        """
        ...
