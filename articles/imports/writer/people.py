"""Authors: one for each (source, id), never matched by name, but by the operator's map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower

from articles.imports.items import ArticleItem, AuthorItem, Byline
from articles.imports.writer.records import NewRecord, Records, fingerprint_of, record_key
from articles.imports.writer.rows import Rows
from articles.imports.writer.search_entries import SearchEntries
from articles.people.models import Author, AuthorProfile
from articles.text.folding import fold
from articles.text.safe_html import safe_url, sanitize_rich
from articles.text.slugs import slugify

MAX_NAME = 255
"""Characters of a name, and of a slug."""


def author_key(byline: Byline) -> str:
    """Return the external id of who signs; without one, the name itself is the id."""
    return record_key(byline.author_id or f"name:{fold(byline.name) or byline.name}")


class People:
    """Finds and makes authors. The authors of a source are remembered, not its items."""

    def __init__(self, *, records: Records, author_map: dict[str, str] | None = None) -> None:
        self._records = records
        self._map = author_map or {}
        self._ids: dict[str, int] = {}
        self.proposal: dict[str, str] = {}

    def id_of(self, byline: Byline) -> int:
        """Return the author of a byline that `write` has seen."""
        return self._ids[author_key(byline)]

    def names_of(self, bylines: Iterable[Byline]) -> list[str]:
        """Return who signs, each once, by the names that the map gives."""
        names = (self._map.get(author_key(byline)) or byline.name for byline in bylines)
        return list(dict.fromkeys(names))

    def write(
        self,
        items: Sequence[AuthorItem],
        *,
        articles: Iterable[ArticleItem],
        rows: Rows,
        entries: SearchEntries,
    ) -> tuple[list[NewRecord], int]:
        """Make the authors that are stated or sign articles, and are not known yet.

        Returns:
            Records to be written, and how many authors were made. Six queries at most.
        """
        wanted = {record_key(item.external_id): item for item in items}
        for article in articles:
            for byline in article.bylines:
                key = author_key(byline)
                named = AuthorItem(external_id=key, name=byline.name)
                wanted.setdefault(key, named)
        wanted = {key: item for key, item in wanted.items() if key not in self._ids}
        self._load(wanted)
        new = {key: item for key, item in wanted.items() if key not in self._ids}
        self.proposal |= {key: self._name_of(key, item) for key, item in wanted.items()}
        slugs = self._make(new, rows=rows, entries=entries)
        records = [
            NewRecord(
                kind="author",
                external_id=key,
                object_id=self._ids[key],
                fingerprint=fingerprint_of(item),
                data={"title": item.name, "old_urls": list(item.old_urls)},
                address=f"/authors/{slugs[self._ids[key]]}/" if self._ids[key] in slugs else "",
            )
            for key, item in new.items()
        ]
        return records, len(slugs)

    def _load(self, wanted: Iterable[str]) -> None:
        known = self._records.find(("author",), wanted)
        ids: dict[str, int] = {key: record.object_id or 0 for (_, key), record in known.items()}
        here = set(Author.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
        # One that was deleted here is made again: articles need their authors.
        self._ids |= {key: pk for key, pk in ids.items() if pk in here}

    def _make(
        self, new: dict[str, AuthorItem], *, rows: Rows, entries: SearchEntries
    ) -> dict[int, str]:
        """Make authors; return their slugs by id."""
        mapped = self._find_mapped(new)
        plans: dict[str, _Plan] = {}
        for key, item in new.items():
            name = self._name_of(key, item)
            if key in self._map and name.casefold() in mapped:
                self._ids[key] = mapped[name.casefold()]
            elif key in self._map:
                # Several ids that the operator gave one name are one person.
                plans.setdefault(f"map:{name.casefold()}", _Plan(item, name, [])).keys.append(key)
            else:
                plans[key] = _Plan(item, name, [key])
        made = self._insert(list(plans.values()), rows=rows)
        entries.write_objects(made, rows=rows)
        for plan, author in zip(plans.values(), made, strict=True):
            for key in plan.keys:
                self._ids[key] = author.pk
        return {author.pk: author.slug for author in made}

    def _find_mapped(self, new: dict[str, AuthorItem]) -> dict[str, int]:
        names = {self._name_of(key, item).casefold() for key, item in new.items()}
        if not self._map or not names:
            return {}
        found = Author.objects.annotate(lower=Lower("name")).filter(lower__in=names).order_by("-pk")
        return {author.name.casefold(): author.pk for author in found}

    def _name_of(self, key: str, item: AuthorItem) -> str:
        name = " ".join((self._map.get(key) or item.name or item.slug or key).split())
        return name[:MAX_NAME]

    def _insert(self, plans: Sequence[_Plan], *, rows: Rows) -> list[Author]:
        slugs = _free_slugs(plans)
        ids = rows.reserve(Author, len(plans))
        made = [
            Author(
                pk=pk,
                name=plan.name,
                slug=slug,
                biography=sanitize_rich(plan.item.biography_html),
            )
            for pk, slug, plan in zip(ids, slugs, plans, strict=True)
        ]
        rows.insert(
            Author,
            [
                {
                    "id": author.pk,
                    "name": author.name,
                    "slug": author.slug,
                    "biography": author.biography,
                }
                for author in made
            ],
        )
        sites = [
            (author.pk, safe_url(plan.item.website, web_only=True))
            for author, plan in zip(made, plans, strict=True)
        ]
        rows.insert(
            AuthorProfile,
            [
                {"author_id": pk, "label": "Website", "url": url, "sort_order": 0}
                for pk, url in sites
                if url.startswith("http") and len(url) <= 500
            ],
        )
        return made


@dataclass(frozen=True, slots=True)
class _Plan:
    """An author to be made, and the external ids that stand for him."""

    item: AuthorItem
    name: str
    keys: list[str]


def _free_slugs(plans: Sequence[_Plan]) -> list[str]:
    """Return a slug for each, with a number when another author has it. One query."""
    wanted = [
        slugify(plan.item.slug, max_length=200) or slugify(plan.name, max_length=200) or "author"
        for plan in plans
    ]
    if not wanted:
        return []
    taken = set(_slugs_like(wanted))
    chosen = []
    for slug in wanted:
        free, number = slug, 1
        while free in taken:
            number += 1
            free = f"{slug}-{number}"
        taken.add(free)
        chosen.append(free)
    return chosen


def _slugs_like(slugs: Iterable[str]) -> Iterable[str]:
    # Authors are few beside articles; one look at all slugs beats one for each number.
    return Author.objects.order_by().values_list("slug", flat=True) if slugs else ()
