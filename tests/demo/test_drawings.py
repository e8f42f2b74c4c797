"""The demo's pictures: named, repeatable, varied, and of the size the site expects."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageStat

from articles.demo.drawings.draw import DRAWINGS, draw


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_is_a_full_size_jpeg_with_something_on_it(name):
    image = Image.open(io.BytesIO(draw(name, seed="a-story")))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 1067))
    # A plain ground, gradient and grain included, stays far below this spread.
    assert max(ImageStat.Stat(image).stddev) > 20


@pytest.mark.parametrize("name", DRAWINGS)
def test_same_seed_repeats_the_picture_and_another_seed_changes_it(name):
    first = draw(name, seed="one")

    assert draw(name, seed="one") == first
    assert draw(name, seed="two") != first


def test_pictures_stay_light_enough_for_a_quick_upload():
    heaviest = max(len(draw(name, seed="weight")) for name in DRAWINGS)

    assert heaviest < 700_000


def test_unknown_drawing_is_refused():
    with pytest.raises(KeyError):
        draw("dragon", seed="any")
