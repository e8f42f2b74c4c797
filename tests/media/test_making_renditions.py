import io
import logging

import pytest
from django.core.cache import cache
from PIL import Image

from articles.media import tasks
from articles.media.models import NewsImage, NewsRendition
from articles.media.originals import UnreadablePicture
from articles.media.renditions import make_renditions
from articles.media.tasks import enqueue_for_images, remake_cuts
from tests.factories.pictures import make_image, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_broken_pictures():
    cache.clear()


@pytest.fixture
def asked(monkeypatch):
    """The arguments of the tasks that were enqueued; none is run."""
    calls = []
    monkeypatch.setattr(tasks, "_enqueue", lambda ids, **kwargs: calls.append((ids, kwargs)))
    return calls


def read(rendition):
    with rendition.file.open() as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def make_broken_image(data, **fields):
    """Store a picture whose file was damaged since."""
    image = make_image(**fields)
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(data)
    return image


def specs_of(image):
    return set(image.renditions.values_list("filter_spec", flat=True))


def test_a_slot_is_made_in_all_formats_and_a_second_time_nothing_is():
    image = make_image(size=(700, 500))

    assert make_renditions(image, slots=["card"]) == 12
    assert make_renditions(image, slots=["card"]) == 0

    sizes = {
        spec: (width, height)
        for spec, width, height in image.renditions.values_list("filter_spec", "width", "height")
    }
    assert sizes["fill-480x320|format-avif"] == (480, 320)
    # As large as the picture is, not 800.
    assert sizes["fill-800x533|format-webp"][0] == 700


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "I;16"), ("GIF", "P"), ("JPEG", "CMYK")]
)
def test_unusual_colors_become_colors_that_browsers_show(form, mode):
    out = io.BytesIO()
    Image.new(mode, (300, 200)).save(out, form)
    image = make_image(data=out.getvalue(), name=f"test.{form.lower()}")

    make_renditions(image, slots=["thumb"])

    for rendition in image.renditions.all():
        with rendition.file.open() as file:
            assert Image.open(io.BytesIO(file.read())).mode in {"RGB", "RGBA"}


def test_a_turned_picture_is_shown_upright_in_the_text():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = make_image(data=picture_bytes(size=(900, 600), exif=exif))

    make_renditions(image, slots=["inline"], formats=["jpeg"])

    made = image.renditions.get(filter_spec="width-320|format-jpeg")
    assert (made.width, made.height) == (320, 480)
    # The red left quarter stands on top now.
    assert read(made).getpixel((160, 20))[0] > 180
    assert read(made).getpixel((160, 460))[0] < 90


def test_a_png_that_says_only_in_the_end_that_it_is_turned_is_shown_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    head = picture_bytes(size=(900, 500), form="PNG")
    turned = picture_bytes(size=(900, 500), form="PNG", exif=exif)
    start = turned.index(b"eXIf") - 4
    chunk = turned[start : start + 12 + int.from_bytes(turned[start : start + 4], "big")]
    image = make_image(data=head[:-12] + chunk + head[-12:], name="late.png")

    make_renditions(image, slots=["inline"], formats=["jpeg"])

    made = image.renditions.get(filter_spec="width-320|format-jpeg")
    assert (made.width, made.height) == (320, 576)


def test_cuts_keep_the_focal_point():
    image = make_image(
        size=(1000, 200),
        focal_point_x=60,
        focal_point_y=100,
        focal_point_width=80,
        focal_point_height=80,
    )

    make_renditions(image, slots=["portrait"], formats=["jpeg"])

    made = image.renditions.get(filter_spec="fill-128x128|format-jpeg")
    assert read(made).getpixel((10, 64))[0] > 180


def test_moving_the_focal_point_replaces_the_cuts():
    image = make_image(size=(900, 300))
    make_renditions(image, slots=["card", "inline"], formats=["jpeg"])
    before = set(image.renditions.values_list("pk", flat=True))
    specs = specs_of(image)
    NewsImage.objects.filter(pk=image.pk).update(
        focal_point_x=50, focal_point_y=50, focal_point_width=20, focal_point_height=20
    )

    remake_cuts.call(image_id=image.pk)

    after = image.renditions.filter(filter_spec__endswith="jpeg")
    assert set(after.values_list("filter_spec", flat=True)) == specs
    kept = before & set(after.values_list("pk", flat=True))
    assert {rendition.filter_spec[:5] for rendition in after.filter(pk__in=kept)} == {"width"}


def test_number_of_queries_depends_on_the_renditions_made_only(django_assert_num_queries):
    image = make_image(size=(300, 200))
    make_renditions(image, slots=["thumb"], formats=["jpeg"])
    with django_assert_num_queries(1):
        make_renditions(image, slots=["thumb"], formats=["jpeg"])
    # A savepoint, its end, and the row.
    with django_assert_num_queries(1 + 3 * 3):
        make_renditions(image, slots=["thumb"], formats=["webp"])


@pytest.mark.parametrize(
    "data",
    [picture_bytes(size=(900, 600), quality=95)[:2000], picture_bytes()[:100], b"", b"<svg/>"],
)
def test_a_truncated_picture_is_refused_with_the_reason(data):
    image = make_broken_image(data)

    with pytest.raises(UnreadablePicture, match=r"incomplete|no picture"):
        make_renditions(image, slots=["card"])

    assert not NewsRendition.objects.exists()


def test_a_broken_picture_is_reported_once_and_the_others_are_made(caplog):
    broken, sound = make_broken_image(picture_bytes()[:400], title="Torn"), make_image()

    with caplog.at_level(logging.ERROR):
        enqueue_for_images([broken.pk, sound.pk], slots=["thumb"])
        assert enqueue_for_images([broken.pk], slots=["thumb"]) == 0

    assert len([record for record in caplog.records if "Torn" in record.message]) == 1
    assert "Replace its file" in caplog.text
    assert specs_of(sound) >= {"fill-120x80|format-avif", "fill-120x80|format-jpeg"}


def test_a_missing_original_is_reported_like_a_broken_one(caplog):
    image = make_image()
    image.file.storage.delete(image.file.name)

    with caplog.at_level(logging.ERROR):
        enqueue_for_images([image.pk])

    assert "cannot be opened" in caplog.text


def test_pictures_are_asked_for_in_their_order_and_served_ones_not_again(asked):
    images = [make_image() for _ in range(7)]
    make_renditions(images[3], slots=["card", "lead", "thumb"], formats=["jpeg"])
    ids = [image.pk for image in reversed(images)]

    assert enqueue_for_images(ids) == 6

    expected = [pk for pk in ids if pk != images[3].pk]
    assert [pk for chunk, _ in asked for pk in chunk] == expected
    assert all(len(chunk) <= tasks.TASK_BATCH for chunk, _ in asked)


def test_queries_to_find_what_is_missing_do_not_grow_with_the_pictures(
    asked, django_assert_num_queries
):
    for count in (3, 30):
        ids = [make_image().pk for _ in range(count)]
        with django_assert_num_queries(2):
            enqueue_for_images(ids)


def test_stages_run_in_the_order_of_haste(monkeypatch):
    seen = []
    enqueue = tasks._enqueue

    def note(ids, **kwargs):
        seen.append(kwargs["stage"])
        enqueue(ids, **kwargs)

    monkeypatch.setattr(tasks, "_enqueue", note)

    enqueue_for_images([make_image().pk], slots=["thumb"])

    assert seen == [0, 1, 2]


def test_uploads_go_before_the_backlog_of_an_import_in_every_stage():
    for urgent, bulk in zip(tasks.URGENT, tasks.BULK, strict=True):
        assert urgent > bulk
    assert tasks.BULK[0] > tasks.URGENT[2]
