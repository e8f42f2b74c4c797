import re

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from articles.blocks.body import BodyBlock
from articles.media.models import NewsDocument
from articles.reading.body.providers import provider_of, web_address
from articles.reading.body.references import Targets, collect, load_targets
from articles.reading.body.render import opening_words, render_body
from articles.reading.body.rich_text import expand, find_targets
from articles.reading.records import Picture
from articles.reading.site import get_site_facts
from tests.factories.images import make_image, make_renditions

PICTURE = Picture(src="/m/a.jpg", width=640, height=427, alt="Photo", caption="Cap", credit="Cred")


def block(kind, value):
    return {"type": kind, "value": value, "id": "x"}


def item(value):
    return {"type": "item", "value": value, "id": "y"}


def render(*blocks, **targets):
    return render_body(blocks, targets=Targets(**targets)).html


def test_links_get_their_addresses_and_lose_what_is_not_public():
    html = (
        '<p data-block-key="a1b2">See <a id="3" linktype="page">one</a>, '
        '<a linktype="page" id="4">two</a>, <a linktype="document" id="5">a file</a>, '
        '<a href="https://x.example/?a=1&amp;b=2">out</a>, <a linktype="video" id="1">odd</a>, '
        '<a linktype="page" id="x">broken</a>, <a href="javascript:alert(1)">bad</a>.</p>'
        '<embed embedtype="image" id="1">'
    )
    assert expand(html, links={3: "/one/"}, documents={5: "/documents/5/a.pdf"}) == (
        '<p>See <a href="/one/">one</a>, two, <a href="/documents/5/a.pdf">a file</a>, '
        '<a href="https://x.example/?a=1&amp;b=2">out</a>, odd, broken, bad.</p>'
    )


def test_links_across_lines_and_with_markup_inside_are_found():
    html = '<p><a\nlinktype="page"\nid="7"><b>bold</b> and\n<i>more</i></a></p>'
    assert find_targets(html) == ({7}, set())
    assert expand(html, links={7: "/x/"}, documents={}) == (
        '<p><a href="/x/"><b>bold</b> and\n<i>more</i></a></p>'
    )


def test_anchor_of_a_page_link_is_kept():
    html = '<a linktype="page" id="7" anchor="part">x</a>'
    assert expand(html, links={7: "/x/"}, documents={}) == '<a href="/x/#part">x</a>'


def test_opening_words_are_those_of_the_first_paragraph_that_has_any():
    raw = [
        block("heading", {"text": "Head"}),
        block("paragraph", "<p> </p>"),
        block("paragraph", "<p>One <b>two</b> &amp; three.</p><p>More.</p>"),
    ]
    assert opening_words(raw) == "One two & three. More."
    assert opening_words([]) == ""


def test_query_of_a_page_link_stands_before_its_anchor():
    html = '<a linktype="page" id="7" query="a=1&amp;b=2" anchor="part">x</a>'

    found = expand(html, links={7: "/x/"}, documents={})

    assert found == '<a href="/x/?a=1&amp;b=2#part">x</a>'


def test_every_block_of_the_editor_is_rendered():
    from articles.reading.body.blocks import BLOCKS

    assert set(BLOCKS) == set(BodyBlock().child_blocks)


def test_references_of_all_blocks_are_collected():
    found = collect(
        [
            block("paragraph", '<p><a linktype="page" id="1">x</a></p>'),
            block("quote", {"text": '<p><a linktype="document" id="2">x</a></p>'}),
            block("also_read", {"article": 3}),
            block("image", {"image": 4}),
            block("gallery", {"images": [item({"image": 5}), item({"image": None})]}),
            block("media", {"file": 6}),
            block("timeline", {"events": [item({"text": '<a linktype="page" id="7">x</a>'})]}),
            block("table", {"rows": [{"values": ['<a linktype="page" id="8">x</a>']}]}),
        ],
        '<p><a linktype="page" id="9">x</a></p>',
    )
    assert found.pages == {1, 3, 7, 8, 9}
    assert found.documents == {2, 6}
    assert found.images == {4, 5}


def test_words_of_a_story_stand_over_those_of_the_photo():
    own = {"image": 1, "caption": "Own", "alt_text": "", "credit": ""}
    html = render(block("image", own), pictures={1: PICTURE})
    assert 'alt="Photo"' in html
    assert "Own" in html
    assert "Cap" not in html
    assert "Photo: Cred" in html


def test_decorative_picture_says_nothing():
    html = render(block("image", {"image": 1, "decorative": True}), pictures={1: PICTURE})
    assert 'alt=""' in html


def test_picture_that_is_not_here_leaves_its_words():
    html = render(block("image", {"image": 1, "alt_text": "A harbor"}))
    assert "figure__missing" in html
    assert "A harbor" in html
    assert render(block("image", {"image": 1, "source_url": "https://x.example/a.jpg"})) == ""


def test_gallery_counts_what_it_shows():
    images = [item({"image": 1}), item({"image": 2, "caption": "Missing"}), item({"image": 3})]
    html = render(block("gallery", {"title": "Port", "images": images}), pictures={1: PICTURE})
    assert "2 photos" in html
    assert html.count("<li") == 2


def test_headings_get_anchors_that_differ():
    body = render_body(
        [
            block("heading", {"text": "Why it matters", "level": "h2"}),
            block("heading", {"text": "Why it matters", "level": "h3"}),
            block("heading", {"text": "Content", "level": "h2"}),
            block("heading", {"text": "中文", "level": "h2"}),
            block("heading", {"text": "!!", "level": "h7"}),
        ],
        targets=Targets(),
    )
    assert re.findall(r'<(h\d) id="([^"]+)"', body.html) == [
        ("h2", "why-it-matters"),
        ("h3", "why-it-matters-2"),
        ("h2", "content-2"),
        ("h2", "中文"),
        ("h2", "section"),
    ]
    assert body.contents[0] == ("Why it matters", "why-it-matters")
    assert ("Why it matters", "why-it-matters-2") not in body.contents


def test_table_heads_its_columns():
    html = render(
        block(
            "table",
            {
                "columns": [{"type": "rich_text", "heading": "City & state"}],
                "rows": [{"values": ["<p><b>Lagos</b></p>"]}],
                "caption": "Cities",
            },
        )
    )
    assert '<th scope="col">City &amp; state</th>' in html
    assert '<th scope="row"><p><b>Lagos</b></p></th>' in html


def test_quotes_boxes_and_timelines_are_rendered():
    html = render(
        block("quote", {"text": "<p>Long</p>", "attribution": "A & B"}),
        block("pull_quote", {"text": "<Short>", "attribution": ""}),
        block("key_points", {"points": [item("First"), "Second"]}),
        block("fact_box", {"title": "Facts", "text": "<p>Box</p>"}),
        block("timeline", {"title": "T", "events": [item({"when": "May", "text": "<p>E</p>"})]}),
        block("preformatted", {"text": "a < b"}),
        block("divider", None),
    )
    for piece in (
        "<p>Long</p>",
        "A &amp; B",
        "&lt;Short&gt;",
        "<li>First</li>",
        "<li>Second</li>",
        "<p>Box</p>",
        "May",
        "a &lt; b",
        "<hr",
    ):
        assert piece in html


def test_embed_names_its_provider_and_refuses_other_schemes():
    html = render(block("embed", {"url": "https://www.youtube.com/watch?v=1", "caption": "Film"}))
    assert "Open on YouTube" in html
    assert "<iframe" not in html
    assert render(block("embed", {"url": "javascript:alert(1)"})) == ""


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://m.youtube.com/x", "YouTube"),
        ("https://youtu.be/x", "YouTube"),
        ("https://x.com/tdi", "X"),
        ("https://notx.com/", "notx.com"),
        ("https://www.example.org/", "example.org"),
    ],
)
def test_provider_is_told_by_its_host(url, name):
    assert provider_of(web_address(url)) == name


def test_raw_html_is_shown_only_where_it_is_allowed(settings):
    raw = block("raw_html", "<b>raw</b>")
    assert render(raw) == ""
    settings.NEWSROOM_ALLOW_RAW_HTML = True
    assert "<b>raw</b>" in render(raw)


@pytest.mark.parametrize("kind", sorted(set(BodyBlock().child_blocks) - {"divider"}))
@pytest.mark.parametrize("value", [None, {}, ""])
def test_empty_blocks_show_nothing(kind, value):
    assert render(block(kind, value)) == ""


def test_blocks_that_are_not_known_are_passed_over():
    assert render(block("of_the_future", {"x": 1}), block("paragraph", "<p>a</p>")) == "<p>a</p>"


@pytest.mark.django_db
def test_targets_of_a_body_take_three_queries(make_article, django_assert_num_queries):
    facts = get_site_facts(RequestFactory().get("/"))
    blocks = []
    for number in range(5):
        image = make_image()
        make_renditions(image, slot="inline")
        document = NewsDocument.objects.create(
            title="A", file=ContentFile(b"x", name=f"file-{number}.pdf")
        )
        target = make_article()
        blocks += [
            block("image", {"image": image.pk}),
            block("media", {"kind": "audio", "file": document.pk}),
            block("also_read", {"article": target.pk}),
        ]
    references = collect(blocks)
    with django_assert_num_queries(3):
        targets = load_targets(references, facts=facts)
    html = render_body(blocks, targets=targets).html
    assert html.count("<img") == html.count("<audio") == html.count("also-read__headline") == 5
    assert re.search(r'src="/documents/\d+/file-\w+\.pdf"', html)
