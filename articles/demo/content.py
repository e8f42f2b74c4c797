"""Read the demo newsroom's texts: sections, authors, articles and standing pages.

Pure: files in, frozen records out. An article is one file,
`content/<section>/[<sub-section>/]<slug>.html`: TOML front matter between two `+++`
lines, then the body in newsroom HTML. Moments are kept as ages in hours, so that the
demo is as fresh on the day it is loaded as on the day it was written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from articles.demo.records import (
    DemoArticle,
    DemoAuthor,
    DemoByline,
    DemoContent,
    DemoCorrection,
    DemoOutlet,
    DemoPicture,
    DemoSection,
    DemoStaticPage,
    walk_sections,
)

CONTENT_DIR = Path(__file__).with_name("content")
KINDS = (
    "news",
    "analysis",
    "opinion",
    "interview",
    "explainer",
    "review",
    "press_release",
    "gallery",
)
STATUSES = ("published", "draft", "scheduled")
ROLES = ("by", "reporting", "photographs", "translated")
CORRECTION_KINDS = ("correction", "clarification", "update", "editors_note", "retraction")

_FENCE = "+++\n"
_BODY_PICTURE = re.compile(r'src="drawing:([a-z_]+)(?:/([a-z0-9-]+))?"')


class ContentError(ValueError):
    """A file of the demo content is not what the format asks for; the text names it."""


def load_content(root: Path = CONTENT_DIR) -> DemoContent:
    """Read the demo content below `root`.

    Raises:
        ContentError: a file lacks a key, has an unknown one, or stands in a folder
            that is no section.
    """
    sections = tuple(_section(entry) for entry in _read_toml(root / "sections.toml")["section"])
    paths = {section.path for section in walk_sections(sections)}
    return DemoContent(
        outlet=_outlet(_read_toml(root / "outlet.toml")),
        sections=sections,
        authors=tuple(_author(e) for e in _read_toml(root / "authors.toml")["author"]),
        articles=tuple(_articles(root, section_paths=paths)),
        static_pages=tuple(_static_pages(root / "static")),
    )


def parse_article(text: str, *, slug: str, section: str, name: str) -> DemoArticle:
    """Parse one article file; `name` stands in messages.

    Raises:
        ContentError: the front matter is missing, broken, or holds a wrong key or value.
    """
    front, body = _split(text, name=name)
    try:
        return DemoArticle(
            slug=slug,
            section=section,
            **_plain_keys(front, slug=slug),
            **_body(body, slug=slug),
        )
    except (TypeError, KeyError) as error:
        raise ContentError(f"{name}: {error}") from error
    except ContentError as error:
        raise ContentError(f"{name}: {error}") from error


def _articles(root: Path, *, section_paths: set[str]) -> Iterator[DemoArticle]:
    for path in sorted(root.rglob("*.html")):
        section = path.parent.relative_to(root).as_posix()
        if section == "static":
            continue
        name = path.relative_to(root).as_posix()
        if section not in section_paths:
            raise ContentError(f"{name}: {section} is no section of sections.toml")
        text = path.read_text(encoding="utf-8")
        yield parse_article(text, slug=path.stem, section=section, name=name)


def _plain_keys(front: dict[str, Any], *, slug: str) -> dict[str, Any]:
    """Turn front matter into arguments of DemoArticle; unknown keys fail there."""
    keys = dict(front)
    for key in ("tags", "further_categories", "related"):
        keys[key] = tuple(keys.get(key, ()))
    keys["bylines"] = tuple(
        DemoByline(entry) if isinstance(entry, str) else DemoByline(**entry)
        for entry in keys.pop("authors")
    )
    keys["corrections"] = tuple(DemoCorrection(**entry) for entry in keys.get("corrections", ()))
    image = keys.get("image")
    keys["image"] = DemoPicture(**{"seed": slug, **image}) if image else None
    _refuse_unknown_words(keys)
    _refuse_contradictory_times(keys)
    return keys


def _refuse_unknown_words(keys: Mapping[str, Any]) -> None:
    checks = [
        ("kind", keys.get("kind", "news"), KINDS),
        ("status", keys.get("status", "published"), STATUSES),
        *(("role", byline.role, ROLES) for byline in keys["bylines"]),
        *(("correction", note.kind, CORRECTION_KINDS) for note in keys["corrections"]),
    ]
    for key, value, allowed in checks:
        if value not in allowed:
            raise ContentError(f"{key} {value!r} is not one of {', '.join(allowed)}")


def _refuse_contradictory_times(keys: Mapping[str, Any]) -> None:
    status = keys.get("status", "published")
    if "age_hours" in keys and "published" in keys:
        raise ContentError("give age_hours or published, not both")
    if status == "published" and not keys.keys() & {"age_hours", "published"}:
        raise ContentError("a published article needs age_hours or published")
    if (status == "scheduled") != ("scheduled_in_hours" in keys):
        raise ContentError("scheduled_in_hours belongs to status scheduled, and to it alone")
    if "published" in keys and keys["published"].tzinfo is None:
        raise ContentError("published needs a time zone")


def _body(body: str, *, slug: str) -> dict[str, Any]:
    """Give the body's pictures, `drawing:name` or `drawing:name/seed`, their addresses."""
    pictures: list[DemoPicture] = []

    def replace(match: re.Match[str]) -> str:
        seed = match[2] or f"{slug}-{len(pictures) + 2}"
        picture = DemoPicture(drawing=match[1], seed=seed)
        pictures.append(picture)
        return f'src="{picture.address}"'

    return {"body_html": _BODY_PICTURE.sub(replace, body), "body_pictures": tuple(pictures)}


def _static_pages(folder: Path) -> Iterator[DemoStaticPage]:
    for path in sorted(folder.glob("*.html")):
        front, body = _split(path.read_text(encoding="utf-8"), name=f"static/{path.name}")
        if front.keys() != {"title"}:
            raise ContentError(f"static/{path.name}: front matter is title only")
        yield DemoStaticPage(slug=path.stem, title=front["title"], body_html=body)


def _split(text: str, *, name: str) -> tuple[dict[str, Any], str]:
    opening, found, rest = text.partition(_FENCE)
    front, closed, body = rest.partition(f"\n{_FENCE}")
    if opening or not found or not closed:
        raise ContentError(f"{name}: front matter must open the file, between two +++ lines")
    try:
        return tomllib.loads(front), body.strip()
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{name}: {error}") from error


def _outlet(entry: dict[str, Any]) -> DemoOutlet:
    keys = dict(entry)
    keys["profiles"] = tuple((link["label"], link["url"]) for link in keys.get("profiles", ()))
    keys["footer"] = tuple(keys.get("footer", ()))
    keys["pins"] = {path: tuple(slugs) for path, slugs in keys.get("pins", {}).items()}
    return DemoOutlet(**keys)


def _section(entry: dict[str, Any], *, parent: str = "") -> DemoSection:
    path = f"{parent}/{entry['slug']}" if parent else entry["slug"]
    return DemoSection(
        slug=entry["slug"],
        title=entry["title"],
        description=entry["description"],
        path=path,
        sections=tuple(_section(child, parent=path) for child in entry.get("section", ())),
    )


def _author(entry: dict[str, Any]) -> DemoAuthor:
    keys = dict(entry)
    keys["languages"] = tuple(keys["languages"])
    keys["profiles"] = tuple((profile["label"], profile["url"]) for profile in keys["profiles"])
    keys["portrait"] = DemoPicture(**{"seed": keys["slug"], **keys["portrait"]})
    return DemoAuthor(**keys)


def _read_toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
