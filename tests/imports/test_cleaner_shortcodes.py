"""Shortcodes become what they show; prose in brackets stays."""

from __future__ import annotations

import pytest

from articles.imports.cleaner.ledger import Ledger
from articles.imports.cleaner.shortcodes import expand_shortcodes, parse_attributes
from articles.imports.items import ArticleItem, MediaItem
from tests.growth import assert_work_grows_with_input

MEDIA = (
    MediaItem("11", "https://a.example/one.jpg", caption="First", credit="A. B.", alt_text="x"),
    MediaItem("12", "https://a.example/two.jpg"),
    MediaItem("13", "https://a.example/sound.mp3", title="Sound"),
)


def expand(text: str) -> tuple[str, Ledger]:
    ledger = Ledger(ArticleItem(external_id="7", title="Title", media=MEDIA))
    return expand_shortcodes(text, ledger=ledger), ledger


@pytest.mark.parametrize(
    "text",
    [
        "He said [sic] and [named] and [semi- and [1] and [] and a[i] = b[j]",
        "[update] [wait, what] [Video] [caption] [/close] [at 10:30]",
        "<pre>[gallery]</pre> <code>[caption id='1']x[/caption]</code>",
        '<a href="https://a.example/?q[0]=[gallery]">x</a> <!-- [gallery] -->',
    ],
)
def test_prose_code_and_attributes_are_no_shortcodes(text: str) -> None:
    expanded, ledger = expand(text)
    assert expanded == text
    assert not ledger.dropped


def test_double_brackets_are_the_literal_shortcode() -> None:
    assert expand("Write [[gallery ids=1]] so")[0] == "Write [gallery ids=1] so"


def test_both_forms_of_captions_become_figures() -> None:
    figure = '<figure class="wp-caption" id="attachment_11"><a href="#"><img src="a.jpg"></a>'
    new, _ = expand(
        '[caption id="attachment_11" width="3"]<a href="#"><img src="a.jpg"></a> A <i>b</i>'
        "[/caption]"
    )
    old, _ = expand(
        '[caption id="attachment_11" caption="A &lt;i&gt;b"]<a href="#"><img src="a.jpg"></a>'
        "[/caption]"
    )
    assert new.strip() == f"{figure}<figcaption>A <i>b</i></figcaption></figure>"
    assert old.strip() == f"{figure}<figcaption>A &lt;i&gt;b</figcaption></figure>"


def test_a_gallery_shows_its_pictures_in_its_order_or_all() -> None:
    named, _ = expand("[gallery ids=”12,11″]")
    everything, _ = expand("[gallery]")
    assert named.index("two.jpg") < named.index("one.jpg")
    assert everything.count("<img") == 2
    assert "sound" not in everything


def test_a_gallery_without_its_pictures_is_reported() -> None:
    html, ledger = expand('[gallery ids="99"]')
    assert html == ""
    assert {problem.kind for problem in ledger.problems} == {"missing_media", "empty_gallery"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[embed width='3']https://a.example/x[/embed]", "https://a.example/x"),
        ("[youtube https://www.youtube.com/watch?v=abc]", "https://www.youtube.com/watch?v=abc"),
        ("[youtube=https://youtu.be/abcdefg&w=3]", "https://youtu.be/abcdefg&w=3"),
        ("[vimeo 1234567]", "https://vimeo.com/1234567"),
        ("[tweet 123456789]", "https://twitter.com/i/status/123456789"),
    ],
)
def test_embeds_become_their_address_in_a_paragraph(text: str, address: str) -> None:
    assert expand(text)[0].strip() == f"<p>{address}</p>"


def test_players_become_media() -> None:
    assert '<audio src="https://a.example/b.mp3">' in expand("[audio https://a.example/b.mp3]")[0]
    assert '<video src="c.mp4">' in expand('[video width="3" mp4="c.mp4"][/video]')[0]
    assert "sound.mp3" in expand('[playlist ids="13"]')[0]


def test_page_builders_are_unwrapped_and_counted() -> None:
    html, ledger = expand("[vc_row][vc_column width='1/2']Text [b][/vc_column][/vc_row]")
    assert html == "Text [b]"
    assert ledger.dropped == {"shortcode:vc_row": 1, "shortcode:vc_column": 1}
    assert not ledger.problems


def test_forms_and_advertisements_are_removed_and_counted() -> None:
    html, ledger = expand('A [contact-form-7 id="1" title="T"] b [adrotate group="2"]')
    assert html == "A  b "
    assert ledger.dropped == {"shortcode:contact-form-7": 1, "shortcode:adrotate": 1}


def test_an_unknown_shortcode_leaves_its_text_and_a_problem() -> None:
    html, ledger = expand("A [box color='red']text[/box] [pos]b[/pos] [thing id=3] [/other]")
    assert html == "A text b  [/other]"
    assert [problem.kind for problem in ledger.problems] == ["unknown_shortcode"] * 3


def test_attributes_may_have_any_quotes() -> None:
    assert parse_attributes("a=“1 2” b=&#8221;3&#8243; C='4' d=5 six \"7 8\"") == {
        **{"a": "1 2", "b": "3", "c": "4", "d": "5", "0": "six", "1": "7 8"}
    }


@pytest.mark.parametrize(
    "piece",
    [
        *("[", "[[", "]", "[a ", "[a]", "[caption]", "[caption a=1]", "[su_x]", "[su_x][/su_x]"),
        *("<", "[/a]", "<pre>[", "<!--[", "[a x=\"'", "[a]b[/a]", "[embed][video]", "<a href='["),
    ],
)
def test_a_long_run_of_one_thing_takes_no_longer_than_text(piece: str) -> None:
    def work(size: int) -> None:
        expand(piece * (size // len(piece)))
        expand(piece * (size // 2 // len(piece)) + "[/su_x]" * (size // 14))

    assert_work_grows_with_input(work, size=80_000)
