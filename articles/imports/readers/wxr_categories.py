"""Sections of a WordPress export: paths from the top through parents named by slug."""

from __future__ import annotations

from collections.abc import Iterator

from articles.imports.items import CategoryItem, Problem
from articles.imports.readers.wxr_spool import Data, Spool
from articles.text.slugs import decode_slug

Path = tuple[tuple[str, str], ...]

NO_SECTION = frozenset(
    {"uncategorized", "uncategorised", "unkategorisiert", "nicht-kategorisiert", "non-classe"}
    | {
        "non-categorizzato",
        "senza-categoria",
        "sin-categoria",
        "sem-categoria",
        "ikke-kategoriseret",
    }
    | {
        "geen-categorie",
        "niet-gecategoriseerd",
        "okategoriserade",
        "ukategorisert",
        "未分類",
        "未分类",
    }
    | {"bez-kategorii", "без-рубрики", "kategorisiz", "luokittelematon", "미분류", "غير-مصنف"}
)
"""Slugs of WordPress' own "Uncategorized" in its translations."""
MAX_DEPTH = 20


class CategoryTree:
    """The sections of one file. Its size is that of the site's tree, not of the archive."""

    def __init__(self, spool: Spool) -> None:
        self._known: dict[str, Data] = dict(spool.iter_categories())
        self.problems: list[Problem] = []
        self._paths: dict[str, Path] = {}
        for slug in self._known:
            self._paths[slug] = self._find_path(slug)

    def path(self, slug: str) -> Path:
        """Return (slug, title) pairs from the top to a section; () if it is none."""
        return self._paths.get(slug, ())

    def iter_items(self) -> Iterator[CategoryItem]:
        """Yield all sections, parents before children."""
        for slug in sorted(self._paths, key=lambda slug: len(self._paths[slug])):
            path = self._paths[slug]
            if path:
                route = "/".join(part for part, _ in path)
                yield CategoryItem(
                    external_id=f"category:{slug}",
                    path=path,
                    description=self._known[slug].get("description", ""),
                    old_urls=(f"/category/{route}/",),
                )

    def _find_path(self, slug: str) -> Path:
        if is_no_section(slug):
            return ()
        path: list[tuple[str, str]] = []
        seen: set[str] = set()
        at = slug
        while at:
            if at in seen or len(path) >= MAX_DEPTH:
                self._tell(slug, "Its parents form a loop: put at the top.")
                return (path[0],)
            seen.add(at)
            data = self._known[at]
            path.append((decode_slug(at), data["name"] or decode_slug(at)))
            at = data.get("parent", "")
            if at and at not in self._known:
                self._tell(slug, f"Its parent section {at} is not in the file: put at the top.")
                break
            at = "" if is_no_section(at) else at
        return tuple(reversed(path))

    def _tell(self, slug: str, detail: str) -> None:
        self.problems.append(Problem(item=f"category:{slug}", kind="section_parent", detail=detail))


def is_no_section(slug: str) -> bool:
    """Tell whether a slug is that of "Uncategorized"."""
    plain = decode_slug(slug).casefold()
    return plain in NO_SECTION or plain.startswith("uncategorized-")
