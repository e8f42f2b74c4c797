"""What must stay stays by every route, and the editor is told why."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from articles.corrections.models import Correction
from articles.desk.roles import PUBLISHER
from articles.pages.article import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(sign_in):
    return sign_in(PUBLISHER)[0]


@pytest.fixture
def corrected(make_article):
    article = make_article(title="Ports at dawn")
    Correction.objects.create(article=article, text="It was twelve.")
    make_article()
    return article


def by_view(client, page):
    confirm = {"wagtail_site_name": "Newsroom"}
    return client.post(
        reverse("wagtailadmin_pages:delete", args=[page.pk]), confirm, follow=True
    ).content.decode()


def by_bulk_action(client, page):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    confirm = {"wagtail_site_name": "Newsroom"}
    return client.post(f"{url}?id={page.pk}", confirm, follow=True).content.decode()


def by_api(client, page):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])
    response = client.post(url, content_type="application/json")
    assert response.status_code == 409
    return response.json()["message"]


ROUTES = [by_view, by_bulk_action, by_api]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("whole_section", [True, False])
def test_an_article_with_a_correction_stays_and_so_does_its_section(
    publisher, corrected, section, route, whole_section
):
    told = route(publisher, section if whole_section else corrected)
    assert "Corrections stand on “Ports at dawn”: withdraw it instead of deleting it." in told
    assert ArticlePage.objects.count() == 2
    assert not any(Page.find_problems())


def test_the_confirmation_is_not_even_shown(publisher, corrected):
    url = reverse("wagtailadmin_pages:delete", args=[corrected.pk])
    assert "withdraw it instead" in publisher.get(url, follow=True).content.decode()


@pytest.mark.parametrize("route", ROUTES)
def test_a_section_in_which_somebody_holds_an_article_stays(
    publisher, make_article, section, sign_in, route
):
    make_article(title="On legal hold", locked=True, locked_by=sign_in("Copy editor")[1])
    told = route(publisher, section)
    assert "“On legal hold” in it is locked by copy-editor" in told
    assert ArticlePage.objects.exists()


@pytest.mark.parametrize("route", ["delete", "move_confirm", "bulk delete", "bulk move", "publish"])
def test_what_somebody_holds_is_out_of_everyones_reach(
    make_article, subsection, sign_in, django_user_model, client, route
):
    boss = django_user_model.objects.create_superuser("boss", "boss@example.org", "x")
    client.force_login(boss)
    holder = sign_in("Copy editor")[1]
    article = make_article(live=False, locked=True, locked_by=holder)
    if route.startswith("bulk"):
        action = route.split()[1]
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={article.pk}", {"chooser": subsection.pk})
    elif route == "publish":
        url = reverse("wagtailadmin_api:pages:action", args=[article.pk, "publish"])
        client.post(url, content_type="application/json")
    else:
        further = [subsection.pk] if route == "move_confirm" else []
        client.post(reverse(f"wagtailadmin_pages:{route}", args=[article.pk, *further]))
    kept = ArticlePage.objects.get(pk=article.pk)
    assert (kept.get_parent().slug, kept.live) == ("technology", False)


def test_a_section_without_corrections_and_locks_is_deleted(publisher, make_article, section):
    make_article()
    by_view(publisher, section)
    assert not ArticlePage.objects.exists()
    assert not any(Page.find_problems())
