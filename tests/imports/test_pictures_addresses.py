"""From an address in a text to the original, and to its copy in a folder."""

import pytest

from articles.imports.pictures.addresses import (
    address_key,
    files_hosts,
    host_of,
    list_candidates,
    list_paths,
)

SITE = "https://news.example/wp-content/uploads/2024/03"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/port.jpg", [f"{SITE}/port.jpg"]),
        (f"{SITE}/port-300x200.jpg", [f"{SITE}/port.jpg", f"{SITE}/port-300x200.jpg"]),
        (f"{SITE}/port-scaled.jpg", [f"{SITE}/port.jpg", f"{SITE}/port-scaled.jpg"]),
        (
            # Cut by an editor: the cut in full size first.
            f"{SITE}/port-e1577836800-300x200.jpg",
            [
                f"{SITE}/port-e1577836800.jpg",
                f"{SITE}/port.jpg",
                f"{SITE}/port-e1577836800-300x200.jpg",
            ],
        ),
        (
            "https://i0.wp.com/news.example/wp-content/uploads/a-1024x683.jpg?resize=300%2C200&ssl=1",
            [
                "https://news.example/wp-content/uploads/a.jpg",
                "https://news.example/wp-content/uploads/a-1024x683.jpg",
                "https://i0.wp.com/news.example/wp-content/uploads/a-1024x683.jpg"
                "?resize=300%2C200&ssl=1",
            ],
        ),
        (
            f"{SITE}/port.jpg?w=640&h=400",
            [f"{SITE}/port.jpg", f"{SITE}/port.jpg?w=640&h=400"],
        ),
        (f"{SITE}/port.jpg#top", [f"{SITE}/port.jpg"]),
        # What only looks like it.
        ("https://news.example/show?image=7&w=300", None),
        (f"{SITE}/apollo-11.jpg", [f"{SITE}/apollo-11.jpg"]),
        (f"{SITE}/area-e51.jpg", [f"{SITE}/area-e51.jpg"]),
    ],
)
def test_the_original_is_tried_first_and_the_given_address_last(url, expected):
    found = list_candidates(url)

    assert found[-1] == url.partition("#")[0]
    assert found == (expected or ["https://news.example/show?image=7", url])


@pytest.mark.parametrize(
    "other",
    [
        "http://www.news.example/a%20b/%C3%BC.jpg",
        "https://NEWS.example/a b/ü.jpg#x",
        "https://news.example/a%20b/%c3%bc.jpg",
    ],
)
def test_spellings_of_one_address_have_one_key(other):
    assert address_key(other) == address_key("https://news.example/a%20b/ü.jpg")


def test_different_addresses_have_different_keys():
    keys = {
        address_key(f"https://news.example{path}")
        for path in ["/a.jpg", "/A.jpg", "/a.jpg?v=2", "/a.jpg/", "/b%2Fa.jpg"]
    }

    assert len(keys) == 5


@pytest.mark.parametrize("url", ["", "no address", "https://[broken/x.jpg", "//", "data:,x"])
def test_what_is_no_address_has_no_host(url):
    assert host_of(url) in {"", "broken"}


def test_a_folder_is_searched_by_the_path_below_uploads_first():
    paths = list_paths("https://news.example/blog/wp-content/uploads/sites/2/2024/03/a%20b.jpg?x=1")

    assert paths[0] == "2024/03/a b.jpg"
    assert "blog/wp-content/uploads/sites/2/2024/03/a b.jpg" in paths
    assert "wp-content/uploads/sites/2/2024/03/a b.jpg" in paths
    # A name alone may be that of another picture.
    assert "a b.jpg" not in paths


def test_sites_of_wordpress_com_have_their_files_on_a_host_of_their_own():
    assert files_hosts("paper.wordpress.com") == {"paper.files.wordpress.com"}
    assert files_hosts("news.example") == set()
