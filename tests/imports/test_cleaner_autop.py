"""Paragraph rules for classic and plain text."""

from __future__ import annotations

import pytest

from articles.imports.cleaner.autop import add_paragraphs, text_to_html
from tests.growth import assert_work_grows_with_input


def squeeze(html: str) -> str:
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\r\n\r\nTwo\rThree", "<p>One</p><p>Two<br>Three</p>"),
        ("One\n&nbsp;\nTwo\n\u00a0\nThree", "<p>One</p><p>Two</p><p>Three</p>"),
        ("One<br /><br />Two", "<p>One</p><p>Two</p>"),
        ("One<br />\nTwo", "<p>One<br />Two</p>"),
        ("<h2>Head</h2>\nText", "<h2>Head</h2><p>Text</p>"),
        ("<p>One\n\nTwo</p>", "<p>One</p><p>Two</p>"),
        ("<ul>\n<li>One</li>\n<li>Two</li>\n</ul>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<blockquote>One\n\nTwo</blockquote>", "<blockquote><p>One</p><p>Two</p></blockquote>"),
        ("A\nhttps://a.example/b\nB", "<p>A</p><p>https://a.example/b</p><p>B</p>"),
        ("One <b>two</b>\n\n<!--more-->\n\nThree", "<p>One <b>two</b></p><p>Three</p>"),
    ],
)
def test_classic_text_gets_the_paragraphs_wordpress_shows(text: str, html: str) -> None:
    assert squeeze(add_paragraphs(text)) == html


def test_preformatted_text_keeps_its_lines() -> None:
    assert "<pre>a\n\n  b\n</pre>" in add_paragraphs("One\n<pre>a\n\n  b\n</pre>\nTwo")


def test_plain_text_is_escaped_and_hard_wrapped_lines_are_joined() -> None:
    line = "x" * 70
    assert text_to_html("a < b & c\nd\n\n* * *\n\ne") == (
        "<p>a &lt; b &amp; c<br>d</p>\n<hr>\n<p>e</p>"
    )
    assert text_to_html(f"{line}\n{line}\nend") == f"<p>{line} {line} end</p>"


@pytest.mark.parametrize(
    "piece", ["<", "\n", "\n ", " ", "<pre>", "<p>", "<br>", "<!--", "</p>", "<div>", "http://a\n"]
)
def test_a_megabyte_of_one_thing_takes_no_longer_than_text(piece: str) -> None:
    assert_work_grows_with_input(
        lambda size: add_paragraphs(piece * (size // len(piece))), size=200_000
    )
