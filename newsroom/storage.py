"""Where files lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.utils.deconstruct import deconstructible
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.stylesheets import join_stylesheet

JOINED = "css/site.css"


@deconstructible(path="newsroom.storage.OriginalsStorage")
class OriginalsStorage(FileSystemStorage):
    """Originals of pictures and documents: outside every folder that is served.

    Their address leads to a view of the desk that asks for a sign-in.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("base_url", "/admin/originals/")
        super().__init__(*args, **kwargs)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with hashed names, where the site's stylesheet holds all that it imports.

    Development serves the files as they are written.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Hash and compress `paths` (name: (storage, path)) after joining the stylesheet."""
        if JOINED in paths and not dry_run:
            paths = paths | {JOINED: (self._joined(paths), JOINED)}
        yield from super().post_process(paths, dry_run, **options)

    @staticmethod
    def _joined(paths: dict[str, Any]) -> InMemoryStorage:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        memory = InMemoryStorage()
        memory.save(JOINED, ContentFile(join_stylesheet(JOINED, read=read).encode()))
        return memory
