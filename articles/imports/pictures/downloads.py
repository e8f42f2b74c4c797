"""Files brought by several threads; what they are is told before they come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO

from django.conf import settings

from articles.imports.pictures.addresses import file_name
from articles.imports.pictures.examine import Examined, examine
from articles.imports.pictures.sources import MediaSource, NotHad
from articles.imports.pictures.store import NO_FACTS, Facts
from articles.imports.pictures.web import Stopped, Web

THREADS = 8
MEMORY_BYTES = 1024 * 1024
"""Larger files wait on disk."""

POLL_SECONDS = 0.5


@dataclass(slots=True)
class Job:
    """A file to bring: the addresses to try in order, and what the source says of it."""

    urls: list[str]
    item: str
    """External id of an item that wants it, for messages."""
    facts: Facts = NO_FACTS


@dataclass(slots=True)
class Result:
    """What came of a job: a file from `url`, or nothing; and why addresses brought nothing."""

    job: Job
    url: str = ""
    file: IO[bytes] | None = None
    examined: Examined | None = None
    failures: dict[str, NotHad] = field(default_factory=dict)


class Downloads:
    """Runs jobs on `THREADS` threads; the threads never touch the database."""

    def __init__(self, source: MediaSource, *, stop: Callable[[], bool]) -> None:
        self.source = source
        self.stop = stop
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="media")

    def run(self, jobs: Sequence[Job]) -> Iterator[Result]:
        """Yield results as they come; fewer than jobs when the run is to stop.

        The caller closes the files.
        """
        running: set[Future[Result]] = {self._pool.submit(self._bring, job) for job in jobs}
        while running:
            done, running = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                with suppress(Stopped):
                    yield future.result()
            if running and self.stop():
                self._wind_up()
                running = {future for future in running if not future.cancel()}

    def close(self) -> None:
        """End the threads; a request that is under way is waited for."""
        self._wind_up()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _wind_up(self) -> None:
        if isinstance(self.source, Web):
            self.source.stopping.set()

    def _bring(self, job: Job) -> Result:
        result = Result(job)
        for url in job.urls:
            file = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - goes to the caller
            try:
                self.source.get(url, into=file)
                result.examined = examine(
                    file,
                    name=file_name(url),
                    pictures=set(settings.WAGTAILIMAGES_EXTENSIONS),
                    documents=set(settings.WAGTAILDOCS_EXTENSIONS),
                )
            except NotHad as failure:
                result.failures[url] = failure
                file.close()
            except Stopped:
                file.close()
                raise
            except Exception as error:  # noqa: BLE001 - readers raise anything on damage
                result.failures[url] = NotHad("failed", f"the file cannot be read ({error})")
                file.close()
            else:
                result.url, result.file = url, file
                break
        return result
