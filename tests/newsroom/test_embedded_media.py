import pytest

from newsroom.embedded_media import requested_span


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "x.avif").write_bytes(b"0123456789")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return "/media/images/x.avif"


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_files_are_served_for_good_and_revalidated(client, picture):
    response = client.get(picture)
    assert body(response) == b"0123456789"
    assert response["Content-Type"] == "image/avif"
    assert "immutable" in response["Cache-Control"]
    again = client.get(picture, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("value", "expected"),
    [("bytes=2-4", b"234"), ("bytes=7-", b"789"), ("bytes=-2", b"89"), ("bytes=8-99", b"89")],
)
def test_a_range_is_answered_with_that_part(client, picture, value, expected):
    response = client.get(picture, headers={"range": value})
    assert (response.status_code, response.content) == (206, expected)


def test_a_range_beyond_the_end_is_refused(client, picture):
    assert client.get(picture, headers={"range": "bytes=50-"}).status_code == 416


def test_ranges_that_are_not_understood_give_the_whole():
    for value in ("", "bytes=", "bytes=a-b", "items=1-2", "bytes=0-1,3-4"):
        assert requested_span(value, size=10) is None


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "images", "none.jpg"])
def test_nothing_outside_the_folder_is_served(client, picture, path):
    assert client.get(f"/media/{path}").status_code == 404
