"""A second process that cleans the next batch while this one is being written.

Cleaning takes as long as writing, and PostgreSQL works on a core of its own. Nothing is
shared but a pipe: when this process dies, however it dies, the pipe ends and with it
the helper. When the helper dies, this process does its work.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection

from articles.imports.items import ArticleItem
from articles.imports.prepare import PreparedBody, prepare_body

WORTH_IT_ITEMS = 2000
"""A process takes about a second to start: shorter archives are cleaned here."""

Bodies = Callable[[], list[PreparedBody]]


class Cleaning:
    """Cleans batches, here or in a helper; one batch is under way at most."""

    def __init__(self, *, base_url: str, with_helper: bool = False) -> None:
        self.base_url = base_url
        self._pipe: Connection | None = None
        if with_helper and (os.cpu_count() or 1) > 1:
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(theirs, base_url), daemon=True, name="import-cleaner"
            )
            self._process.start()
            theirs.close()

    def begin(self, items: Sequence[ArticleItem]) -> Bodies:
        """Begin to clean bodies; calling the result waits for them, in order.

        Call the result of one batch before the next one is begun.
        """
        if self._pipe is not None:
            try:
                self._pipe.send(list(items))
            except OSError:
                self.close()
        return lambda: self._finish(items)

    def close(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._process.join(timeout=10)
            self._pipe = None

    def _finish(self, items: Sequence[ArticleItem]) -> list[PreparedBody]:
        if self._pipe is not None:
            try:
                answer = self._pipe.recv()
            except (EOFError, OSError):
                self.close()
            else:
                if isinstance(answer, Exception):
                    raise answer
                return answer
        return [prepare_body(item, base_url=self.base_url) for item in items]


def _serve(pipe: Connection, base_url: str) -> None:
    # Ctrl-C goes to both processes; the first one ends its batch and then the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            items = pipe.recv()
        except (EOFError, OSError):
            return
        answer: list[PreparedBody] | Exception
        try:
            answer = [prepare_body(item, base_url=base_url) for item in items]
        except Exception as error:  # noqa: BLE001 - raised again in the first process
            answer = error
        pipe.send(answer)
