"""Block markup becomes HTML, without losing text."""

from __future__ import annotations

import pytest

from articles.imports.cleaner.gutenberg import blocks_to_html
from articles.imports.cleaner.ledger import Ledger
from articles.imports.items import ArticleItem, MediaItem
from tests.growth import assert_work_grows_with_input


def convert(text: str, *, reusable: dict[str, str] | None = None) -> tuple[str, Ledger]:
    item = ArticleItem(
        external_id="7",
        title="Title",
        media=(MediaItem("11", "https://a.example/one.jpg"),),
        reusable_blocks=reusable or {},
    )
    ledger = Ledger(item)
    return blocks_to_html(text, ledger=ledger), ledger


def test_comments_go_and_html_stays() -> None:
    html, ledger = convert(
        '<!-- wp:paragraph {"a":"\\u002d\\u002d>"} -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n'
        "<!-- wp:group --><div><!-- wp:heading --><h2>Two</h2><!-- /wp:heading --></div>"
        "<!-- /wp:group --><!-- an editor's note -->"
    )
    assert html == "\n<p>One</p>\n<div><h2>Two</h2></div>"
    assert not ledger.dropped
    assert not ledger.problems


def test_text_between_blocks_gets_paragraphs_and_shortcodes() -> None:
    html, _ = convert("A\n\nB [youtube https://youtu.be/x]\n<!-- wp:separator /-->C")
    assert html.count("<p>") == 4


def test_what_is_not_closed_keeps_its_text() -> None:
    assert "One" in convert("<!-- wp:group --><div><!-- wp:quote --><p>One</p>")[0]
    assert convert("<p>One</p><!-- wp:x ")[0].startswith("<p>One</p>")
    html, _ = convert("<!-- wp:a --><p>1</p><!-- wp:b --><p>2</p><!-- /wp:a --><!-- /wp:b -->3")
    assert html == "<p>1</p><p>2</p><p>3</p>\n"


def test_reusable_blocks_are_resolved_but_not_in_circles() -> None:
    inner = '<!-- wp:paragraph --><p>Kept</p><!-- /wp:paragraph --><!-- wp:block {"ref":5} /-->'
    html, ledger = convert('<!-- wp:block {"ref":5} /-->', reusable={"5": inner})
    assert html == "<p>Kept</p>"
    assert [problem.kind for problem in ledger.problems] == ["missing_reusable_block"]


def test_blocks_without_content_are_counted_and_plugins_named() -> None:
    html, ledger = convert(
        "<!-- wp:latest-posts /--><!-- wp:spacer --><div></div><!-- /wp:spacer -->"
        "<!-- wp:newspack-blocks/carousel {} --><p>Kept</p><!-- /wp:newspack-blocks/carousel -->"
    )
    assert "Kept" in html
    assert ledger.dropped == {"block:core/latest-posts": 1, "block:newspack-blocks/carousel": 1}
    assert [problem.kind for problem in ledger.problems] == ["unknown_block"]


def test_attributes_give_the_pictures_that_html_does_not() -> None:
    assert (
        'data-id="11"'
        in convert(
            '<!-- wp:image {"id":11} --><figure><img src="a.jpg"></figure><!-- /wp:image -->'
        )[0]
    )
    assert "one.jpg" in convert('<!-- wp:gallery {"ids":[11,12]} --><!-- /wp:gallery -->')[0]
    assert (
        '<img src="https://a.example/c.jpg"'
        in convert('<!-- wp:cover {"url":"https://a.example/c.jpg"} --><p>x</p><!-- /wp:cover -->')[
            0
        ]
    )
    embed = convert('<!-- wp:embed {"url":"https://youtu.be/x"} /-->')[0]
    assert embed == "<p>https://youtu.be/x</p>"


def test_damaged_attributes_are_reported() -> None:
    html, ledger = convert("<!-- wp:paragraph {broken} --><p>One</p><!-- /wp:paragraph -->")
    assert html == "<p>One</p>"
    assert [problem.kind for problem in ledger.problems] == ["broken_block"]


@pytest.mark.parametrize(
    "piece",
    [
        *("<!-- wp:", "<!-- wp:a -->", "<!-- /wp:a -->", "<!-- wp:a /-->", "<!--", "-->", "{"),
        *("<!-- wp:a --><!-- wp:b --><!-- /wp:a -->", '<!-- wp:a {"a":' + "[" * 500 + " -->"),
    ],
)
def test_a_long_run_of_one_thing_takes_no_longer_than_text(piece: str) -> None:
    assert_work_grows_with_input(lambda size: convert(piece * (size // len(piece))), size=200_000)
