"""Imports in children of a process, each killed by SIGKILL at its n-th query.

Usage: python -m tests.imports.killed_run SOURCE BATCH_SIZE QUERIES… (0 queries: it lives).
Prints how many were killed before one came to the end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def main(source: str, *, batch_size: int, deaths: list[int]) -> int:
    """Start the same import until it lives; return how often it was killed."""
    django.setup()
    for kills, queries in enumerate(deaths):
        child = os.fork()
        if child == 0:
            import_and_die(source, batch_size=batch_size, queries=queries)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            return kills
        if not os.WIFSIGNALED(status):
            raise SystemExit(f"It failed by itself, after {queries} queries at most.")
    raise SystemExit("None of them lived.")


def import_and_die(source: str, *, batch_size: int, queries: int) -> None:
    from django.db import connection

    from articles.imports.options import ImportOptions
    from articles.imports.run import run_import

    left = queries

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    options = ImportOptions(media="skip", batch_size=batch_size, source="killed")
    with connection.execute_wrapper(count):
        run_import(source, options=options, now=NOW)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[2:]]
    killed = main(sys.argv[1], batch_size=numbers[0], deaths=numbers[1:])
    sys.stdout.write(f"{killed}\n")
