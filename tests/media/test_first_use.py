"""Sizes are made in the background: on arrival, on first use, on change."""

import json

import pytest

from articles.media.models import NewsImage, NewsRendition
from articles.navigation.models import NewsroomSettings
from articles.people.models import Author
from tests.factories.pictures import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block whose background work is done when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def specs_of(image):
    return set(image.renditions.values_list("filter_spec", flat=True))


def body_with(*images):
    return json.dumps(
        [
            {"type": "paragraph", "value": "<p>Text.</p>"},
            {"type": "image", "value": {"image": images[0].pk}},
            {
                "type": "gallery",
                "value": {
                    "title": "",
                    "images": [
                        {"type": "item", "value": {"image": image.pk}} for image in images[1:]
                    ],
                },
            },
        ]
    )


def test_an_upload_gets_its_main_sizes_in_the_background(commit):
    with commit():
        image = make_image()
        assert not NewsRendition.objects.exists()

    assert {"fill-480x320|format-jpeg", "fill-240x160|format-avif"} <= specs_of(image)
    assert not any(spec.startswith("width-") for spec in specs_of(image))


def test_a_saved_article_brings_the_sizes_of_its_pictures(commit, make_article):
    lead, first, second = (make_image(size=(500, 400)) for _ in range(3))

    with commit():
        make_article(lead_image=lead, body=body_with(first, second))

    assert {"fill-1200x630|format-jpeg", "fill-480x320|format-webp"} <= specs_of(lead)
    for image in (first, second):
        assert "width-480|format-avif" in specs_of(image)
        assert "fill-480x320|format-jpeg" not in specs_of(image)


def test_a_draft_brings_the_sizes_that_its_preview_shows(commit, make_article):
    article = make_article()
    image = make_image(size=(500, 400))
    article.body = body_with(image)

    with commit():
        article.save_revision()

    assert "width-320|format-jpeg" in specs_of(image)


def test_saving_an_article_again_makes_nothing(commit, make_article, monkeypatch):
    image = make_image(size=(500, 400))
    with commit():
        article = make_article(lead_image=image, body=body_with(image))
    before = set(NewsRendition.objects.values_list("pk", flat=True))
    monkeypatch.setattr("articles.media.tasks._enqueue", pytest.fail)

    with commit():
        article.save_revision().publish()

    assert set(NewsRendition.objects.values_list("pk", flat=True)) == before


def test_portraits_and_logos_are_made_when_they_are_chosen(commit, home):
    image = make_image(size=(500, 500))

    with commit():
        Author.objects.create(name="Lin", slug="lin", portrait=image)
        outlet = NewsroomSettings.for_site(home.sites_rooted_here.get())
        outlet.logo = image
        outlet.save()

    assert {"fill-128x128|format-webp", "width-320|format-webp"} <= specs_of(image)
    # A logo has no other format: what is transparent in it stays so.
    assert "width-320|format-jpeg" not in specs_of(image)


def test_a_moved_focal_point_cuts_the_picture_anew(commit):
    with commit():
        image = make_image(size=(900, 300))
    old = dict(image.renditions.values_list("filter_spec", "pk"))
    image = NewsImage.objects.get(pk=image.pk)
    image.focal_point_x, image.focal_point_y = 60, 60
    image.focal_point_width = image.focal_point_height = 40

    with commit():
        image.save()

    new = dict(image.renditions.values_list("filter_spec", "pk"))
    assert set(new) == set(old)
    assert not set(new.values()) & set(old.values())


def test_a_picture_in_no_new_use_is_not_asked_for(commit, monkeypatch):
    with commit():
        image = make_image()
    monkeypatch.setattr("articles.media.tasks._enqueue", pytest.fail)

    with commit():
        image.get_file_hash()
        NewsImage.objects.get(pk=image.pk).save()
