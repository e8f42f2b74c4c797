"""What may come in is decided by content, never by name or by what a server says."""

import io
import zipfile

import pytest
from PIL import Image

from articles.imports.pictures.examine import examine
from articles.imports.pictures.sources import NotHad
from tests.factories.pictures import picture_bytes
from tests.media.test_upload import png_of
from tests.samples import samples_dir

PICTURES = {"jpg", "jpeg", "png", "gif", "webp", "avif"}
DOCUMENTS = {"pdf", "mp3", "mp4", "ogg", "webm", "docx", "txt", "csv"}


def look(data, name="x.jpg"):
    return examine(io.BytesIO(data), name=name, pictures=PICTURES, documents=DOCUMENTS)


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "extension"),
    [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif")],
)
def test_pictures_are_known_by_content_whatever_their_name(form, extension):
    found = look(picture_bytes(size=(90, 60), form=form), name="x.exe")

    assert (found.model, found.extension) == ("image", extension)
    assert (found.width, found.height) == (90, 60)
    assert len(found.digest) == 40


@pytest.mark.parametrize(
    ("data", "name", "extension"),
    [
        (b"%PDF-1.7 ...", "x", "pdf"),
        (b"ID3\x04 ...", "x", "mp3"),
        (b"\xff\xfb\x90\x00 ...", "a.mp3", "mp3"),
        (b"OggS ...", "x", "ogg"),
        (b"\0\0\0\x20ftypisom....", "x", "mp4"),
        (b"\x1a\x45\xdf\xa3...webm", "x", "webm"),
        (zipped("[Content_Types].xml", "word/document.xml"), "x", "docx"),
        (b"a,b\n1,2\n", "list.csv", "csv"),
    ],
)
def test_other_files_are_known_by_content_too(data, name, extension):
    found = look(data, name=name)

    assert (found.model, found.extension, found.size) == ("document", extension, len(data))


@pytest.mark.parametrize(
    ("data", "outcome", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "refused", "SVG"),
        (b"<?xml version='1.0'?>\n<!-- x --><svg/>", "refused", "SVG"),
        (b"<!DOCTYPE html><p>Not found", "failed", "web page"),
        (b"", "failed", "empty"),
        (b"MZ\x90\0", "refused", "not taken in"),
        (b"plain text", "refused", "not taken in"),
        (zipped("a.txt"), "refused", "zip files"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "refused", "zip files"),
        (b"PK\x03\x04 broken", "refused", "zip files"),
        (b"\0\0\0\x18ftypheic....", "refused", "HEIC"),
        (b"\0\0\0\x18ftypqt  ....", "refused", "mov files"),
        (picture_bytes(form="BMP"), "refused", "BMP"),
        (png_of(9000, 9000), "refused", "pixels"),
        (png_of(60000, 60000), "refused", "pixels"),
        (picture_bytes(size=(900, 600))[:3000], "failed", "incomplete"),
        (picture_bytes(size=(900, 600), form="PNG")[:300], "failed", "incomplete"),
        (b"\xff\xd8\xff\xe0", "failed", "can be read"),
        (b"\xff", "refused", "not taken in"),
    ],
)
def test_what_may_not_or_cannot_come_in_is_told_with_the_reason(data, outcome, reason):
    with pytest.raises(NotHad, match=reason) as caught:
        look(data, name="x.mp3")

    assert caught.value.outcome == outcome
    assert caught.value.is_final


def test_a_drawing_in_the_clothes_of_a_text_is_not_taken_in():
    with pytest.raises(NotHad):
        look(b"<html><script>alert(1)</script>", name="x.txt")


def test_a_picture_with_a_program_behind_it_is_a_picture_that_is_encoded_again():
    data = picture_bytes(size=(90, 60)) + b"<script>alert(1)</script>"

    assert look(data).model == "image"


def test_colors_of_print_and_sixteen_bits_come_in():
    for mode, form in (("CMYK", "JPEG"), ("I;16", "PNG"), ("LA", "PNG")):
        out = io.BytesIO()
        Image.new(mode, (30, 20)).save(out, form)
        assert look(out.getvalue()).model == "image"


def test_every_sample_photo_comes_in():
    for path in samples_dir("photos").glob("*.jpg"):
        assert look(path.read_bytes()).extension == "jpg"
