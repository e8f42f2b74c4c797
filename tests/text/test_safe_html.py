"""What the one allow-list lets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.safe_html import safe_url, sanitize_rich, sanitize_tree


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JaVa\tScript:alert(1)",
        "java\nscript:alert(1)",
        "\u200bjavascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
    ],
)
def test_an_address_of_another_scheme_is_refused(url: str) -> None:
    assert safe_url(url, base_url="https://news.example/") == ""


def test_an_address_is_made_absolute_only_with_a_base() -> None:
    assert safe_url("/a?b=1", base_url="https://news.example/x/") == "https://news.example/a?b=1"
    assert safe_url("/a?b=1") == "/a?b=1"
    assert safe_url("//cdn.example/a") == "https://cdn.example/a"
    assert safe_url("mailto:desk@news.example") == "mailto:desk@news.example"
    assert safe_url("mailto:desk@news.example", web_only=True) == ""


def test_rich_text_keeps_the_text_of_what_it_does_not_know() -> None:
    html = '<p onclick="x">One <blink>two</blink> <a href="javascript:1" id="q">three</a></p>'
    assert sanitize_rich(html) == "<p>One two <a>three</a></p>"
    assert sanitize_rich("<svg><text>x</text></svg><script>y</script>") == ""


@given(st.text(max_size=200))
def test_sanitizing_twice_changes_nothing(text: str) -> None:
    for sanitize in (sanitize_rich, sanitize_tree):
        once = sanitize(text)
        assert sanitize(once) == once
