"""Bodies of real archives: their text, pictures and links arrive."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import etree

from articles.imports.cleaner.clean import clean
from articles.imports.cleaner.gutenberg import has_blocks
from articles.imports.cleaner.ledger import CleanedBody
from articles.imports.items import ArticleItem, MediaItem
from articles.text.html import plain_text
from tests.samples import samples_dir

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
FILES = [
    "theme-unit-test.wordpress.xml",
    "block-test-data.wordpress.xml",
    "cc-labs.wordpress.xml",
    "colormag-dailynews.wordpress.xml",
    "pelican-test.wordpress.xml",
    "superdesk-import.wordpress.xml",
    "wagtail-import-test.wordpress.xml",
]


def read_bodies(name: str) -> list[tuple[ArticleItem, str]]:
    """List the posts and pages of an export that have a body, with their attachments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.parse(samples_dir("wxr") / name, parser=parser).getroot()
    found, media = [], []
    for element in root.iter("item"):

        def get(tag: str, element: etree._Element = element) -> str:
            for version in ("1.2", "1.1", "1.0"):
                text = element.findtext(tag.replace("1.2", version))
                if text:
                    return str(text)
            return ""

        number = get(f"{WP}post_id")
        if get(f"{WP}post_type") == "attachment":
            url = get(f"{WP}attachment_url")
            media.append(MediaItem(number, url, parent_id=get(f"{WP}post_parent")))
        elif body := element.findtext(CONTENT):
            found.append((ArticleItem(number, element.findtext("title") or "", body=body), body))
    for item, _ in found:
        item.media = tuple(media)
    return found


def clean_wordpress(item: ArticleItem, body: str) -> CleanedBody:
    return clean(body, flavor="blocks" if has_blocks(body) else "classic", item=item)


def shown_text(value: Any, *, key: str = "text") -> str:
    """Join what readers see of blocks, in order."""
    if isinstance(value, str):
        hidden = {"id", "type", "source_url", "url", "level", "kind", "media_id", "width"}
        hidden |= {"alt_text", "wanted_url"}
        return "" if key in hidden else value
    if isinstance(value, list):
        return " ".join(shown_text(child, key="text") for child in value)
    if isinstance(value, dict) and "images" in value:
        return f"{shown_text(value['images'])} {value['title']}"
    if isinstance(value, dict):
        return " ".join(shown_text(child, key=name) for name, child in value.items())
    return ""


@pytest.mark.parametrize("name", FILES)
def test_no_words_of_a_real_archive_are_lost(name: str) -> None:
    lost = {}
    for item, body in read_bodies(name):
        cleaned = clean_wordpress(item, body)
        problems = [found.detail for found in cleaned.problems if found.kind == "words_lost"]
        if problems:
            lost[item.external_id] = problems
    assert lost == {}


@pytest.mark.parametrize("name", FILES)
def test_the_text_begins_as_the_archive_says(name: str) -> None:
    expected = json.loads((samples_dir("wxr") / "expected.json").read_text())["files"][name]
    bodies = read_bodies(name)
    wrong = []
    for check in expected["spot_checks"]:
        for item, body in bodies:
            if (item.external_id, item.title) != (check["post_id"], check["title"]):
                continue
            cleaned = clean_wordpress(item, body)
            text = plain_text(shown_text(cleaned.blocks).replace("\u00a0", " "))
            if cleaned.dateline:
                text = re.sub(r"\W", "", text)[:30]
                known = re.sub(r"\W", "", plain_text(body))
                assert text in known
                continue
            want = check["text_first_80"]
            if re.sub(r"\W", "", text)[: len(re.sub(r"\W", "", want))] != re.sub(r"\W", "", want):
                wrong.append((check["post_id"], want, text[:80]))
    assert wrong == []
