"""Media from a folder: found by the path, and never from outside of it."""

import io

import pytest

from articles.imports.pictures.folder import Folder
from articles.imports.pictures.sources import NotHad

URL = "https://news.example/wp-content/uploads/2024/03/port.jpg"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "secret.txt").write_bytes(b"secret")
    folder = tmp_path / "uploads"
    (folder / "2024/03").mkdir(parents=True)
    (folder / "2024/03/port.jpg").write_bytes(b"picture")
    return folder


def get(folder, url):
    into = io.BytesIO()
    folder.get(url, into=into)
    return into.getvalue()


def test_a_copy_of_uploads_serves_by_the_path_below_it(root):
    assert get(Folder(root, max_bytes=100), URL) == b"picture"


def test_a_copy_of_the_whole_site_serves_too(tmp_path):
    place = tmp_path / "wp-content/uploads/2024/03"
    place.mkdir(parents=True)
    (place / "port.jpg").write_bytes(b"picture")

    assert get(Folder(tmp_path, max_bytes=100), URL) == b"picture"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "2024/../../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "/etc/passwd",
        "2024/03",
        "2024/03/port.jpg%00.png",
        "x" * 5000,
    ],
)
def test_nothing_outside_of_the_folder_is_read(root, path):
    with pytest.raises(NotHad) as caught:
        get(Folder(root, max_bytes=100), f"https://news.example/wp-content/uploads/{path}")

    assert (caught.value.outcome, caught.value.is_final) == ("failed", False)


def test_links_that_lead_out_are_not_followed_and_those_within_are(root):
    (root / "out.jpg").symlink_to(root.parent / "secret.txt")
    (root / "circle.jpg").symlink_to(root / "circle.jpg")
    (root / "in.jpg").symlink_to(root / "2024/03/port.jpg")
    folder = Folder(root, max_bytes=100)

    for name in ("out.jpg", "circle.jpg"):
        with pytest.raises(NotHad):
            get(folder, f"https://news.example/wp-content/uploads/{name}")
    assert get(folder, "https://news.example/wp-content/uploads/in.jpg") == b"picture"


def test_a_file_over_the_limit_is_refused(root):
    with pytest.raises(NotHad, match="7 bytes, the limit is 6") as caught:
        get(Folder(root, max_bytes=6), URL)

    assert caught.value.outcome == "refused"


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(NotADirectoryError, match="--media takes a folder"):
        Folder(tmp_path / "nothing", max_bytes=1)
