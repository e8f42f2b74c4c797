import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from articles.media.metadata import read_photo_metadata
from articles.media.models import NewsImage
from tests.media.test_rendition_bytes import draw, encode

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["jpeg", "webp", "avif", "png"])
def test_rendition_holds_credit_and_neither_position_nor_device(form):
    data = encode(draw(size=(400, 300)), "JPEG")
    image = NewsImage.objects.create(
        title="Test",
        file=ImageFile(io.BytesIO(data), name="test.jpg"),
        creator="Zoë Ünal",
        credit="Zoë Ünal / TDI",
        copyright_notice="© TDI",
    )

    with image.get_rendition(f"width-200|format-{form}").file.open() as file:
        rendition = file.read()

    assert Image.open(io.BytesIO(rendition)).size == (200, 150)
    assert b"SERIAL-4711" not in rendition
    found = read_photo_metadata(rendition)
    assert (found.creator, found.credit_line) == ("Zoë Ünal", "Zoë Ünal / TDI")
    assert found.copyright_notice == "© TDI"
