"""Files from a folder: a copy of `wp-content/uploads`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO

from articles.imports.pictures.addresses import list_paths
from articles.imports.pictures.sources import NotHad


class Folder:
    """Finds files by the relative paths of their addresses, and never outside of itself."""

    name = "folder"

    def __init__(self, root: Path, *, max_bytes: int) -> None:
        """Take a folder; files over `max_bytes` are refused.

        Raises:
            NotADirectoryError: it is none.
        """
        self.root = root.resolve()
        self.max_bytes = max_bytes
        if not self.root.is_dir():
            raise NotADirectoryError(f"{root} is no folder: --media takes a folder, fetch or skip.")

    def get(self, url: str, *, into: IO[bytes]) -> None:
        path = self.find(url)
        if path is None:
            raise NotHad("failed", "it is not in the folder", is_final=False)
        size = path.stat().st_size
        if size > self.max_bytes:
            limit = self.max_bytes
            raise NotHad("refused", f"it holds {size:,} bytes, the limit is {limit:,}")
        with path.open("rb") as file:
            shutil.copyfileobj(file, into)

    def find(self, url: str) -> Path | None:
        """Return the file of an address; links that lead out of the folder are not followed."""
        for relative in list_paths(url):
            if "\0" in relative:
                continue
            try:
                path = (self.root / relative).resolve()
                if path.is_relative_to(self.root) and path.is_file():
                    return path
            except (OSError, RuntimeError, ValueError):
                # A name that is too long, or a link in a circle.
                continue
        return None
