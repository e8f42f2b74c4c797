"""What happens to a picture that is uploaded at the desk."""

import io
import zlib

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.media.models import NewsImage
from tests.factories.pictures import make_image, picture_bytes
from tests.samples import samples_dir

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    user = get_user_model().objects.create_superuser("ed", "ed@example.org", "x")
    client = Client()
    client.force_login(user)
    return client


def upload(client, data, *, name="photo.jpg", **fields):
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    form = {"title": "photo", "file": file, "collection": 1, "tags": "", **fields}
    return client.post(reverse("wagtailimages:add"), form)


def described(**texts):
    out = io.BytesIO()
    properties = "".join(
        f"<{name}><rdf:Alt><rdf:li xml:lang='x-default'>{text}</rdf:li></rdf:Alt></{name}>"
        if name in {"dc:description", "dc:rights"}
        else f"<{name}>{text}</{name}>"
        for name, text in texts.items()
    )
    packet = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' "
        f"xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>{properties}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    Image.new("RGB", (300, 200)).save(out, "JPEG", xmp=packet.encode())
    return out.getvalue()


PRESS = {
    "dc:description": "Cranes at dusk.",
    "dc:rights": "© TDI",
    "photoshop:Credit": "Chen Yao / TDI",
    "photoshop:Headline": "The port",
}


def test_empty_fields_are_filled_from_the_file(client):
    response = upload(client, described(**PRESS))

    assert response.status_code == 302
    image = NewsImage.objects.get()
    assert (image.caption, image.credit) == ("Cranes at dusk.", "Chen Yao / TDI")
    assert image.copyright_notice == "© TDI"
    # Only the file's name until then.
    assert image.title == "The port"
    assert image.file_hash


def test_what_the_editor_wrote_stays(client):
    upload(client, described(**PRESS), title="Hamburg", caption="Cranes.", credit="dpa")

    image = NewsImage.objects.get()
    assert (image.title, image.caption, image.credit) == ("Hamburg", "Cranes.", "dpa")


def test_what_the_editor_emptied_later_stays_empty(client):
    upload(client, described(**PRESS))
    image = NewsImage.objects.get()
    image.caption = ""
    image.save()

    image.refresh_from_db()
    assert image.caption == ""


def test_the_upload_of_many_shows_what_was_filled(client):
    file = SimpleUploadedFile("photo.jpg", described(**PRESS), content_type="image/jpeg")

    response = client.post(
        reverse("wagtailimages:add_multiple"), {"title": "photo", "files[]": file, "collection": 1}
    )

    assert "Cranes at dusk." in response.json()["form"]


def test_every_field_of_the_reference_photo_goes_where_it_belongs(client):
    path = samples_dir("photos") / "IPTC-PhotometadataRef-Std2017.1.jpg"

    upload(client, path.read_bytes())

    image = NewsImage.objects.get()
    assert image.caption.startswith("The description aka caption")
    assert image.creator.startswith("Creator1")
    assert image.credit.startswith("Credit Line")
    assert image.copyright_notice.startswith("Copyright (Notice)")
    assert image.usage_terms.startswith("Rights Usage")


def test_long_texts_are_cut_at_a_word(client):
    upload(client, described(**{"photoshop:Credit": "word " * 80}))

    assert NewsImage.objects.get().credit.endswith("word…")


def test_a_picture_taken_upright_has_the_size_that_is_seen():
    exif = Image.Exif()
    exif[0x0112] = 6

    image = make_image(data=picture_bytes(size=(90, 60), exif=exif))

    image = NewsImage.objects.get(pk=image.pk)
    assert (image.width, image.height) == (60, 90)


def png_of(width, height):
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind, body):
        crc = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (picture_bytes(size=(900, 600))[:2000], "torn.jpg", "damaged or incomplete"),
        (png_of(9000, 9000), "huge.png", "too many pixels"),
        (png_of(60000, 60000), "bomb.png", "too many pixels"),
        (picture_bytes(form="PNG"), "renamed.jpg", "does not match"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "Not a supported"),
        (b"no picture", "text.jpg", "corrupted"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 26_300_000, "fat.jpg", "too big"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_once_with_the_reason(client, data, name, reason):
    response = upload(client, data, name=name)

    assert response.status_code == 200
    assert reason in str(response.context["form"].errors)
    assert not NewsImage.objects.exists()


def test_the_desk_shows_thumbnails_of_pictures(client):
    make_image(title="Port")

    response = client.get(reverse("wagtailimages:index"))

    assert response.status_code == 200
    thumbnail = NewsImage.objects.get().renditions.get(filter_spec="max-165x165")
    assert thumbnail.url in response.text
    assert (thumbnail.width, thumbnail.height) == (165, 110)


def test_no_address_leads_readers_to_the_original(client):
    image = make_image()

    for address in (image.file.url, f"/media/{image.file.name}", f"/originals/{image.file.name}"):
        assert Client().get(address).status_code in {302, 404}
    assert client.get(image.file.url).status_code == 200
