from dataclasses import dataclass

import pytest
from wagtail.images.models import Filter

from articles.media.sizes import (
    FORMATS,
    SLOTS,
    Size,
    fitting_sizes,
    list_sizes,
    list_specs,
    pick_renditions,
    read_spec,
    slots_of,
)


@dataclass
class Made:
    filter_spec: str


def specs(slot, *, width, height, form="jpeg"):
    sizes = fitting_sizes(slot, width=width, height=height, formats=(form,))
    return [size.spec for size in sizes]


@pytest.mark.parametrize("slot", SLOTS)
def test_every_size_is_a_filter_of_wagtails_that_leads_back_to_its_slot(slot):
    for size in list_sizes(slot):
        assert Filter(size.spec).operations
        assert read_spec(size.spec) == size
        assert slot in slots_of(size.spec)


def test_every_filter_names_its_format_and_no_quality():
    for spec in list_specs(SLOTS):
        assert spec.rpartition("|format-")[2] in FORMATS
        assert "quality" not in spec


def test_filters_of_the_desk_belong_to_no_slot():
    for spec in ["max-165x165", "width-640", "fill-480x320", "fill-480x320|format-png", ""]:
        assert read_spec(spec) is None
        assert slots_of(spec) == ()


def test_the_fallback_width_comes_first():
    assert list_sizes("lead", formats=("jpeg",))[0].width == 640
    assert list_sizes("card", formats=("jpeg",))[0].width == 480


def test_cards_share_their_renditions_with_leads():
    assert set(list_sizes("card")) < set(list_sizes("lead"))


def test_a_large_picture_gets_every_width():
    assert fitting_sizes("lead", width=4000, height=2667) == list(list_sizes("lead"))


def test_a_small_picture_gets_no_larger_copies_but_one_as_large_as_itself():
    assert specs("lead", width=500, height=400) == [
        "fill-320x213|format-jpeg",
        "fill-480x320|format-jpeg",
        "fill-640x427|format-jpeg",
    ]
    assert specs("inline", width=50, height=70) == ["width-320|format-jpeg"]


def test_a_tall_picture_is_as_wide_as_its_cut():
    # 2000 wide at 3:2 would be 1333 high, and there are 400.
    assert specs("card", width=2000, height=400) == [
        "fill-480x320|format-jpeg",
        "fill-320x213|format-jpeg",
        "fill-640x427|format-jpeg",
    ]


def test_a_picture_of_exactly_a_width_gets_no_second_copy_of_itself():
    assert Size(800, 533, "jpeg") not in fitting_sizes("card", width=640, height=480)


def test_a_3_to_2_picture_needs_no_copies_of_its_own_for_the_text():
    assert specs("inline", width=1600, height=1067) == specs("lead", width=1600, height=1067)
    assert specs("inline", width=1600, height=1200)[0] == "width-640|format-jpeg"


def test_picking_orders_formats_as_browsers_try_them():
    made = [Made(size.spec) for size in reversed(list_sizes("card"))]

    picked = pick_renditions("card", made)

    assert list(picked) == ["avif", "webp", "jpeg"]
    assert picked["avif"][0].filter_spec == "fill-480x320|format-avif"
    assert len(picked["jpeg"]) == 4


def test_picking_leaves_out_a_format_that_is_not_complete():
    made = [Made(size.spec) for size in list_sizes("card", formats=("jpeg", "webp"))]
    made.append(Made("fill-320x213|format-avif"))

    assert list(pick_renditions("card", made)) == ["webp", "jpeg"]


def test_picking_shows_the_leads_cut_while_the_text_has_no_copy_of_its_own():
    made = [Made(size.spec) for size in list_sizes("lead", formats=("jpeg",))]

    assert pick_renditions("inline", made)["jpeg"][0].filter_spec == "fill-640x427|format-jpeg"


def test_picking_from_nothing_is_empty():
    assert pick_renditions("lead", [Made("max-165x165")]) == {}
