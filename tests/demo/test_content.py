"""The demo's texts: every file parses, and whatever one refers to exists."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from articles.demo.content import (
    CORRECTION_KINDS,
    KINDS,
    ContentError,
    load_content,
    parse_article,
)
from articles.demo.drawings.draw import DRAWINGS

_FRONT = '+++\ntitle = "T"\nstandfirst = "S"\nauthors = ["a"]\n{extra}\n+++\n<p>Text.</p>'
NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def content():
    return load_content()


def parse(extra: str):
    return parse_article(_FRONT.format(extra=extra), slug="s", section="world", name="world/s.html")


def words(body_html: str) -> int:
    return len(re.sub(r"<[^>]+>", " ", body_html).split())


def test_demo_is_large_enough_and_every_section_has_articles(content):
    used = {article.section for article in content.articles}

    assert len(content.articles) >= 60
    assert content.section_paths() - used <= {"opinion"}


def test_slugs_and_headlines_are_unique(content):
    for values in (
        [article.slug for article in content.articles],
        [article.title for article in content.articles],
        [author.slug for author in content.authors],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_whatever_an_article_refers_to_exists(content):
    slugs = {article.slug for article in content.articles}
    authors = {author.slug for author in content.authors}
    for article in content.articles:
        assert set(article.related) <= slugs - {article.slug}, article.slug
        assert {byline.slug for byline in article.bylines} <= authors, article.slug
        assert set(article.further_categories) <= content.section_paths(), article.slug
        assert article.section not in article.further_categories, article.slug


def test_every_author_writes(content):
    signed = {byline.slug for article in content.articles for byline in article.bylines}

    assert signed == {author.slug for author in content.authors}


def test_every_picture_is_a_drawing_with_a_description(content):
    for article in content.articles:
        assert article.image is not None, article.slug
        assert article.image.alt, article.slug
        assert article.image.credit, article.slug
        drawn = {article.image.drawing, *(p.drawing for p in article.body_pictures)}
        assert drawn <= set(DRAWINGS), article.slug
        assert "drawing:" not in article.body_html, article.slug
    assert {author.portrait.drawing for author in content.authors} <= set(DRAWINGS)


def test_every_also_read_line_names_an_existing_headline(content):
    titles = {article.title for article in content.articles}
    wanted = {
        line
        for article in content.articles
        for line in re.findall(r'<p class="also-read">Also Read: (.+?)</p>', article.body_html)
    }

    assert len(wanted) > 5
    assert wanted - titles == set()


def test_kicker_says_more_than_the_label_beside_it(content):
    labels = {kind.replace("_", " ") for kind in KINDS} | {"explained", "in pictures"}

    assert [a.slug for a in content.articles if a.kicker.casefold() in labels] == []


def test_articles_have_the_length_of_newspaper_articles(content):
    lengths = {article.slug: words(article.body_html) for article in content.articles}

    assert {slug: n for slug, n in lengths.items() if not 180 <= n <= 600} == {}


def test_every_kind_of_article_and_note_occurs(content):
    notes = {note.kind for article in content.articles for note in article.corrections}

    assert {article.kind for article in content.articles} == set(KINDS)
    assert notes == set(CORRECTION_KINDS) - {"retraction"}
    assert {article.status for article in content.articles} == {"published", "draft", "scheduled"}
    assert any(article.embargo_in_hours for article in content.articles)


def test_notes_and_updates_are_younger_than_their_articles(content):
    for article in content.articles:
        published = article.published_at(now=NOW)
        for note in article.corrections:
            assert NOW - timedelta(hours=note.age_hours) > published, article.slug
        if article.updated_age_hours is not None:
            assert article.updated_at(now=NOW) > published, article.slug


def test_weekly_views_never_exceed_all_views(content):
    assert [a.slug for a in content.articles if a.weekly_views > a.views] == []


def test_whatever_is_younger_than_a_week_was_read_this_week(content):
    young = [a for a in content.articles if a.age_hours is not None and a.age_hours <= 24 * 7]

    assert [a.slug for a in young if a.weekly_views != a.views] == []


def test_some_articles_are_of_today_and_some_are_years_old(content):
    ages = [a.age_hours for a in content.articles if a.status == "published" and a.age_hours]

    assert sum(age <= 24 for age in ages) >= 10
    assert sum(age > 24 * 365 for age in ages) >= 2


def test_only_the_dated_article_states_a_day_in_its_dateline(content):
    dated = [
        article.slug
        for article in content.articles
        if re.match(r"<p>[^<(]+\d{4} \(TDI\):", article.body_html)
    ]

    assert dated == ["china-6g-ai-plus-industry"]


def test_standing_pages_exist(content):
    assert {page.slug for page in content.static_pages} == {
        "about",
        "accessibility",
        "contact",
        "corrections-policy",
        "ethics",
        "ownership",
        "privacy",
    }


def test_whatever_the_outlet_refers_to_exists(content):
    pages = {page.slug for page in content.static_pages}
    published = {a.slug for a in content.articles if a.status == "published"}

    assert {*content.outlet.policies.values(), *content.outlet.footer} == pages
    assert set(content.outlet.pins) <= content.section_paths() | {""}
    assert {slug for slugs in content.outlet.pins.values() for slug in slugs} <= published


def test_pictures_are_listed_once_each(content):
    addresses = [picture.address for picture in content.pictures()]

    assert len(addresses) == len(set(addresses)) >= len(content.articles) + len(content.authors)


def test_ages_become_moments_before_the_given_now():
    article = parse("age_hours = 2.5\nupdated_age_hours = 1")

    assert article.published_at(now=NOW) == NOW - timedelta(hours=2.5)
    assert article.updated_at(now=NOW) == NOW - timedelta(hours=1)


def test_body_pictures_get_seeds_of_their_own():
    text = _FRONT.format(extra="age_hours = 1").replace(
        "<p>Text.</p>", '<img src="drawing:waves" alt=""><img src="drawing:waves/calm" alt="">'
    )
    article = parse_article(text, slug="s", section="world", name="world/s.html")

    assert [picture.seed for picture in article.body_pictures] == ["s-2", "calm"]
    assert [p.address in article.body_html for p in article.body_pictures] == [True, True]


@pytest.mark.parametrize(
    "extra",
    [
        "age_hours = 1\nheadline = 'unknown key'",
        "age_hours = 1\nkind = 'rumour'",
        "age_hours = 1\ncorrections = [{kind = 'oops', text = 't', age_hours = 1}]",
        "age_hours = 1\npublished = 2024-03-09T06:00:00Z",
        "published = 2024-03-09T06:00:00",
        "status = 'scheduled'",
        "kicker = 'no date at all'",
        "this is not TOML",
    ],
)
def test_wrong_front_matter_is_refused_with_the_file_name(extra):
    with pytest.raises(ContentError, match=r"world/s\.html"):
        parse(extra)


def test_file_without_front_matter_is_refused():
    with pytest.raises(ContentError, match="front matter"):
        parse_article("<p>Text.</p>", slug="s", section="world", name="world/s.html")


def test_article_in_a_folder_that_is_no_section_is_refused(tmp_path):
    (tmp_path / "outlet.toml").write_text('name = "N"\nagency = "A"')
    (tmp_path / "sections.toml").write_text("section = []")
    (tmp_path / "authors.toml").write_text("author = []")
    (tmp_path / "gossip").mkdir()
    (tmp_path / "gossip" / "s.html").write_text(_FRONT.format(extra="age_hours = 1"))

    with pytest.raises(ContentError, match="gossip"):
        load_content(tmp_path)
