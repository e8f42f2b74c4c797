"""One stored file for all that is the same: originals written, rows made in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from wagtail.models import Collection

from articles.imports.in_place import add_references
from articles.imports.pictures.addresses import file_name
from articles.imports.pictures.examine import Examined
from articles.imports.writer.rows import Rows
from articles.imports.writer.search_entries import SearchEntries
from articles.media.describing import describe_from_file
from articles.media.models import NewsDocument, NewsImage
from articles.text.excerpts import cut_at_word
from articles.text.safe_html import drop_controls

FOLDERS = {"image": "original_images", "document": "documents"}
MAX_URL = 2000


@dataclass(frozen=True, slots=True)
class Facts:
    """What the source says of a file, as a `MediaItem` does; plain text."""

    title: str = ""
    caption: str = ""
    credit: str = ""
    alt_text: str = ""


NO_FACTS = Facts()


@dataclass(slots=True)
class Arrival:
    """A file that came, before it has a row. `name` is where the storage keeps it."""

    url: str
    examined: Examined
    facts: Facts
    name: str = ""
    image: NewsImage | None = None
    object_id: int = 0
    is_new: bool = False


class Store:
    """Stores files and makes their rows; knows those of the same content by their hash."""

    def __init__(self) -> None:
        self._collection_id = Collection.get_first_root_node().pk
        self._entries = SearchEntries()

    def find(self, examined: Examined) -> int:
        """Return the id of a stored file with the same content, 0 if there is none. One query."""
        table = NewsImage if examined.model == "image" else NewsDocument
        found = table.objects.filter(file_hash=examined.digest).order_by("pk")
        return found.values_list("pk", flat=True).first() or 0

    def write(self, arrival: Arrival, *, file: IO[bytes]) -> None:
        """Write the file of an arrival whose content is not stored yet; make its record.

        The name is that of the content: a file that a killed run has left is taken up.
        """
        examined = arrival.examined
        digest = examined.digest
        name = f"{FOLDERS[examined.model]}/{digest[:2]}/{digest}.{examined.extension}"
        table = NewsImage if examined.model == "image" else NewsDocument
        arrival.name = _write_file(
            table._meta.get_field("file").storage, name=name, file=file, size=examined.size
        )
        arrival.is_new = True
        if examined.model == "image":
            file.seek(0)
            arrival.image = self._make_image(arrival, data=file.read())

    def make_rows(self, arrivals: Sequence[Arrival]) -> None:
        """Insert the rows of new files, and give each arrival its `object_id`.

        Call it inside a transaction. Two of one content share the first one's row. Six
        queries, however many arrivals.
        """
        first: dict[tuple[str, str], Arrival] = {}
        for arrival in arrivals:
            if arrival.is_new:
                first.setdefault((arrival.examined.model, arrival.examined.digest), arrival)
        images = [arrival.image for arrival in first.values() if arrival.image is not None]
        NewsImage.objects.bulk_create(images)
        files = [arrival for arrival in first.values() if arrival.image is None]
        documents = [self._make_document(arrival) for arrival in files]
        NewsDocument.objects.bulk_create(documents)
        for arrival, document in zip(files, documents, strict=True):
            arrival.object_id = document.pk
        for arrival in first.values():
            if arrival.image is not None:
                arrival.object_id = arrival.image.pk
        for arrival in arrivals:
            if arrival.is_new:
                twin = first[(arrival.examined.model, arrival.examined.digest)]
                arrival.is_new = arrival is twin
                arrival.object_id = twin.object_id
        rows = Rows()
        self._entries.write_objects(images, rows=rows)
        self._entries.write_objects(documents, rows=rows)
        add_references([*images, *documents], rows=rows)

    def _make_image(self, arrival: Arrival, *, data: bytes) -> NewsImage:
        examined, facts = arrival.examined, arrival.facts
        image = NewsImage(
            title=_line(facts.title),
            description=_line(facts.alt_text),
            caption=drop_controls(facts.caption).strip(),
            credit=_line(facts.credit),
            source_url=arrival.url if len(arrival.url) <= MAX_URL else "",
            collection_id=self._collection_id,
            width=examined.width,
            height=examined.height,
            file_size=examined.size,
            file_hash=examined.digest,
            file=arrival.name,
        )
        describe_from_file(image, data=data, language=settings.LANGUAGE_CODE)
        image.title = image.title or _title_of(arrival)
        return image

    def _make_document(self, arrival: Arrival) -> NewsDocument:
        return NewsDocument(
            title=_line(arrival.facts.title) or _title_of(arrival),
            collection_id=self._collection_id,
            file_size=arrival.examined.size,
            file_hash=arrival.examined.digest,
            file=arrival.name,
        )


def complete_facts(images: Iterable[tuple[int, Facts]]) -> None:
    """Fill the empty texts of stored pictures from what the source says. Two queries."""
    facts = dict(images)
    changed = []
    for image in NewsImage.objects.filter(pk__in=facts):
        said = facts[image.pk]
        before = (image.description, image.caption, image.credit)
        image.description = image.description or _line(said.alt_text)
        image.caption = image.caption or drop_controls(said.caption).strip()
        image.credit = image.credit or _line(said.credit)
        if before != (image.description, image.caption, image.credit):
            changed.append(image)
    NewsImage.objects.bulk_update(changed, ["description", "caption", "credit"])


def _write_file(storage: Storage, *, name: str, file: IO[bytes], size: int) -> str:
    if storage.exists(name):
        if storage.size(name) == size:
            return name
        # A process died while it wrote.
        storage.delete(name)
    file.seek(0)
    return storage.save(name, File(file))


def _title_of(arrival: Arrival) -> str:
    stem = PurePosixPath(file_name(arrival.url)).stem
    return _line(stem.replace("_", " ").replace("-", " ")) or arrival.examined.digest[:12]


def _line(text: str) -> str:
    return cut_at_word(drop_controls(text), max_length=255)
