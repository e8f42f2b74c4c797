"""Bodies as plain HTML."""

from __future__ import annotations

from articles.blocks.body import BodyBlock
from articles.exports.body_html import _WRITERS, body_html


def write(kind, value):
    return body_html([{"type": kind, "value": value, "id": "x"}])


def item(value):
    return {"type": "item", "value": value, "id": "y"}


def test_every_block_of_a_body_can_be_written():
    assert set(_WRITERS) == set(BodyBlock().child_blocks)


def test_links_keep_their_address_and_nothing_else():
    html = write(
        "paragraph",
        '<p><a linktype="page" id="7" href="https://n.example/a/">A</a> '
        '<a linktype="page" id="8">gone</a> <a href="https://b.example/">B</a></p>',
    )

    assert html == (
        '<p><a href="https://n.example/a/">A</a> gone <a href="https://b.example/">B</a></p>'
    )


def test_plain_text_is_escaped():
    assert write("heading", {"text": "A < B & C", "level": "h3"}) == "<h3>A &lt; B &amp; C</h3>"
    assert "&lt;i&gt;" in write("key_points", {"points": [item("<i>x</i>")]})


def test_blocks_become_semantic_elements():
    picture = {
        "url": "https://n.example/p.jpg",
        "alt": "Lake",
        "caption": "A lake",
        "credit": "Ada",
    }

    assert write("image", {"image": 1, "picture": picture}) == (
        '<figure><img src="https://n.example/p.jpg" alt="Lake">'
        "<figcaption>A lake Ada</figcaption></figure>"
    )
    assert "<cite>Ada</cite>" in write("quote", {"text": "<p>Yes.</p>", "attribution": "Ada"})
    assert write("timeline", {"events": [item({"when": "2023", "text": "<p>Start</p>"})]}) == (
        "<ol><li><strong>2023</strong> <p>Start</p></li></ol>"
    )
    assert '<th scope="col">City</th>' in write(
        "table", {"columns": [{"heading": "City"}], "rows": [{"values": ["<b>Oslo</b>"]}]}
    )
    assert write("divider", None) == "<hr>"


def test_what_has_no_target_is_left_out():
    assert write("also_read", {"article": 3, "target": None}) == ""
    assert write("image", {"image": None, "picture": None}) == ""
