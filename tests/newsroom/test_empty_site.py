"""Migrations alone leave a site that works, so that an import can be the first thing."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Site, Workflow

from articles.navigation.models import NewsroomSettings
from articles.pages.home import HomePage

pytestmark = pytest.mark.django_db

SURFACES = [
    *("/", "/search/", "/search/?q=water", "/corrections/", "/authors/", "/tags/", "/archive/"),
    *("/feed/", "/feed/atom/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt"),
    *("/healthz", "/readyz", "/admin/login/"),
]


@pytest.mark.parametrize("path", SURFACES)
def test_surface_of_an_empty_site_answers(client, path):
    assert client.get(path).status_code == 200


def test_unknown_address_is_not_found(client):
    assert client.get("/technology/").status_code == 404


def test_site_has_its_record_its_settings_and_its_roles():
    site = Site.objects.get()

    assert site.is_default_site
    assert site.root_page.specific == HomePage.objects.get()
    assert NewsroomSettings.objects.get().site == site
    assert {"Reporter", "Copy editor", "Photo editor", "Section editor", "Publisher"} < set(
        Group.objects.values_list("name", flat=True)
    )
    assert site.root_page.get_workflow() == Workflow.objects.get(active=True)


def test_first_administrator_finds_the_desk(client):
    client.force_login(get_user_model().objects.create_superuser("ada", "", "a long password"))

    for path in ("/admin/", "/admin/pages/", "/admin/reports/site-history/"):
        assert client.get(path).status_code == 200, path
