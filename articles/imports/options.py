"""What an operator may say of an import, as one value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

StatusRule = Literal["", "as-source", "draft"]

DEFAULT_BATCH_SIZE = 500
_NO_MATTER_OF_IDENTITY = frozenset({"media", "media_hosts", "batch_size", "dry_run", "restart"})
_FILES = frozenset({"section_map", "author_map", "views"})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of one run; each is one of the command `import_articles`.

    Attributes:
        format: a reader's name; empty: recognized.
        source: name under which external ids are remembered; empty: the site's host, else
            the name of the file.
        into: titles of a section from the top, for items whose source names none.
        media: `fetch`, `skip`, or the path of a folder that holds the files.
        media_hosts: hosts that pictures may come from, besides the archive's own.
        status: `as-source`, `draft`, or empty: as the source says where it does, else draft.
        limit: items read, 0 for all.
        only: external id of the one item to import, empty for all.
        old_hosts: former hosts of the site, whose links are links within it.
        section_map: CSV of `old path,new path`; a dry run writes it when it is absent.
        author_map: CSV of `old id,name`; a dry run writes it when it is absent.
        views: CSV of `external id or URL,views`.
    """

    format: str = ""
    source: str = ""
    into: tuple[str, ...] = ()
    media: str = "fetch"
    media_hosts: tuple[str, ...] = ()
    status: StatusRule = ""
    dry_run: bool = False
    limit: int = 0
    batch_size: int = DEFAULT_BATCH_SIZE
    base_url: str = ""
    old_hosts: tuple[str, ...] = ()
    timezone: str = ""
    section_map: Path | None = None
    author_map: Path | None = None
    views: Path | None = None
    only: str = ""
    restart: bool = False

    @property
    def media_folder(self) -> Path | None:
        """The folder that holds the files; None when they are fetched or left."""
        return None if self.media in {"fetch", "skip"} else Path(self.media)

    def identity(self) -> dict[str, Any]:
        """Return as JSON what decides the rows that a run writes.

        A run that stopped goes on when this and the source are the same. Maps count by
        their content. Where pictures come from does not count: the text is the same.
        """
        values = {
            name: value
            for name, value in asdict(self).items()
            if name not in _NO_MATTER_OF_IDENTITY
        }
        for name in _FILES:
            path: Path | None = values[name]
            held = path is not None and path.is_file()
            values[name] = sha256(path.read_bytes()).hexdigest() if path and held else ""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }
