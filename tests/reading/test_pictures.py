import pytest

from articles.media.models import NewsRendition
from articles.reading.pictures import load_pictures, load_pictures_for
from tests.factories.images import make_image, make_renditions

pytestmark = pytest.mark.django_db


def test_picture_offers_the_formats_in_order_and_falls_back_to_jpeg():
    image = make_image(description="Cranes", caption="The port.", credit="Chen Yao / TDI")
    make_renditions(image, slot="card")
    picture = load_pictures([image.pk], slot="card")[image.pk]
    assert [source.type for source in picture.sources] == ["image/avif", "image/webp", "image/jpeg"]
    assert picture.sources[0].srcset.startswith(f"/media/images/{image.pk}-480x320.avif 480w, ")
    assert picture.src == f"/media/images/{image.pk}-480x320.jpeg"
    assert (picture.width, picture.height) == (480, 320)
    assert (picture.alt, picture.caption, picture.credit) == (
        "Cranes",
        "The port.",
        "Chen Yao / TDI",
    )


def test_no_rendition_is_made():
    image = make_image()
    assert load_pictures([image.pk], slot="lead") == {}
    assert NewsRendition.objects.count() == 0


def test_renditions_of_another_slot_stand_in():
    image = make_image()
    make_renditions(image, slot="thumb")
    picture = load_pictures([image.pk], slot="card")[image.pk]
    assert (picture.width, picture.height) == (240, 160)


def test_cut_around_the_newer_focal_point_is_shown():
    image = make_image()
    for key in ("old", "new"):
        NewsRendition.objects.create(
            image=image,
            filter_spec="fill-480x320|format-jpeg",
            focal_point_key=key,
            file=f"images/{key}.jpg",
            width=480,
            height=320,
        )
    assert load_pictures([image.pk], slot="card")[image.pk].src == "/media/images/new.jpg"


@pytest.mark.parametrize("count", [3, 30])
def test_pictures_of_all_slots_take_one_query(count, django_assert_num_queries):
    wanted = []
    for _ in range(count):
        image = make_image()
        make_renditions(image, slot="lead")
        make_renditions(image, slot="portrait")
        wanted += [(image.pk, "lead"), (image.pk, "portrait")]
    with django_assert_num_queries(1):
        assert len(load_pictures_for(wanted)) == 2 * count
    with django_assert_num_queries(0):
        load_pictures_for([])
