from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from articles.pages.static import StaticPage
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_address_leads_to_its_page_at_any_depth(client, subsection, make_article):
    article = make_article(parent=subsection, title="Here", slug="здесь")
    assert client.get(f"{subsection.url}здесь/").status_code == 200
    assert client.get(article.url).status_code == 200
    assert client.get("/здесь/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        ({"live": False}, 404),
        ({"embargoed_until": HOUR}, 404),
        ({"embargoed_until": -HOUR}, 200),
        ({"expire_at": -HOUR}, 404),
        ({"published_at": HOUR}, 404),
        ({"withdrawn_at": -HOUR}, 410),
        (
            {
                "withdrawn_at": -HOUR,
                "live": False,
                "published_at": -HOUR,
                "first_published_at": -HOUR,
            },
            410,
        ),
        ({"withdrawn_at": -HOUR, "live": False}, 404),
        ({"withdrawn_at": -HOUR, "embargoed_until": HOUR}, 404),
    ],
)
def test_live_is_not_enough_to_be_read(client, make_article, outlet, fields, status):
    now = timezone.now()
    moments = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in fields.items()
    }
    article = make_article(title="The headline", **moments)
    for method in (client.get, client.head):
        response = method(article.url)
        assert response.status_code == status
        if status != 200:
            assert "The headline" not in response.content.decode()


def test_withdrawn_article_says_so_and_leads_on(client, make_article, outlet):
    other = make_article(title="Still here")
    gone = make_article(withdrawn_at=timezone.now())
    html = client.get(gone.url).content.decode()
    assert "Article withdrawn" in html
    assert 'href="/corrections/"' in html
    assert other.url in html
    assert 'content="noindex, follow"' in html


def test_private_page_asks_for_a_sign_in_and_is_not_stored(client, make_article, home, outlet):
    closed = make_category("Closed", parent=home)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    article = make_article(title="The headline", parent=closed)
    response = client.get(article.url)
    assert response.status_code == 302
    assert "login" in response["Location"]
    assert "no-store" in response["Cache-Control"]


def test_reader_with_the_password_reads_uncounted(client, make_article, home, outlet):
    closed = make_category("Closed", parent=home)
    restriction = PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )
    article = make_article(title="The headline", parent=closed)
    assert "The headline" not in client.get(article.url).content.decode()
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{article.pk}/",
        {"password": "open sesame", "return_url": article.url},
    )
    html = client.get(article.url).content.decode()
    assert "The headline" in html
    assert "/_v/" not in html


def test_two_pages_at_one_address_answer_with_the_published_one(client, make_article, section):
    hidden = make_article(title="Hidden", slug="one", live=False)
    shown = make_article(title="Shown", slug="two")
    Page.objects.filter(pk=shown.pk).update(slug="one", url_path=hidden.url_path)
    assert "Shown" in client.get(hidden.url).content.decode()


def test_expired_static_page_is_not_found(client, home, outlet):
    page = home.add_child(
        instance=StaticPage(title="Over", live=True, expire_at=timezone.now() - HOUR)
    )
    assert client.get(page.url).status_code == 404


def test_other_methods_are_refused(client, make_article):
    response = client.post(make_article().url)
    assert response.status_code == 405


def test_home_page_itself_obeys(client, home, outlet):
    Page.objects.filter(pk=home.pk).update(live=False)
    assert client.get("/").status_code == 404


def test_unknown_address_is_told_kindly_in_six_queries(
    client, make_article, outlet, django_assert_num_queries
):
    article = make_article(title="Still here")
    with django_assert_num_queries(6):
        response = client.get("/not/here/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Page not found" in html
    assert article.url in html
    assert 'action="/search/"' in html
    assert "canonical" not in html


def test_file_that_is_not_there_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/media/images/x.jpg")
    assert response.status_code == 404
    assert response.content == b"Not found\n"


@pytest.mark.parametrize("path", ["/old/story.html", "/old/story/", "/old/story/?utm_source=x"])
def test_old_address_leads_on_before_any_page_is_made(
    client, make_article, outlet, path, django_assert_max_num_queries
):
    article = make_article()
    Redirect.add_redirect(path.partition("?")[0], redirect_to=article)
    with django_assert_max_num_queries(5):
        response = client.get(path)
    assert response.status_code == 301
    assert response["Location"].endswith(article.url)


def test_redirect_of_another_script_is_found_in_both_spellings(client, make_article, outlet):
    article = make_article()
    Redirect.add_redirect("/قديم/", redirect_to=article)
    assert client.get("/قديم/").status_code == 301


def test_redirect_for_this_site_wins_over_the_one_for_all(client, make_article, outlet):
    from wagtail.models import Site

    Redirect.add_redirect("/x/", redirect_to="/for-all/")
    Redirect.add_redirect("/x/", redirect_to="/for-this/", site=Site.objects.get())
    assert client.get("/x/")["Location"] == "/for-this/"


def test_redirect_to_itself_is_no_answer(client, outlet):
    Redirect.add_redirect("/loop/", redirect_to="/loop/")
    assert client.get("/loop/").status_code == 404


def test_redirect_does_not_hide_a_page(client, make_article, outlet):
    article = make_article()
    Redirect.add_redirect(article.url, redirect_to="/elsewhere/")
    assert client.get(article.url).status_code == 200


def test_broken_request_gets_a_page_that_needs_no_database(client, settings):
    response = client.get("/", headers={"host": "not.allowed.example"})
    assert response.status_code == 400
    assert b"Not understood" in response.content
    assert "'unsafe-inline'" in response["Content-Security-Policy"]
