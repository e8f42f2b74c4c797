import pytest
from wagtail.contrib.redirects.models import Redirect

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article, outlet):
    """An article that had the number 123."""
    article = make_article()
    for old in ("/?p=123", "/?page_id=7&lang=en", "/?attachment_id=9"):
        Redirect.add_redirect(old, redirect_to=article)
    return article


@pytest.mark.parametrize(
    "query",
    [
        "p=123",
        "p=123&utm_source=news&fbclid=x",
        "utm_source=x&p=123",
        "lang=en&page_id=7",
        "attachment_id=9",
    ],
)
def test_number_of_an_old_page_leads_to_it(client, article, query):
    response = client.get(f"/?{query}")
    assert response.status_code == 301
    assert response["Location"].endswith(article.url)


@pytest.mark.parametrize(
    "query", ["p=4", "page_id=4", "attachment_id=4", "cat=4", "author=1", "p=123'", "name=x", "p="]
)
def test_old_page_that_is_not_known_is_told_kindly(client, article, query):
    response = client.get(f"/?{query}")
    assert response.status_code == 404
    assert article.url in response.content.decode()


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("feed=rss2", "/feed/"),
        ("feed=rdf", "/feed/"),
        ("feed=atom", "/feed/atom/"),
        ("m=2024", "/archive/2024/"),
        ("m=202403", "/archive/2024/03/"),
        ("m=20240309", "/archive/2024/03/09/"),
        ("year=2024&monthnum=3", "/archive/2024/03/"),
        ("tag=6g", "/tags/6g/"),
        ("author_name=lin-meifeng", "/authors/lin-meifeng/"),
    ],
)
def test_what_has_a_new_home_is_led_there(client, article, query, location):
    response = client.get(f"/?{query}")
    assert response.status_code == 301
    assert response["Location"] == location


@pytest.mark.parametrize("query", ["m=20241399", "m=x", "feed=rss2&cat=4", "tag=a/../b", "day=3"])
def test_what_means_nothing_is_not_found(client, article, query):
    assert client.get(f"/?{query}").status_code == 404


def test_old_search_is_done_anew(client, article):
    response = client.get("/?s=rice+%26+tea")
    assert response.status_code == 302
    assert response["Location"] == "/search/?q=rice+%26+tea"


def test_other_parameters_show_the_front_page(client, article, django_assert_num_queries):
    for query in ("utm_source=x", "fbclid=y", "page=2", "x=p"):
        assert client.get(f"/?{query}").status_code == 200


def test_front_page_without_parameters_asks_for_no_redirect(client, article):
    Redirect.add_redirect("/", redirect_to="/elsewhere/")
    assert client.get("/").status_code == 200
