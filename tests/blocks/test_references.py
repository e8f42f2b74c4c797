import json

import pytest
from wagtail.models import Page

from articles.blocks.pictures import iter_files, iter_pictures, picture_ids
from articles.blocks.references import iter_references
from articles.media.models import NewsDocument
from articles.pages.article import ArticlePage
from tests.factories.pictures import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(make_article):
    """A body with a reference in every kind of block that can hold one."""
    page, document = make_article(), NewsDocument.objects.create(title="x", file="documents/x.pdf")
    first, second = make_image(), make_image()
    link = f'<p><a linktype="page" id="{page.pk}">x</a> and '
    link += f'<a linktype="document" id="{document.pk}">y</a></p>'
    event = {"when": "1999", "text": link}
    table = {"columns": [{"type": "rich_text", "heading": "A"}] * 2, "caption": ""}
    table["rows"] = [{"values": ["<p>x</p>", link]}, {"values": [link, ""]}]
    pictures = [{"image": first.pk}, {"image": None, "source_url": "https://x.example/a.jpg"}]
    values = [
        ("paragraph", link),
        ("quote", {"text": link, "attribution": ""}),
        ("fact_box", {"title": "x", "text": link}),
        ("timeline", {"title": "", "events": [item(event, "e1"), item(event, "e2")]}),
        ("image", {"image": second.pk, "width": "column"}),
        (
            "gallery",
            {"title": "", "images": [item(one, f"g{n}") for n, one in enumerate(pictures)]},
        ),
        ("media", {"kind": "audio", "file": document.pk}),
        ("also_read", {"article": page.pk, "wanted_headline": ""}),
        ("also_read", {"article": None, "wanted_headline": "Not here"}),
        ("table", table),
        ("divider", None),
        ("key_points", {"points": [item("x", "k1")]}),
    ]
    return [
        {"type": kind, "value": value, "id": f"b{number}"}
        for number, (kind, value) in enumerate(values)
    ]


def item(value, pk):
    return {"type": "item", "value": value, "id": pk}


def test_references_are_those_that_wagtail_finds(rich, django_assert_num_queries):
    stream = ArticlePage._meta.get_field("body").stream_block

    with django_assert_num_queries(0):
        found = list(iter_references(stream, rich))

    value = stream.to_python(rich)
    assert found == list(stream.extract_references(value))
    assert {model for model, *_ in found} >= {Page, NewsDocument}
    assert len(found) > 15


def test_pictures_and_files_are_found_in_order_and_may_be_changed(rich):
    ids = [value.get("image") for value in iter_pictures(rich)]
    assert picture_ids(rich) == [pk for pk in ids if pk]
    assert len(ids) == 3
    assert [value["kind"] for value in iter_files(rich)] == ["audio"]

    for value in iter_pictures(rich):
        value["image"] = 7

    assert json.dumps(rich).count('"image": 7') == 3
