"""The media stage, with a folder of files."""

import json
from io import BytesIO

import pytest
from PIL import Image
from wagtail.models import Page, ReferenceIndex, Revision

from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.pictures.stage import fetch_media
from articles.imports.progress import Silent
from articles.imports.report import Report
from articles.imports.stages import PICTURE_WITHOUT_FILE
from articles.media.models import NewsDocument, NewsImage
from articles.pages.article import ArticlePage
from articles.pages.signals import articles_written
from tests.factories.imports import (
    gallery,
    image,
    imported_article,
    imported_media,
    imported_page,
    make_run,
    paragraph,
    without_file,
)
from tests.factories.pictures import make_image, picture_bytes

pytestmark = pytest.mark.django_db

UPLOADS = "https://news.example/wp-content/uploads"


@pytest.fixture(autouse=True)
def _no_renditions(monkeypatch):
    """Renditions are asked for, and that is tested; making them would take long."""
    monkeypatch.setattr("articles.media.tasks._enqueue", lambda *args, **kwargs: None)


@pytest.fixture
def folder(tmp_path):
    """Write files by their names below uploads; returns the folder's path."""

    def write(**files):
        for name, data in files.items():
            path = tmp_path / name.replace("__", "/").replace("_jpg", ".jpg")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return tmp_path

    return write


def run_stage(run, path, *, report=None, stop=lambda: False, **options):
    report = report or Report()
    fetch_media(
        run,
        options=ImportOptions(media=str(path), **options),
        report=report,
        progress=Silent(),
        stop=stop,
    )
    return report


def kinds(report):
    return [problem["kind"] for problem in report.iter_problems()]


def body_of(page):
    return list(page.body.raw_data)


def colored(*colors):
    return [picture_bytes(size=(90, 60), color=color) for color in colors]


def test_pictures_get_their_places_in_the_row_and_in_the_version(folder, section):
    run = make_run()
    body = [
        paragraph("<p>Text.</p>"),
        image(f"{UPLOADS}/a.jpg", caption="A crane."),
        gallery(f"{UPLOADS}/b.jpg", f"{UPLOADS}/c.jpg"),
    ]
    article, record = imported_article(
        run, parent=section, body=body, lead_source_url=f"{UPLOADS}/d.jpg"
    )
    a, b, c, d = colored((1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4))

    report = run_stage(run, folder(a_jpg=a, b_jpg=b, c_jpg=c, d_jpg=d))

    article = ArticlePage.objects.get(pk=article.pk)
    version = article.get_latest_revision()
    draft = version.as_object()
    ids = {image.source_url.rpartition("/")[2]: image.pk for image in NewsImage.objects.all()}
    for page in (article, draft):
        _, figure, pictures = body_of(page)
        assert figure["value"]["image"] == ids["a.jpg"]
        assert figure["value"]["source_url"] == ""
        assert figure["value"]["caption"] == "A crane."
        placed = [item["value"]["image"] for item in pictures["value"]["images"]]
        assert placed == [ids["b.jpg"], ids["c.jpg"]]
        assert page.lead_image_id == ids["d.jpg"]
        assert page.lead_source_url == ""
    assert report.media == {"fetched": 4, "reused": 0, "failed": 0, "refused": 0}
    assert report.created_by_type["images"] == 4
    assert kinds(report) == []
    # It does not count as edited here, and waits for nothing.
    record.refresh_from_db()
    assert record.revision_id == article.latest_revision_id == version.pk
    assert record.data["pending_media"] is False
    assert Revision.page_revisions.filter(object_id=str(article.pk)).count() == 1


def test_the_reference_index_is_as_wagtail_would_write_it(folder, section):
    run = make_run()
    target, _ = imported_article(run, parent=section, body=[])
    link = f'<p><a linktype="page" id="{target.pk}">x</a></p>'
    body = [paragraph(link), image(f"{UPLOADS}/a.jpg"), gallery(f"{UPLOADS}/a.jpg")]
    article, _ = imported_article(
        run, parent=section, body=body, lead_source_url=f"{UPLOADS}/a.jpg"
    )

    run_stage(run, folder(a_jpg=picture_bytes()))

    fields = ("to_content_type", "to_object_id", "model_path", "content_path", "content_type")

    def references():
        found = ReferenceIndex.get_references_for_object(article)
        return set(found.values_list(*fields, "content_path_hash"))

    ours = references()
    ReferenceIndex.create_or_update_for_object(ArticlePage.objects.get(pk=article.pk))
    assert ours == references()
    assert ReferenceIndex.get_references_to(NewsImage.objects.get()).count() == 3


def test_a_picture_is_stored_as_an_upload_would_be(folder, section):
    run = make_run()
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])

    run_stage(run, folder(a_jpg=picture_bytes(size=(90, 60))))

    found = NewsImage.objects.get()
    assert (found.width, found.height) == (90, 60)
    assert found.file_size == len(picture_bytes(size=(90, 60)))
    digest = found.file_hash
    found._set_file_hash()
    assert found.file_hash == digest
    assert found.source_url == f"{UPLOADS}/a.jpg"
    assert NewsImage.objects.search("a").get_queryset().count() <= 1
    assert found.get_rendition("max-165x165").width == 90
    # Wagtail's own save leaves the same references.
    ours = ReferenceIndex.get_references_for_object(found).count()
    ReferenceIndex.create_or_update_for_object(found)
    assert ReferenceIndex.get_references_for_object(found).count() == ours


def test_what_the_source_says_of_a_picture_goes_before_what_the_file_says(folder, section):
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "Caption in the file.", "Artist in the file"
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    run = make_run()
    report = Report()
    imported_media(
        run,
        url=f"{UPLOADS}/a.jpg",
        external_id="17",
        title="The port",
        caption="Caption of the source.",
        alt_text="Cranes",
    )
    without_file(report, 1)
    block = image(f"{UPLOADS}/a.jpg")
    imported_article(
        run, parent=section, body=[block], data={"blocks": {block["id"]: {"media_id": "17"}}}
    )

    run_stage(run, folder(a_jpg=out.getvalue()), report=report)

    found = NewsImage.objects.get()
    assert (found.title, found.caption) == ("The port", "Caption of the source.")
    assert (found.description, found.creator) == ("Cranes", "Artist in the file")
    record = ImportedRecord.objects.get(kind="media")
    assert (record.object_id, record.data["model"]) == (found.pk, "image")
    assert (report.items["created"], report.items["skipped"]) == (1, 0)
    assert report.skipped_by_reason[PICTURE_WITHOUT_FILE] == 0


def test_the_same_content_is_stored_once(folder, section):
    run = make_run()
    first, _ = imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])
    second, _ = imported_article(run, parent=section, body=[image(f"{UPLOADS}/b.jpg")])
    same = picture_bytes()

    report = run_stage(run, folder(a_jpg=same, b_jpg=same))

    assert (report.media["fetched"], report.media["reused"]) == (1, 1)
    ids = {
        body_of(ArticlePage.objects.get(pk=page.pk))[0]["value"]["image"]
        for page in (first, second)
    }
    assert ids == {NewsImage.objects.get().pk}


def test_a_picture_that_the_desk_has_already_is_used(folder, section):
    there = make_image(data=picture_bytes())
    there.get_file_hash()
    run = make_run()
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])

    report = run_stage(run, folder(a_jpg=picture_bytes()))

    assert report.media["reused"] == 1
    assert NewsImage.objects.count() == 1


def test_sizes_of_one_picture_are_the_original(folder, section):
    run = make_run()
    urls = [f"{UPLOADS}/port-300x200.jpg", f"{UPLOADS}/port-1024x683.jpg", f"{UPLOADS}/port.jpg"]
    imported_article(run, parent=section, body=[image(url) for url in urls])
    large, small = picture_bytes(size=(900, 600)), picture_bytes(size=(300, 200))

    report = run_stage(run, folder(**{"port_jpg": large, "port-300x200_jpg": small}))

    assert NewsImage.objects.get().width == 900
    assert report.media["fetched"] == 1


def test_without_the_original_the_copy_that_is_there_serves(folder, section):
    run = make_run()
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/port-300x200.jpg")])

    report = run_stage(run, folder(**{"port-300x200_jpg": picture_bytes(size=(300, 200))}))

    assert NewsImage.objects.get().width == 300
    assert (report.media["fetched"], report.media["failed"]) == (1, 0)


def test_what_is_missing_is_told_and_the_place_keeps_its_address(folder, section):
    run = make_run()
    article, record = imported_article(
        run,
        parent=section,
        body=[image(f"{UPLOADS}/gone.jpg"), image(f"{UPLOADS}/a.jpg")],
        external_id="post-9",
        lead_source_url=f"{UPLOADS}/drawing.svg",
    )
    path = folder(a_jpg=picture_bytes())
    (path / "drawing.svg").write_bytes(b"<svg xmlns='x'/>")

    report = run_stage(run, path)

    article = ArticlePage.objects.get(pk=article.pk)
    gone, there = body_of(article)
    assert (gone["value"]["image"], gone["value"]["source_url"]) == (None, f"{UPLOADS}/gone.jpg")
    assert there["value"]["image"]
    assert article.lead_source_url
    assert report.media == {"fetched": 1, "reused": 0, "failed": 1, "refused": 1}
    told = {problem["kind"]: problem for problem in report.iter_problems()}
    assert "gone.jpg: it is not in the folder" in told["media_failed"]["detail"]
    assert "SVG" in told["media_refused"]["detail"]
    assert told["media_failed"]["item"] == "post-9"
    assert told["media_missing"]["detail"].startswith("2 pictures")
    record.refresh_from_db()
    assert record.data["pending_media"] is True


def test_a_later_run_brings_what_was_missing_and_nothing_else(folder, section):
    first = make_run()
    article, record = imported_article(
        first, parent=section, body=[image(f"{UPLOADS}/a.jpg"), image(f"{UPLOADS}/b.jpg")]
    )
    a, b = colored((1, 1, 1), (2, 2, 2))
    run_stage(first, folder(a_jpg=a))

    report = run_stage(make_run(), folder(b_jpg=b))

    assert report.media == {"fetched": 1, "reused": 0, "failed": 0, "refused": 0}
    article = ArticlePage.objects.get(pk=article.pk)
    assert all(block["value"]["image"] for block in body_of(article))
    record.refresh_from_db()
    assert record.revision_id == article.latest_revision_id
    assert run_stage(make_run(), folder()).media["fetched"] == 0


def test_the_stage_does_nothing_when_addresses_are_to_be_kept_only(section):
    run = make_run()
    _, record = imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])

    report = run_stage(run, "skip")

    assert sum(report.media.values()) == 0
    record.refresh_from_db()
    assert record.data["pending_media"] is True


def test_the_library_of_the_source_comes_too(folder, section):
    run = make_run()
    report = Report()
    imported_media(run, url=f"{UPLOADS}/unused.jpg", title="Unused")
    imported_media(run, url=f"{UPLOADS}/paper.pdf", title="Paper")
    without_file(report, 2)
    path = folder(unused_jpg=picture_bytes())
    (path / "paper.pdf").write_bytes(b"%PDF-1.7 text")

    run_stage(run, path, report=report)

    assert NewsImage.objects.get().title == "Unused"
    document = NewsDocument.objects.get()
    assert (document.title, document.filename[-4:]) == ("Paper", ".pdf")
    assert report.items["created"] == 2
    assert report.created_by_type["images"] == 1


def test_sound_and_film_become_documents(folder, section):
    run = make_run()
    value = {"kind": "audio", "file": None, "source_url": f"{UPLOADS}/talk.mp3", "caption": ""}
    body = [{"type": "media", "value": value, "id": "m1"}]
    page, _ = imported_page(run, parent=section.get_parent(), body=body)
    path = folder()
    (path / "talk.mp3").write_bytes(b"ID3\x04 sound")

    report = run_stage(run, path)

    page.refresh_from_db()
    assert body_of(page)[0]["value"]["file"] == NewsDocument.objects.get().pk
    assert report.media["fetched"] == 1
    assert ReferenceIndex.get_references_to(NewsDocument.objects.get()).count() == 1


def test_a_file_of_the_wrong_kind_is_told_and_its_place_waits(folder, section):
    run = make_run()
    value = {"kind": "video", "file": None, "source_url": f"{UPLOADS}/film.jpg", "caption": ""}
    body = [{"type": "media", "value": value, "id": "m1"}, image(f"{UPLOADS}/talk.mp3")]
    article, _ = imported_article(run, parent=section, body=body)
    path = folder(film_jpg=picture_bytes())
    (path / "talk.mp3").write_bytes(b"ID3\x04 sound")

    report = run_stage(run, path)

    assert kinds(report) == ["media_wrong_kind", "media_wrong_kind"]
    film, picture = body_of(ArticlePage.objects.get(pk=article.pk))
    assert film["value"]["file"] is picture["value"]["image"] is None


def test_an_edited_article_gets_its_pictures_and_keeps_its_text(folder, section):
    run = make_run()
    article, record = imported_article(
        run, parent=section, body=[paragraph("<p>Old.</p>"), image(f"{UPLOADS}/a.jpg")]
    )
    article = ArticlePage.objects.get(pk=article.pk)
    body = json.loads(json.dumps(body_of(article)))
    body[0]["value"] = "<p>New.</p>"
    article.body = json.dumps(body)
    edited = article.save_revision()

    run_stage(run, folder(a_jpg=picture_bytes()))

    article = ArticlePage.objects.get(pk=article.pk)
    draft = article.get_latest_revision_as_object()
    assert article.latest_revision_id == edited.pk
    assert body_of(draft)[0]["value"] == "<p>New.</p>"
    assert body_of(article)[0]["value"] == "<p>Old.</p>"
    assert body_of(draft)[1]["value"]["image"] == body_of(article)[1]["value"]["image"] != None  # noqa: E711
    record.refresh_from_db()
    # Still edited here, and looked at again: someone may have had it open.
    assert record.revision_id != edited.pk
    assert record.data["pending_media"] is True


def test_a_page_that_was_deleted_here_is_passed_over(folder, section):
    run = make_run()
    article, record = imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])
    Page.objects.get(pk=article.pk).delete()

    report = run_stage(run, folder(a_jpg=picture_bytes()))

    assert report.media["fetched"] == 0
    record.refresh_from_db()
    assert record.data["pending_media"] is False


def test_a_picture_that_was_deleted_here_is_brought_again_for_a_new_article(folder, section):
    run = make_run()
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])
    path = folder(a_jpg=picture_bytes())
    run_stage(run, path)
    NewsImage.objects.all().delete()
    later = make_run()
    imported_article(later, parent=section, body=[image(f"{UPLOADS}/a.jpg")])

    assert run_stage(later, path).media["fetched"] == 1


def test_one_item_alone_is_served(folder, section):
    run = make_run()
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")], external_id="1")
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/b.jpg")], external_id="2")
    a, b = colored((1, 1, 1), (2, 2, 2))

    report = run_stage(run, folder(a_jpg=a, b_jpg=b), only="2")

    assert report.media["fetched"] == 1
    assert NewsImage.objects.get().source_url.endswith("b.jpg")


def test_renditions_are_asked_for_by_their_use(folder, section, monkeypatch):
    asked = {}
    monkeypatch.setattr(
        "articles.imports.pictures.place.enqueue_for_images",
        lambda ids, *, slots: asked.update({slots: list(ids)}),
    )
    run = make_run()
    imported_article(
        run,
        parent=section,
        body=[image(f"{UPLOADS}/a.jpg")],
        lead_source_url=f"{UPLOADS}/b.jpg",
    )
    a, b = colored((1, 1, 1), (2, 2, 2))

    run_stage(run, folder(a_jpg=a, b_jpg=b))

    ids = {image.source_url.rpartition("/")[2]: image.pk for image in NewsImage.objects.all()}
    assert set(asked[("card", "lead", "thumb")]) == {ids["b.jpg"]}
    assert set(asked[("inline",)]) == {ids["a.jpg"]}


def test_articles_that_changed_are_told_to_the_rooms_above(folder, section):
    seen = []

    def note(sender, article_ids, **kwargs):
        seen.extend(article_ids)

    run = make_run()
    article, _ = imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])
    imported_article(run, parent=section, body=[image(f"{UPLOADS}/gone.jpg")])
    articles_written.connect(note)
    try:
        run_stage(run, folder(a_jpg=picture_bytes()))
    finally:
        articles_written.disconnect(note)

    assert seen == [article.pk]


def test_queries_do_not_grow_with_the_pages_of_a_batch(
    folder, section, django_assert_max_num_queries
):
    path = folder(a_jpg=picture_bytes())
    counts = []
    for number in (1, 3, 30):
        run = make_run(source=f"site{number}.example")
        for _ in range(number):
            imported_article(run, parent=section, body=[image(f"{UPLOADS}/a.jpg")])
        with django_assert_max_num_queries(60) as queries:
            run_stage(run, path)
        counts.append(len(queries))

    assert counts[1] == counts[2]
