from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from articles.desk.roles import ADMINISTRATOR, PUBLISHER, REPORTER
from articles.pages.article import ArticlePage
from articles.people.models import Author, Byline
from articles.related.models import RelatedLink
from tests.desk.forms import a_row, form_of, new_article_form
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(sign_in):
    return sign_in(PUBLISHER)


def edit(client, article, data, **extra):
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    response = client.post(url, form_of(client, article) | data | extra)
    assert response.status_code < 500
    return response


def create(client, section, **data):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])
    return client.post(url, new_article_form(client, section) | data)


def related(*rows):
    data = {"related_links-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        values = {"id": "", "target": "", "url": "", "title": ""} | row
        data |= a_row("related_links", number, **values)
    return data


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
@pytest.mark.parametrize("live", [True, False])
def test_related_links_that_the_database_refuses_are_errors_of_the_form(
    publisher, make_article, action, live
):
    article, other = make_article(live=live), make_article()
    for rows, words in (
        ([{"target": article.pk}], "not related to itself"),
        ([{"target": other.pk}, {"target": other.pk}], "named above"),
        ([{}], "Choose an article, or give an address"),
        ([{"target": other.pk, "url": "https://example.org/"}], "not both"),
        ([{"url": "https://example.org/"}], "give an address with a title"),
    ):
        response = edit(publisher[0], article, related(*rows), **action)
        assert words in response.content.decode()
    assert not RelatedLink.objects.exists()


def test_related_links_are_kept_in_the_order_of_the_form(publisher, make_article):
    article, other = make_article(), make_article()
    rows = related({"url": "https://example.org/", "title": "Elsewhere"}, {"target": other.pk})
    edit(publisher[0], article, rows, **{"action-publish": "1"})
    links = RelatedLink.objects.order_by("sort_order")
    assert [link.title or link.target_id for link in links] == ["Elsewhere", other.pk]


def test_an_author_signs_once_in_a_role(publisher, make_article):
    article = make_article(live=False)
    lin = Author.objects.create(name="Lin", slug="lin")
    rows = {"bylines-TOTAL_FORMS": 2}
    for number in range(2):
        rows |= a_row("bylines", number, id="", author=lin.pk, role="by")
    assert "duplicate" in edit(publisher[0], article, rows).content.decode()
    assert not Byline.objects.exists()


def test_a_new_article_is_signed_by_its_reporter_unless_they_take_the_name_out(sign_in, section):
    client, user = sign_in(REPORTER)
    amina = Author.objects.create(name="Amina", slug="amina", user=user)
    create(client, section, title="Signed", slug="signed")
    create(client, section, title="Plain", slug="plain", **{"bylines-0-DELETE": "on"})
    signed, plain = (ArticlePage.objects.get(slug=slug) for slug in ("signed", "plain"))
    assert list(signed.bylines.values_list("author", flat=True)) == [amina.pk]
    assert not plain.bylines.exists()
    assert signed.owner == user


def test_an_address_of_the_site_itself_is_refused_where_nothing_typed_is_lost(publisher, home):
    url = reverse("wagtailadmin_pages:add", args=["articles", "categorypage", home.pk])
    response = publisher[0].post(
        url,
        {"title": "Search", "slug": "search", "description": "Typed", "pins-count": 0}
        | {f"comments-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")},
    )
    html = response.content.decode()
    assert "is an address of the site itself" in html
    assert "Typed" in html


def body_form(*blocks):
    return nested_form_data({"body": streamfield(list(blocks))})


def test_an_embed_leads_to_the_web_only(publisher, make_article):
    article = make_article(live=False)
    for url, is_refused in (("javascript:alert(1)", True), ("https://video.example/1", False)):
        data = body_form(("embed", {"url": url, "caption": ""}))
        html = edit(publisher[0], article, data).content.decode()
        assert ("begins with https" in html) == is_refused


@pytest.fixture
def _raw_html_allowed(settings):
    settings.NEWSROOM_ALLOW_RAW_HTML = True


@pytest.mark.usefixtures("_raw_html_allowed")
@pytest.mark.parametrize(("role", "may"), [(PUBLISHER, False), (ADMINISTRATOR, True)])
def test_raw_html_is_written_by_administrators_only(sign_in, make_article, role, may, monkeypatch):
    body_block = ArticlePage._meta.get_field("body").stream_block
    monkeypatch.setitem(body_block.meta.__dict__, "block_counts", {})
    client, _user = sign_in(role)
    article = make_article(live=False)
    offered = (
        "Raw HTML"
        in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    )
    edit(client, article, body_form(("raw_html", "<b>Mine</b>")))
    saved = ArticlePage.objects.get(pk=article.pk).body.raw_data
    assert (offered, any(block["type"] == "raw_html" for block in saved)) == (may, may)


def test_raw_html_is_not_offered_where_it_is_off(sign_in, make_article):
    client, _user = sign_in(ADMINISTRATOR)
    url = reverse("wagtailadmin_pages:edit", args=[make_article().pk])
    assert "Raw HTML" not in client.get(url).content.decode()


def test_further_sections_are_chosen_among_all_in_the_order_of_the_tree(
    publisher, make_article, subsection, home
):
    economy = make_category("Economy", parent=home)
    article = make_article()
    form = publisher[0].get(reverse("wagtailadmin_pages:edit", args=[article.pk])).context["form"]
    labels = [label for _value, label in form.fields["further_categories"].choices]
    assert labels == ["Technology", "– Artificial intelligence", "Economy"]
    data = {"further_categories": [economy.pk, subsection.pk], "action-publish": "1"}
    edit(publisher[0], article, data)
    chosen = ArticlePage.objects.get(pk=article.pk).further_categories.all()
    assert set(chosen) == {economy, subsection}


def test_the_language_is_chosen_and_one_of_an_import_kept(publisher, make_article):
    article = make_article(live=False, language="sw")
    assert form_of(publisher[0], article)["language"] == ["sw"]
    edit(publisher[0], article, {"language": "fr"})
    assert ArticlePage.objects.get(pk=article.pk).language == "fr"


def test_a_draft_whose_author_is_gone_can_still_be_opened(publisher, make_article):
    article = make_article()
    author = Author.objects.create(name="Lin", slug="lin")
    article.bylines.add(Byline(author=author))
    article.save_revision()
    author.delete()
    assert form_of(publisher[0], article)["bylines-TOTAL_FORMS"] == "0"


def test_comments_autosave_and_a_section_stand_in_the_editor(publisher, make_article):
    html = (
        publisher[0]
        .get(reverse("wagtailadmin_pages:edit", args=[make_article().pk]))
        .content.decode()
    )
    for mark in ("w-autosave", "comments-data", "Move to another section", "data-minimap"):
        assert mark in html


@pytest.mark.parametrize("name", ["copy", "move", "history", "usage", "workflow_history"])
def test_screens_beside_the_form_open(publisher, make_article, name):
    article = make_article()
    article.save_revision()
    assert (
        publisher[0].get(reverse(f"wagtailadmin_pages:{name}", args=[article.pk])).status_code
        == 200
    )


def test_an_article_is_previewed_as_it_is_being_typed(publisher, make_article):
    client, _user = publisher
    article = make_article(live=False)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    data = form_of(client, article) | {"title": "Being typed"}
    assert client.post(url, data).json() == {"is_valid": True, "is_available": True}
    assert client.get(url).status_code == 200


def test_only_published_articles_are_offered_as_links(publisher, make_article, section):
    make_article(title="Live one")
    make_article(title="Draft one", live=False)
    for url in (
        reverse("wagtailadmin_choose_page_child", args=[section.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=one",
    ):
        joint = "&" if "?" in url else "?"
        only = publisher[0].get(f"{url}{joint}page_type=articles.articlepage").content.decode()
        assert ("Live one" in only, "Draft one" in only) == (True, False)
    everything = publisher[0].get(reverse("wagtailadmin_choose_page_child", args=[section.pk]))
    assert "Draft one" in everything.content.decode()
