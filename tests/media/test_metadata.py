import hashlib
import io
import json
import struct
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from articles.media.iim import read_iim
from articles.media.metadata import PhotoMetadata, read_photo_metadata
from articles.media.xmp import DamagedXMP, build_xmp, parse_xmp
from tests.samples import samples_dir

NAMES = [
    "IPTC-PhotometadataRef-Std2017.1.jpg",
    "exiftool-IPTC.jpg",
    "exiftool-PhotoMechanic.jpg",
    "exiftool-XMP.jpg",
    "iptc-agency-photographer-example.jpg",
]
FIELDS = {
    "title": "title",
    "headline": "headline",
    "caption": "caption",
    "credit": "credit_line",
    "source": "source",
    "copyright": "copyright_notice",
    "usage_terms": "usage_terms",
    "web_statement": "web_statement",
    "instructions": "instructions",
    "city": "city",
    "state": "state",
    "country": "country",
    "digital_source_type": "digital_source_type",
}


def dataset(number, value, *, record=2):
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def resource(number, value):
    padding = b"\0" * (len(value) % 2)
    return (
        b"8BIM"
        + struct.pack(">H", number)
        + b"\0\0"
        + struct.pack(">I", len(value))
        + value
        + padding
    )


def picture(*, iim=None, digest=None, xmp=None, exif=None):
    """A small JPEG with the given parts of metadata."""
    out = io.BytesIO()
    options = {"xmp": xmp} if xmp else {}
    if exif:
        options["exif"] = exif
    Image.new("RGB", (8, 8)).save(out, "JPEG", **options)
    data = out.getvalue()
    if iim is not None:
        block = b"Photoshop 3.0\0" + resource(0x0404, iim)
        if digest is not None:
            block += resource(0x0425, digest)
        data = data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]
    return data


@pytest.fixture(scope="module", params=NAMES)
def sample(request):
    folder = samples_dir("photos")
    expected = json.loads((folder / "expected.json").read_text())["files"][request.param]
    return read_photo_metadata((folder / request.param).read_bytes()), expected


def test_sample_fields_are_read_as_expected(sample):
    found, expected = sample
    stated = {key: expected[key] for key in FIELDS if key in expected}
    assert {key: getattr(found, FIELDS[key]) for key in stated} == stated


def test_sample_creators_keywords_and_day_are_read_as_expected(sample):
    found, expected = sample
    assert list(found.creators) == expected["creators"]
    assert len(found.keywords) == expected["keywords_total"]
    assert set(expected["keywords"]) <= set(found.keywords)
    assert f"{found.taken_date:%Y:%m:%d}" == expected["date_created"][:10]
    assert found.problems == ()


def test_sample_with_time_and_zone_gives_an_instant():
    data = (samples_dir("photos") / NAMES[0]).read_bytes()
    assert read_photo_metadata(data).taken_at == datetime(2017, 7, 13, 17, 1, tzinfo=UTC)


def test_xmp_wins_over_iim_and_iim_over_exif():
    exif = Image.Exif()
    exif[270], exif[315] = "from exif", "Exif Artist"
    data = picture(
        xmp=build_xmp({"photoshop:Headline": "from xmp"}),
        iim=dataset(105, b"from iim") + dataset(120, b"caption of iim"),
        exif=exif,
    )
    found = read_photo_metadata(data)
    assert found.headline == "from xmp"
    assert found.caption == "caption of iim"
    assert found.creators == ("Exif Artist",)


@pytest.mark.parametrize(("is_current", "headline"), [(True, "from xmp"), (False, "from iim")])
def test_iim_wins_when_its_digest_shows_a_later_change(is_current, headline):
    iim = dataset(105, b"from iim")
    digest = hashlib.md5(iim if is_current else b"older").digest()
    data = picture(xmp=build_xmp({"photoshop:Headline": "from xmp"}), iim=iim, digest=digest)
    assert read_photo_metadata(data).headline == headline


@pytest.mark.parametrize(
    ("charset", "raw"),
    [
        (None, "Zürich".encode()),
        (None, "Zürich".encode("latin-1")),
        (b"\x1b%G", "Zürich".encode()),
        (b"\x1b.A", "Zürich".encode("latin-1")),
    ],
)
def test_iim_text_is_decoded_by_its_charset_or_utf8_first(charset, raw):
    head = dataset(90, charset, record=1) if charset else b""
    assert read_iim(head + dataset(90, raw)) == {90: ["Zürich"]}


def test_declared_latin1_is_not_taken_for_utf8():
    assert read_iim(dataset(90, b"\x1b.A", record=1) + dataset(5, b"\xc3\xbc")) == {5: ["Ã¼"]}


def test_damaged_iim_gives_what_came_before_the_damage():
    assert read_iim(dataset(5, b"kept") + b"\x1c\x02\x78\xff\xffrest") == {5: ["kept"]}
    assert read_iim(dataset(5, b"kept") + b"\x1c\x02\x78\x00\xffrest") == {5: ["kept"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"])
def test_xmp_is_read_in_every_encoding_of_the_standard(encoding):
    packet = build_xmp({"photoshop:City": "Zürich"}).decode().encode(encoding)
    assert parse_xmp(packet).get_text("photoshop:City") == "Zürich"


def test_xmp_properties_written_as_attributes_and_structures_are_read():
    packet = b"""<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF
      xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
      xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'
      xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
      xmlns:dc='http://purl.org/dc/elements/1.1/'>
      <rdf:Description photoshop:Credit='Agency'>
       <dc:description><rdf:Alt><rdf:li xml:lang='de'>Deutsch</rdf:li>
         <rdf:li xml:lang='x-default'>Default</rdf:li></rdf:Alt></dc:description>
       <ext:LocationCreated><rdf:Bag><rdf:li rdf:parseType='Resource'>
         <ext:City>Beijing</ext:City><ext:CountryName>China</ext:CountryName>
       </rdf:li></rdf:Bag></ext:LocationCreated>
      </rdf:Description></rdf:RDF></x:xmpmeta>"""
    found = read_photo_metadata(picture(xmp=packet))
    assert (found.credit_line, found.caption) == ("Agency", "Default")
    assert (found.city, found.country) == ("Beijing", "China")
    assert read_photo_metadata(picture(xmp=packet), language="de").caption == "Deutsch"


def test_xmp_with_a_document_type_is_refused_and_reported(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    packet = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode() + build_xmp(
        {"photoshop:City": "CITY"}
    ).replace(b"CITY", b"&e;")
    with pytest.raises(DamagedXMP, match="document type"):
        parse_xmp(packet)
    found = read_photo_metadata(picture(xmp=packet))
    assert found.city == ""
    assert "document type" in found.problems[0]


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_gives_no_metadata_and_a_problem(data):
    found = read_photo_metadata(data)
    assert found.problems
    assert PhotoMetadata(problems=found.problems) == found


def test_every_truncation_of_a_sample_is_survived():
    data = (samples_dir("photos") / "exiftool-XMP.jpg").read_bytes()
    for end in range(0, len(data), 97):
        read_photo_metadata(data[:end])


def test_time_without_zone_needs_the_callers_zone():
    data = picture(iim=dataset(55, b"20240309") + dataset(60, b"120000"))
    found = read_photo_metadata(data)
    assert (found.taken_date, found.taken_at) == (date(2024, 3, 9), None)
    found = read_photo_metadata(data, timezone=ZoneInfo("Asia/Shanghai"))
    assert found.taken_at == datetime(2024, 3, 9, 4, tzinfo=UTC)


@pytest.mark.parametrize("raw", [b"20240000", b"00000000", b"20241399", b"yesterday"])
def test_absurd_date_is_no_date(raw):
    assert read_photo_metadata(picture(iim=dataset(55, raw))).taken_date is None


def test_credit_is_creator_and_source_without_a_credit_line():
    assert PhotoMetadata(creators=("A", "B"), source="Agency").credit == "A, B / Agency"
    assert PhotoMetadata(creators=("A",), credit_line="Line").credit == "Line"


def test_control_characters_are_removed_from_texts():
    assert read_photo_metadata(picture(iim=dataset(105, b"a\x1b[2Jb\0"))).headline == "a[2Jb"
