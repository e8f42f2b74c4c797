"""Bodies become blocks; nothing hostile and nothing unknown gets lost on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.imports.cleaner.clean import clean
from articles.imports.cleaner.ledger import CleanedBody
from articles.imports.items import ArticleItem, BodyFlavor, Dateline, MediaItem
from articles.text.safe_html import sanitize_rich
from tests.growth import assert_work_grows_with_input

MEDIA = (MediaItem("11", "https://a.example/one.jpg", credit="A. B.", alt_text="x"),)


def run(body: str, *, flavor: BodyFlavor = "html", **fields: Any) -> CleanedBody:
    item = ArticleItem(external_id="7", title="The title", media=MEDIA, **fields)
    return clean(body, flavor=flavor, item=item, base_url="https://news.example/")


def blocks(body: str, **fields: Any) -> list[tuple[str, Any]]:
    return [(block["type"], block["value"]) for block in run(body, **fields).blocks]


def rich_texts(value: Any, *, key: str = "") -> list[str]:
    """List the strings that templates print as HTML."""
    if isinstance(value, str):
        return [value] if key == "html" else []
    if isinstance(value, list):
        return [text for child in value for text in rich_texts(child, key=key)]
    if not isinstance(value, dict):
        return []
    kind = value.get("type")
    found = []
    for name, child in value.items():
        is_rich = (kind == "paragraph" and name == "value") or name == "values"
        if kind in {"quote", "fact_box"} and name == "value":
            found.append(child["text"])
        elif kind == "timeline" and name == "value":
            found += [event["text"] for event in child["events"]]
        else:
            found += rich_texts(child, key="html" if is_rich else "")
    return found


def test_paragraphs_and_inline_markup_become_rich_text() -> None:
    assert blocks(
        '<p style="x">A <strong>b</strong> <em>c</em> <a href="/d" target="_blank">d</a></p>'
        "<div>Text in a div<br><br>and again</div><ul><li>1<ol><li>2</li></ol></li></ul>"
    ) == [
        ("paragraph", '<p>A <b>b</b> <i>c</i> <a href="https://news.example/d">d</a></p>'),
        ("paragraph", "<p>Text in a div</p>"),
        ("paragraph", "<p>and again</p>"),
        ("paragraph", "<ul><li>1<ol><li>2</li></ol></li></ul>"),
    ]


def test_headings_begin_at_the_second_level_and_do_not_repeat_the_title() -> None:
    found = blocks("<h1>The Title</h1><h3>One</h3><h4>Two</h4><h6>Three</h6><h1>Four</h1>")
    assert [value for _, value in found] == [
        {"text": "One", "level": "h2"},
        {"text": "Two", "level": "h3"},
        {"text": "Three", "level": "h4"},
        {"text": "Four", "level": "h2"},
    ]


def test_a_figure_keeps_caption_credit_and_the_original() -> None:
    [(kind, value)] = blocks(
        '<figure class="wide"><a href="https://b.example/p.jpg"><img alt="Alt" '
        'src="https://b.example/p-300x200.jpg" srcset="https://b.example/p-600x400.jpg 600w"></a>'
        '<figcaption>A <i>caption</i> <span class="credit">C. D.</span></figcaption></figure>'
    )
    assert kind == "image"
    assert value == {
        **{"image": None, "alt_text": "Alt", "decorative": False, "caption": "A caption"},
        **{"credit": "C. D.", "width": "wide", "source_url": "https://b.example/p.jpg"},
        "media_id": "",
    }


def test_a_picture_in_text_is_matched_with_its_media_item() -> None:
    found = blocks('<p>Before <img class="wp-image-11" src="/one-300x200.jpg"> after</p>')
    assert [kind for kind, _ in found] == ["paragraph", "image", "paragraph"]
    assert found[1][1]["media_id"] == "11"
    assert found[1][1]["source_url"] == "https://a.example/one.jpg"
    assert (found[1][1]["credit"], found[1][1]["alt_text"]) == ("A. B.", "x")


def test_lazy_pictures_are_found_and_pixels_are_not() -> None:
    cleaned = run(
        '<img src="data:image/gif;base64,R0" data-src="/a.jpg"><noscript><img src="/a.jpg">'
        '</noscript><img src="https://pixel.wp.com/g.gif"><img src="/b.gif" width="1" height="1">'
    )
    assert [block["value"]["source_url"] for block in cleaned.blocks] == [
        "https://news.example/a.jpg"
    ]
    assert cleaned.dropped["tracking_pixel"] == 2


def test_several_pictures_in_a_figure_are_a_gallery() -> None:
    [(kind, value)] = blocks(
        '<figure class="wp-block-gallery"><figure><img src="/a.jpg"><figcaption>A</figcaption>'
        '</figure><figure><img src="/b.jpg"></figure><figcaption>All</figcaption></figure>'
    )
    assert (kind, value["title"]) == ("gallery", "All")
    assert [image["caption"] for image in value["images"]] == ["A", ""]
    assert all("width" not in image for image in value["images"])


def test_quotes_have_their_attribution() -> None:
    assert blocks(
        "<blockquote><p>One.</p><p>— A. B., minister</p></blockquote>"
        "<blockquote><p>Two.</p><cite>C. D.</cite></blockquote>"
        '<blockquote class="pull-quote"><p>Three &amp; four.</p><cite>E. F.</cite></blockquote>'
    ) == [
        ("quote", {"text": "<p>One.</p>", "attribution": "A. B., minister"}),
        ("quote", {"text": "<p>Two.</p>", "attribution": "C. D."}),
        ("pull_quote", {"text": "Three & four.", "attribution": "E. F."}),
    ]


def test_embeds_are_told_by_provider_and_unknown_frames_are_links() -> None:
    cleaned = run(
        '<iframe src="https://www.youtube.com/embed/abc?rel=0"></iframe>'
        "<p>https://vimeo.com/123</p><p>https://other.example/x</p>"
        '<blockquote class="twitter-tweet"><p>Words</p><a href="https://twitter.com/a/status/1">d'
        '</a></blockquote><iframe src="https://frames.example/x"></iframe>'
        '<figure class="wp-block-embed"><div>https://youtu.be/xyz</div>'
        "<figcaption>Seen</figcaption></figure>"
    )
    values = [block["value"] for block in cleaned.blocks]
    assert values == [
        {"url": "https://www.youtube.com/watch?v=abc", "caption": ""},
        {"url": "https://vimeo.com/123", "caption": ""},
        '<p><a href="https://other.example/x">https://other.example/x</a></p>',
        {"url": "https://twitter.com/a/status/1", "caption": ""},
        '<p><a href="https://frames.example/x">https://frames.example/x</a></p>',
        {"url": "https://www.youtube.com/watch?v=xyz", "caption": "Seen"},
    ]
    assert [problem.kind for problem in cleaned.problems] == ["unknown_embed"]


def test_tables_have_heads_spans_and_captions() -> None:
    [(kind, value)] = blocks(
        "<table><caption>Cap</caption><tr><th>A</th><th>B</th></tr>"
        '<tr><td colspan="2"><b>1</b></td></tr><tr><td>2</td><td>3<br>4</td></tr></table>'
    )
    assert kind == "table"
    assert value == {
        "columns": [
            {"type": "rich_text", "heading": "A"},
            {"type": "rich_text", "heading": "B"},
        ],
        "rows": [{"values": ["<p><b>1</b></p>", ""]}, {"values": ["<p>2</p>", "<p>3<br>4</p>"]}],
        "caption": "Cap",
    }
    assert blocks("<table><tr><td><p>Layout</p></td></tr></table>") == [
        ("paragraph", "<p>Layout</p>")
    ]


@pytest.mark.parametrize(
    "line",
    [
        '<p>Also Read: <a href="https://news.example/b/">A headline here</a></p>',
        '<p><strong>Read also: <a href="/b/">A headline here</a></strong></p>',
        '<p><em>Also read - </em><a href="/b/">A headline here</a></p>',
        '<p class="also-read">Read more: <a href="/b/">A headline here</a></p>',
    ],
)
def test_also_read_lines_become_blocks(line: str) -> None:
    wanted = {
        **{"article": None, "wanted_headline": "A headline here"},
        "wanted_url": "https://news.example/b/",
    }
    assert blocks(f"<p>Text.</p>{line}")[1] == ("also_read", wanted)


def test_a_sentence_that_begins_alike_is_no_also_read_line() -> None:
    assert blocks("<p>Read more books, he said.</p>")[0][0] == "paragraph"


def test_the_newsroom_s_own_classes_make_their_blocks() -> None:
    assert blocks(
        '<ul class="key-points"><li>One.</li><li>Two.</li></ul>'
        '<aside class="fact-box"><h3>Facts</h3><p>Text</p></aside>'
        '<ol class="timeline" data-title="Days"><li><time>9 March</time> It <b>began</b></li></ol>'
        "<pre>a\n  b</pre><hr><p>* * *</p>"
        '<figure><audio src="/a.mp3"></audio><figcaption>Hear</figcaption></figure>'
    ) == [
        ("key_points", {"points": ["One.", "Two."]}),
        ("fact_box", {"title": "Facts", "text": "<p>Text</p>"}),
        (
            "timeline",
            {"title": "Days", "events": [{"when": "9 March", "text": "<p>It <b>began</b></p>"}]},
        ),
        ("preformatted", {"text": "a\n  b"}),
        ("divider", None),
        ("divider", None),
        (
            "media",
            {
                **{"kind": "audio", "file": None, "source_url": "https://news.example/a.mp3"},
                **{"caption": "Hear", "credit": "", "transcript": ""},
            },
        ),
    ]


def test_the_same_body_gives_the_same_ids() -> None:
    first, second = run("<p>A</p><p>B</p>"), run("<p>A</p><p>C</p>")
    assert [block["id"] for block in first.blocks] == [block["id"] for block in second.blocks]
    assert len({block["id"] for block in first.blocks}) == 2


def test_a_dateline_is_lifted_and_the_field_wins() -> None:
    cleaned = run(
        "<p><strong>GROSSETTO, Italy (AP)</strong> — A trial began.</p>",
        dateline=Dateline(place="Grossetto, Italy"),
    )
    assert cleaned.dateline == Dateline(place="Grossetto, Italy", agency="AP")
    assert cleaned.blocks[0]["value"] == "<p>A trial began.</p>"
    assert not cleaned.problems


def test_classic_text_with_shortcodes_becomes_blocks() -> None:
    cleaned = run(
        'One\n\n[caption id="attachment_11"]<img src="x.jpg"> A caption[/caption]\n\nTwo [sic]',
        flavor="classic",
    )
    assert [block["type"] for block in cleaned.blocks] == ["paragraph", "image", "paragraph"]
    assert cleaned.blocks[1]["value"]["caption"] == "A caption"
    assert cleaned.blocks[2]["value"] == "<p>Two [sic]</p>"
    assert (cleaned.images, cleaned.problems) == (1, [])


HOSTILE = [
    "<script>alert(1)</script><p onclick=alert(1)>x</p>",
    '<a href="java&#115;cript:alert(1)">x</a><a href=" jav\tascript:alert(1)">y</a>',
    '<img src=x onerror=alert(1)><svg onload=alert(1)><a xlink:href="javascript:1">z</a></svg>',
    '<iframe srcdoc="<script>alert(1)</script>" src="javascript:alert(1)"></iframe>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a><object data="x.swf"></object>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></math>",
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><style>@import "x"</style>',
    '<blockquote class="twitter-tweet"><a href="javascript:alert(1)">x</a></blockquote>',
    '[caption caption="<img src=x onerror=alert(1)>"]<img src="javascript:alert(1)">[/caption]',
]


@pytest.mark.parametrize("flavor", ["html", "classic", "blocks", "text"])
@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_input_leaves_no_active_markup(body: str, flavor: BodyFlavor) -> None:
    cleaned = run(body, flavor=flavor)
    for text in rich_texts(cleaned.blocks):
        assert sanitize_rich(text) == text
        assert "<img" not in text
        assert "<script" not in text
    if flavor != "text":
        urls = json.dumps(
            [
                {key: value for key, value in block["value"].items() if key.endswith("url")}
                for block in cleaned.blocks
                if isinstance(block["value"], dict)
            ]
        )
        assert "script:" not in urls
        assert "data:" not in urls


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</i>", "<a href='x'>", "</a>", "<ul><li>", "</ul>", "<table><tr>"),
        *("<td>", "<figure>", "<img src=a.jpg>", "<figcaption>", "</figure>", "<blockquote>"),
        *(
            "<h1>",
            "<h3>",
            "<pre>",
            "<br>",
            "[caption a=b]",
            "[/caption]",
            "[gallery]",
            "<!-- wp:x ",
        ),
        *("<!-- wp:group -->", "-->", "&amp;", "&", "\n\n", " ", "text ", "GENEVA (AP) — ", "<!--"),
        *("https://youtu.be/x", "<iframe src=x>", "<noscript>", "</td></tr></table>", "\u00a0"),
        *(
            "<aside class=fact-box>",
            "<ol class=timeline>",
            "<time>",
            "<ul class=key-points>",
            "<hr>",
        ),
        *(
            "<div class=gallery>",
            "<cite>",
            "<video src=a.mp4>",
            "<details><summary>",
            '"',
            "'",
            "<",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    body=st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)),
    flavor=st.sampled_from(["html", "classic", "blocks", "text"]),
)
def test_nothing_raises_and_the_sanitizer_has_nothing_left_to_do(
    body: str, flavor: BodyFlavor
) -> None:
    cleaned = run(body, flavor=flavor)
    json.dumps(cleaned.blocks)
    for text in rich_texts(cleaned.blocks):
        assert sanitize_rich(text) == text


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "<",
            "&",
            " ",
            "\n",
            "<!-- wp:",
            "<div>",
            "<b>",
            "<p>",
            "<br>",
            "<a href='",
            "&nbsp;",
        ),
        *("<table><tr><td>", "<ul><li>", "<blockquote>", "<figure><img src=a.jpg>", "<script>"),
        *("<li>", "x ", "<img src=a.jpg>", "<noscript><img src=a.jpg></noscript>", "<td>", "</p>"),
    ],
)
@pytest.mark.parametrize("flavor", ["classic", "blocks"])
def test_a_long_run_of_one_thing_takes_no_longer_than_text(piece: str, flavor: BodyFlavor) -> None:
    assert_work_grows_with_input(
        lambda size: run(piece * (size // len(piece)), flavor=flavor), size=80_000
    )


def test_text_in_ten_thousand_nested_elements_is_kept() -> None:
    cleaned = run("<div>" * 10_000 + "Deep" + "</div>" * 10_000 + "<p>After</p>")
    assert [block["value"] for block in cleaned.blocks] == ["<p>Deep</p>", "<p>After</p>"]


def test_lost_words_are_reported_with_the_first_of_them() -> None:
    # What follows an open attribute is no text to any parser.
    cleaned = run('<p>Some words.</p><p title="lost words in a value that looks > like text">x</p>')
    assert cleaned.words_in > cleaned.words_out
    assert [problem.kind for problem in cleaned.problems] == ["words_lost"]
