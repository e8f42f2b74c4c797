"""Addresses and the category tree: small, asked for once, the same for all batches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from django.core.files.storage import default_storage
from wagtail.models import Page, Site

from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticleKind
from articles.pages.category import CategoryPage

STEP = Page.steplen
FIRST_CATEGORY_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand. `roots` are (url_path, address) of sites, the deepest first."""

    roots: tuple[tuple[str, str], ...]
    address: str
    """Of the default site, without a slash at its end."""
    titles: dict[str, str]
    """Titles of categories by tree path."""
    paths: dict[int, str]
    """Tree paths of categories by id."""
    kinds: dict[str, str]
    """Labels of article kinds."""
    outlet: str = ""
    agency: str = ""

    def page_url(self, url_path: str) -> str:
        """Return a page's absolute address; empty when it belongs to no site."""
        for root_path, address in self.roots:
            if url_path.startswith(root_path):
                return f"{address}/{url_path[len(root_path) :]}"
        return ""

    def absolute(self, url: str) -> str:
        """Return an address of the default site in full."""
        return urljoin(f"{self.address}/", url)

    def media_url(self, name: str | None) -> str:
        """Return the absolute address of a public file by its name in the storage."""
        return self.absolute(default_storage.url(name)) if name else ""

    def trail(self, path: str) -> tuple[str, ...]:
        """Return the titles of the categories above and at a tree path, from the top."""
        ends = range(FIRST_CATEGORY_DEPTH * STEP, len(path) + 1, STEP)
        return tuple(self.titles[path[:end]] for end in ends if path[:end] in self.titles)


def load_places() -> Places:
    """Ask for sites, settings and the category tree: three queries."""
    categories = list(CategoryPage.objects.order_by("path").values_list("pk", "path", "title"))
    sites = list(Site.objects.select_related("root_page").order_by("-root_page__url_path", "pk"))
    settings = NewsroomSettings.objects.filter(site__is_default_site=True).first()
    return Places(
        roots=tuple((site.root_page.url_path, site.root_url) for site in sites),
        address=next((site.root_url for site in sites if site.is_default_site), ""),
        titles={path: title for _, path, title in categories},
        paths={pk: path for pk, path, _ in categories},
        kinds={kind.value: str(kind.label) for kind in ArticleKind},
        outlet=settings.outlet_name if settings else "",
        agency=settings.agency_code if settings else "",
    )
