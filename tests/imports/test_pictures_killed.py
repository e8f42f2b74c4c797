"""A media stage that dies at any moment and is called again ends like one that lived."""

import pytest
from django.core.files.storage import storages
from wagtail.models import ReferenceIndex

from articles.imports import in_place
from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.pictures import bring, stage, store
from articles.imports.pictures.stage import fetch_media
from articles.imports.progress import Silent
from articles.imports.report import Lines, Report
from articles.media.models import NewsImage
from articles.pages.article import ArticlePage
from tests.factories.imports import (
    gallery,
    image,
    imported_article,
    imported_media,
    make_run,
    without_file,
)
from tests.factories.pictures import picture_bytes

pytestmark = pytest.mark.django_db

UPLOADS = "https://news.example/wp-content/uploads"


class Killed(BaseException):
    """Nothing catches it, as nothing catches signal 9."""


@pytest.fixture
def folder(tmp_path):
    for number in range(8):
        data = picture_bytes(size=(90, 60), color=(number * 30, 9, 9))
        (tmp_path / f"{number}.jpg").write_bytes(data)
    (tmp_path / "twin.jpg").write_bytes((tmp_path / "0.jpg").read_bytes())
    return tmp_path


@pytest.fixture
def archive(section, monkeypatch):
    """Twelve articles with pictures that are here, missing, shared, or twins of another."""
    monkeypatch.setattr("articles.media.tasks._enqueue", lambda *args, **kwargs: None)
    monkeypatch.setattr(stage, "PAGES", 3)
    monkeypatch.setattr(bring, "COMMIT_FILES", 2)
    run = make_run()
    report = Report()
    for number in range(12):
        names = [f"{number % 8}", f"{number * 5 % 8}", "gone", "twin"]
        urls = [f"{UPLOADS}/{name}.jpg" for name in names]
        imported_article(
            run,
            parent=section,
            body=[image(urls[0]), gallery(*urls[1:3])],
            lead_source_url=urls[3],
            external_id=f"post-{number}",
        )
    for number in range(8):
        imported_media(run, url=f"{UPLOADS}/{number}.jpg", title=f"Picture {number}")
    without_file(report, 8)
    run.state["report"] = report.snapshot()
    run.save()
    return run


def call(run, folder, lines):
    run = ImportRun.objects.get(pk=run.pk)
    report = Report(Lines(lines))
    report.restore(run.state["report"])
    fetch_media(
        run,
        options=ImportOptions(media=str(folder)),
        report=report,
        progress=Silent(),
        stop=lambda: False,
    )
    return report


def outcome(report):
    """What is left, without ids and moments."""
    digests = dict(NewsImage.objects.values_list("pk", "file_hash"))
    bodies = []
    for page in ArticlePage.objects.order_by("pk"):
        for version in (page, page.get_latest_revision_as_object()):
            figure, pictures = version.body.raw_data
            places = [figure["value"], *(item["value"] for item in pictures["value"]["images"])]
            bodies.append([digests.get(value["image"], value["source_url"]) for value in places])
            bodies.append(digests.get(version.lead_image_id))
    records = ImportedRecord.objects.order_by("kind", "external_id")
    return {
        "bodies": bodies,
        "images": sorted(digests.values()),
        "files": sorted(_stored_files()),
        "records": [
            (one.kind, one.external_id, digests.get(one.object_id or 0), one.data.get("outcome"))
            for one in records
        ],
        "references": ReferenceIndex.objects.filter(content_path__startswith="body").count(),
        "media": report.media,
        "items": report.items,
        "problems": sorted(line["detail"] for line in report.iter_problems()),
    }


def _stored_files():
    storage = storages["originals"]
    for first in storage.listdir("original_images")[0]:
        for name in storage.listdir(f"original_images/{first}")[1]:
            path = f"original_images/{first}/{name}"
            if NewsImage.objects.filter(file=path).exists():
                yield name


def killing(monkeypatch, owner, name, *, after):
    """Have a function die when it has been called so many times."""
    real, calls = getattr(owner, name), iter(range(1000))

    def dying(*args, **kwargs):
        if next(calls) == after:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, dying)


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (store, "_write_file", 0),
        (store, "_write_file", 5),
        (bring, "save_state", 0),
        (bring, "save_state", 3),
        (bring, "save_state", 6),
        (stage, "save_state", 1),
        (stage, "place_files", 2),
        (in_place, "_update_references", 0),
        (stage, "_serve_library", 0),
        (stage, "_tell_what_is_missing", 0),
    ],
)
def test_a_killed_run_ends_like_one_that_lived(
    archive, folder, tmp_path_factory, monkeypatch, owner, name, after
):
    lines = tmp_path_factory.mktemp("lines")
    with monkeypatch.context() as patch:
        killing(patch, owner, name, after=after)
        with pytest.raises(Killed):
            call(archive, folder, lines / "killed")

    report = call(archive, folder, lines / "killed")

    found = outcome(report)
    assert found["media"] == {"fetched": 8, "reused": 1, "failed": 1, "refused": 0}
    assert found["items"]["created"] == 8
    assert len(found["problems"]) == 2
    assert len(found["images"]) == len(set(found["images"])) == len(found["files"]) == 8
    assert found["references"] == 12 * 2
    gone = [place for body in found["bodies"][::2] for place in body if "gone" in place]
    assert len(gone) == 24
    assert all(found["bodies"][1::2])
    assert call(archive, folder, lines / "killed").media == found["media"]
