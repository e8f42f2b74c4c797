"""Every template compiles, says what it takes, and renders to sound HTML."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe

from tests.factories import plain

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
READER_FOLDERS = ("blocks", "components", "listings", "pages")
STANDALONE = ("400.html", "403.html", "500.html", "503.html")
COMPONENTS = [
    path.relative_to(TEMPLATES).as_posix()
    for folder in READER_FOLDERS
    for path in sorted((TEMPLATES / folder).rglob("*.html"))
]

CALENDAR = {
    "caption": "March 2024",
    "weekdays": ["Mon", "Tue"],
    "weeks": [[None, {"day": 9, "url": "/archive/2024/03/09/", "is_current": True}]],
}
FILTERS = [
    {"name": "kind", "label": "Type", "type": "select", "options": [("", "All", True)]},
    {"name": "from", "label": "From", "type": "date", "value": ""},
]
ENTRY = {"kind_label": "Correction", "text": "Twelve, not ten.", "at": plain.NOW}
AUTHOR = {
    "name": "Lin Meifeng",
    "role": "Correspondent",
    "base": "Beijing",
    "expertise": "Chips",
    "languages": "English",
    "biography_html": mark_safe("<p>Reports since 2009.</p>"),
    "portrait": plain.picture(),
    "profiles": [("Mastodon", "https://social.example/@lin")],
}


def containers() -> list[dict[str, Any]]:
    """One container of each layout, and an empty one."""
    layouts = [("feature", 6), ("columns", 4), ("opinion", 3), ("", 1), ("feature", 0)]
    return [
        {"title": "World", "url": "/w/", "cards": plain.cards(n), "layout": x} for x, n in layouts
    ]


PAGES: dict[str, dict[str, Any]] = {
    "pages/home_page.html": plain.page(
        breadcrumb=[],
        lead=plain.card(),
        lead_related=plain.cards(2),
        top_cards=plain.cards(3),
        latest=plain.cards(5),
        containers=containers(),
    ),
    "pages/category_page.html": plain.listing(),
    "pages/article_page.html": plain.article(),
    "pages/static_page.html": plain.page(
        page={
            "title": "Ethics",
            "updated_at": plain.NOW,
            "body_html": mark_safe("<h2>One</h2><p>Text</p>"),
            "contents": [("One", "one")] * 4,
        }
    ),
    "listings/tag.html": plain.listing(),
    "listings/topics.html": plain.listing(topics=[("6G", "/tags/6g/"), ("AI", "/tags/ai/")]),
    "listings/authors.html": plain.listing(
        authors=[
            {"name": "Lin Meifeng", "url": "/authors/lin/", "role": "Correspondent"}
            | {"base": "Beijing", "portrait": plain.picture()},
            {"name": "Desk", "url": "/authors/desk/", "role": "", "base": "", "portrait": None},
        ]
    ),
    "listings/archive.html": plain.listing(years=[("2024", "/archive/2024/")]),
    "listings/author.html": plain.listing(author=AUTHOR),
    "listings/archive_year.html": plain.listing(
        months=[("March", "/archive/2024/03/", 3)], previous=("2023", "/archive/2023/"), next=None
    ),
    "listings/archive_month.html": plain.listing(calendar=CALENDAR, previous=None, next=None),
    "listings/archive_day.html": plain.listing(
        calendar=CALENDAR, previous=("8 March", "/a/"), next=("10 March", "/b/")
    ),
    "listings/search.html": plain.listing(
        query="6g",
        count=2,
        has_more=True,
        filters=FILTERS,
        active_filters=[("Technology", "?q=6g")],
    ),
    "listings/corrections.html": plain.listing(
        entries=[ENTRY | {"article_title": "Headline", "article_url": "/a/"}],
        years=[("2024", "/corrections/?year=2024")],
        policy=("Corrections policy", "/corrections-policy/"),
    ),
    "404.html": plain.page(latest=plain.cards(5), meta=None, breadcrumb=None),
    "410.html": plain.page(latest=[], meta=None, breadcrumb=None),
    "400.html": {},
    "403.html": {},
    "500.html": {},
    "503.html": {},
}
EMPTY: dict[str, dict[str, Any]] = {
    "pages/home_page.html": plain.page(lead=None, most_popular=None),
    "pages/category_page.html": plain.page(heading="Technology", most_popular=None),
    "listings/search.html": plain.page(query="", breadcrumb=[], latest=plain.cards(2)),
    "listings/topics.html": plain.page(heading="Topics", topics=[]),
    "listings/authors.html": plain.page(heading="Authors", authors=[]),
    "listings/archive.html": plain.page(heading="Archive", years=[]),
    "404.html": {},
}
RENDERS = [*PAGES.items(), *EMPTY.items()]
RENDER_IDS = [*PAGES, *(f"{name}-empty" for name in EMPTY)]


@pytest.mark.parametrize(
    "name", sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html"))
)
def test_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", COMPONENTS)
def test_template_opens_with_a_comment_that_names_its_variables(name: str) -> None:
    head = (TEMPLATES / name).read_text()[:200]
    if name == "components/theme_script.html":
        return  # Its bytes are hashed by the content security policy.
    assert re.match(r"({% (extends|load)[^%]*%}\s*)*{% comment %}", head)


@pytest.mark.parametrize("name", COMPONENTS)
def test_includes_pass_only_what_they_name(name: str) -> None:
    includes = re.findall(r"{% include [^%]*%}", (TEMPLATES / name).read_text())
    assert [tag for tag in includes if not tag.endswith(" only %}")] == []


@pytest.mark.parametrize(("name", "context"), RENDERS, ids=RENDER_IDS)
def test_page_is_sound_html_with_one_heading_and_no_skipped_level(
    name: str, context: dict[str, Any]
) -> None:
    html = render_to_string(name, context)
    html5lib.HTMLParser(strict=True).parse(html)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
    assert levels.count(1) == 1
    steps = itertools.pairwise(levels)
    assert [(a, b) for a, b in steps if b - a > 1] == []


@pytest.mark.parametrize(("name", "context"), RENDERS, ids=RENDER_IDS)
def test_pictures_state_size_and_text_and_one_at_most_is_eager(
    name: str, context: dict[str, Any]
) -> None:
    images = re.findall(r"<img[^>]*>", render_to_string(name, context))
    for image in images:
        assert all(f" {attribute}=" in image for attribute in ("width", "height", "alt"))
    assert sum('fetchpriority="high"' in image for image in images) <= 1


@pytest.mark.parametrize(("name", "context"), RENDERS, ids=RENDER_IDS)
def test_the_theme_script_is_the_only_inline_script(name: str, context: dict[str, Any]) -> None:
    html = render_to_string(name, context)
    assert html.count("<script>") == (0 if name in STANDALONE else 1)
    assert " onclick=" not in html
    assert " style=" not in html


def test_theme_script_has_at_most_200_bytes() -> None:
    assert len((TEMPLATES / "components/theme_script.html").read_bytes()) <= 200


@pytest.mark.parametrize("name", STANDALONE)
def test_pages_for_a_broken_site_need_no_template_engine(name: str) -> None:
    source = (TEMPLATES / name).read_text()
    assert "{%" not in source
    assert "{{" not in source
    assert len(source.encode()) <= 6 * 1024


def test_text_from_editors_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    context = plain.article(related=[plain.card(title=evil, kicker=evil, standfirst=evil)])
    context["article"] |= {"title": evil, "standfirst": evil, "disclosure": evil}
    context["shell"]["banner"] |= {"text": evil}
    assert evil not in render_to_string("pages/article_page.html", context)


def test_ampersands_are_escaped_once() -> None:
    html = render_to_string("components/card.html", {"card": plain.card(kicker="Chips & AI")})
    assert "Chips &amp; AI" in html
    assert "&amp;amp;" not in html


def test_preview_counts_no_view() -> None:
    html = render_to_string("pages/article_page.html", plain.article() | {"page_id": None})
    assert "/_v/" not in html
    assert "view_beacon" not in html


def test_article_counts_its_view_with_and_without_a_script() -> None:
    html = render_to_string("pages/article_page.html", plain.article())
    assert 'data-url="/_v/12"' in html
    assert '<noscript><img class="visually-hidden" src="/_v/12.gif"' in html


def test_most_popular_hides_with_fewer_than_three() -> None:
    context = {"most_popular": {"today": plain.cards(2), "week": plain.cards(2)}}
    assert "<ol" not in render_to_string("components/most_popular.html", context)


def test_most_popular_has_tabs_only_with_two_full_lists() -> None:
    context = {"most_popular": {"today": plain.cards(3), "week": plain.cards(5)}}
    html = render_to_string("components/most_popular.html", context)
    assert html.count("<ol") == 1
    assert "radio" not in html


def test_timeline_of_more_than_eight_events_is_folded_after_five() -> None:
    events = [{"when": f"{n} March", "text": mark_safe("<p>x</p>")} for n in range(1, 10)]
    html = render_to_string("blocks/timeline_block.html", {"value": {"events": events}})
    visible, folded = html.split("<details")
    assert visible.count("<li") == 5
    assert folded.count("<li") == 4


def test_also_read_without_target_renders_nothing() -> None:
    context = {"headline": "Elsewhere", "url": ""}
    assert render_to_string("blocks/also_read_block.html", context).strip() == ""


def test_picture_that_is_not_here_shows_its_text() -> None:
    value = {"alt_text": "A harbor", "caption": "Dusk", "width": "column"}
    html = render_to_string("blocks/image_block.html", {"value": value, "picture": None})
    assert "<img" not in html
    assert "A harbor" in html


def test_byline_joins_names_as_people_do() -> None:
    people = [("A", "/a/"), ("B", ""), ("C", "/c/")]
    groups = [{"role": "by", "role_label": "By", "people": people}]
    html = render_to_string("components/byline.html", {"groups": groups})
    assert re.sub(r"<[^>]+>", "", html).strip() == "By A, B and C"


def test_scripts_and_styles_named_by_templates_exist() -> None:
    static = TEMPLATES.parent / "static"
    named = {
        match
        for path in TEMPLATES.rglob("*.html")
        for match in re.findall(r"{% static '([^']+)' %}", path.read_text())
    }
    assert "css/site.css" in named
    assert [name for name in named if not (static / name).is_file()] == []


def test_engine_finds_the_reader_templates_first() -> None:
    assert TEMPLATES in [Path(d) for d in engines["django"].dirs]
