import io
import struct

import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from articles.media.containers import DamagedPicture
from articles.media.metadata import read_photo_metadata
from articles.media.rendition_bytes import (
    UnknownFormat,
    clean_rendition_bytes,
    strip_private_metadata,
)
from articles.media.xmp import build_xmp
from tests.samples import samples_dir

TEXTS = {
    "creator": "Zoë Ünal",
    "credit": "Zoë Ünal / TDI",
    "copyright_notice": "© 2024 TDI & Söhne",
}
PRIVATE = [b"SERIAL-4711", b"OWNER-NAME", b"PHONE-555", b"COMMENT-1", b"MakerNoteX"]
FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
MACHINE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def draw(mode="RGB", size=(61, 47)):
    image = Image.effect_mandelbrot(size, (-3, -2.5, 2, 2.5), 50).convert("RGB")
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(size))
    return image


def private_exif(*, orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "OWNER-NAME"
    ifd = exif.get_ifd(0x8769)
    ifd[0xA431] = "SERIAL-4711"
    ifd[0x927C] = b"MakerNoteX"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 31.0, 0.0)
    return exif


def encode(image, form, *, orientation=1, **options):
    out = io.BytesIO()
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "COMMENT-1")
        info.add_itxt("XML:com.adobe.xmp", build_xmp({"photoshop:Credit": "PHONE-555"}).decode())
        options["pnginfo"] = info
    else:
        options["xmp"] = build_xmp({"photoshop:Credit": "PHONE-555"})
    if form == "JPEG":
        options["comment"] = "COMMENT-1"
    image.save(out, form, exif=private_exif(orientation=orientation).tobytes(), **options)
    return out.getvalue()


def open_image(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def same_pixels(one, two):
    one, two = open_image(one), open_image(two)
    assert (one.size, one.mode) == (two.size, two.mode)
    bands = zip(one.split(), two.split(), strict=True)
    return all(ImageChops.difference(a, b).getbbox() is None for a, b in bands)


@pytest.mark.parametrize("form", FORMATS)
def test_private_data_goes_and_the_pixels_stay(form):
    data = encode(draw(), form)
    assert b"SERIAL-4711" in data
    assert b"PHONE-555" in data

    clean = clean_rendition_bytes(data, **TEXTS)

    assert [mark for mark in PRIVATE if mark in clean] == []
    exif = open_image(clean).getexif()
    assert dict(exif.get_ifd(0x8825)) == {}
    assert set(exif) == {0x013B, 0x8298}
    assert same_pixels(data, clean)


@pytest.mark.parametrize("form", FORMATS)
def test_credit_and_copyright_are_read_back(form):
    clean = clean_rendition_bytes(encode(draw(), form), **TEXTS, digital_source_type=MACHINE)
    found = read_photo_metadata(clean)

    assert found.creators == (TEXTS["creator"],)
    assert found.credit_line == TEXTS["credit"]
    assert found.copyright_notice == TEXTS["copyright_notice"]
    assert found.digital_source_type == MACHINE
    exif = open_image(clean).getexif()
    assert exif[0x8298].encode("latin-1").decode() == TEXTS["copyright_notice"]


@pytest.mark.parametrize("form", FORMATS)
def test_file_without_metadata_gets_credit(form):
    out = io.BytesIO()
    draw().save(out, form)
    clean = clean_rendition_bytes(out.getvalue(), **TEXTS)

    assert read_photo_metadata(clean).credit == TEXTS["credit"]
    assert same_pixels(out.getvalue(), clean)


@pytest.mark.parametrize("form", FORMATS)
def test_stripping_leaves_no_metadata(form):
    data = encode(draw(), form)
    clean = strip_private_metadata(data)

    assert len(open_image(clean).getexif()) == 0
    assert "xmp" not in open_image(clean).info
    assert read_photo_metadata(clean).creators == ()
    assert same_pixels(data, clean)


@pytest.mark.parametrize("form", FORMATS)
def test_second_cleaning_says_the_same(form):
    once = clean_rendition_bytes(encode(draw(), form), **TEXTS)
    twice = clean_rendition_bytes(once, **TEXTS)
    assert read_photo_metadata(twice) == read_photo_metadata(once)
    assert same_pixels(once, twice)
    if form != "AVIF":  # there the bytes of old items are blanked, not cut out
        assert twice == once


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_transparency_stays(form):
    data = encode(draw("RGBA"), form)
    assert same_pixels(data, clean_rendition_bytes(data, **TEXTS))
    assert open_image(data).mode == "RGBA"


@pytest.mark.parametrize("form", FORMATS)
def test_color_profile_stays(form):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    clean = clean_rendition_bytes(encode(draw(), form, icc_profile=profile), **TEXTS)
    assert open_image(clean).info["icc_profile"] == profile


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_orientation_stays(form):
    data = encode(draw(), form, orientation=6)
    for clean in (strip_private_metadata(data), clean_rendition_bytes(data, **TEXTS)):
        assert open_image(clean).getexif()[0x0112] == 6


def test_orientation_of_avif_stays_in_its_box():
    data = encode(draw(), "AVIF", orientation=6)
    assert (open_image(data).size, b"irot" in data) == ((61, 47), True)
    clean = strip_private_metadata(data)
    assert b"irot" in clean
    assert same_pixels(data, clean)


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50}, {"alpha_quality": 40}])
def test_every_kind_of_simple_webp_gets_its_header(options):
    for mode in ("RGB", "RGBA"):
        out = io.BytesIO()
        draw(mode).save(out, "WEBP", **options)
        clean = clean_rendition_bytes(out.getvalue(), **TEXTS)
        assert same_pixels(out.getvalue(), clean)
        assert read_photo_metadata(clean).credit == TEXTS["credit"]


def test_animated_webp_keeps_its_frames():
    out = io.BytesIO()
    draw().save(
        out,
        "WEBP",
        save_all=True,
        append_images=[draw().rotate(90)],
        duration=100,
        exif=private_exif().tobytes(),
    )
    clean = clean_rendition_bytes(out.getvalue(), **TEXTS)
    assert open_image(clean).n_frames == 2
    assert b"SERIAL-4711" not in clean


def test_animated_gif_keeps_its_frames_and_loop_but_no_comment():
    out = io.BytesIO()
    first, second = draw().quantize(), draw().rotate(90).quantize()
    first.save(
        out, "GIF", save_all=True, append_images=[second], loop=0, duration=80, comment="COMMENT-1"
    )
    data = out.getvalue()
    assert b"COMMENT-1" in data

    clean = clean_rendition_bytes(data, **TEXTS)

    assert b"COMMENT-1" not in clean
    assert same_pixels(data, clean)
    image = open_image(clean)
    assert (image.n_frames, image.info["loop"], image.info["duration"]) == (2, 0, 80)
    image.seek(1)
    assert TEXTS["credit"].encode() in clean
    assert clean_rendition_bytes(clean, **TEXTS) == clean
    for end in range(20, len(data) - 1, 61):
        with pytest.raises(DamagedPicture):
            clean_rendition_bytes(data[:end], **TEXTS)


def test_progressive_jpeg_with_trailing_picture_loses_the_trailer():
    data = encode(draw(), "JPEG", progressive=True)
    clean = clean_rendition_bytes(data + encode(draw(), "JPEG"), **TEXTS)
    assert same_pixels(data, clean)
    assert clean.count(b"\xff\xd8\xff") == 1
    assert b"SERIAL-4711" not in clean


@pytest.mark.parametrize(
    "name", ["iptc-agency-photographer-example.jpg", "exiftool-XMP.jpg", "exiftool-IPTC.jpg"]
)
def test_sample_loses_position_device_and_contact_but_keeps_its_pixels(name):
    data = (samples_dir("photos") / name).read_bytes()
    clean = clean_rendition_bytes(data, creator="Julie Doe")

    assert same_pixels(data, clean)
    exif = open_image(clean).getexif()
    assert set(exif) == {0x013B}
    for mark in (b"NIKON", b"FUJIFILM", b"Photoshop", b"tel", b"Mugwum"):
        assert mark not in clean
    found = read_photo_metadata(clean)
    assert (found.creators, found.caption) == (("Julie Doe",), "")


@pytest.mark.parametrize("data", [b"", b"BM" + b"\0" * 50, b"<svg/>", b"RIFF0000WAVE"])
def test_other_format_is_refused(data):
    with pytest.raises(UnknownFormat):
        clean_rendition_bytes(data)


@pytest.mark.parametrize("form", FORMATS)
def test_every_truncation_is_damage_and_never_another_error(form):
    data = encode(draw(), form)
    for end in range(40, len(data) - 1, 61):
        try:
            clean = clean_rendition_bytes(data[:end], **TEXTS)
        except DamagedPicture:
            continue
        assert b"SERIAL-4711" not in clean


def test_avif_sequence_is_refused():
    out = io.BytesIO()
    draw().save(out, "AVIF", save_all=True, append_images=[draw().rotate(90)])
    with pytest.raises(DamagedPicture, match="still"):
        clean_rendition_bytes(out.getvalue())


def test_unknown_box_of_avif_is_blanked():
    data = encode(draw(), "AVIF")
    box = b"uuid" + b"\xbe" * 16 + b"PHONE-555-2"
    data += struct.pack(">I", len(box) + 4) + box
    clean = clean_rendition_bytes(data, **TEXTS)
    assert b"PHONE-555" not in clean
    assert same_pixels(data, clean)


def test_oversized_box_is_damage():
    out = io.BytesIO()
    draw().save(out, "AVIF")
    data = out.getvalue()
    at = data.index(b"meta") - 4
    with pytest.raises(DamagedPicture):
        clean_rendition_bytes(data[:at] + struct.pack(">I", 1 << 30) + data[at + 4 :])


def test_long_text_fits_into_jpeg():
    clean = clean_rendition_bytes(encode(draw(), "JPEG"), credit="é&" * 100_000)
    assert read_photo_metadata(clean).credit_line.startswith("é&é&")
