from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from articles.corrections.models import Correction
from articles.desk.documents import is_open_to_readers
from articles.desk.roles import PUBLISHER, REPORTER, SECTION_EDITOR
from articles.media.models import NewsDocument
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.people.models import Author
from articles.tags.models import Topic
from tests.desk.forms import form_of

pytestmark = pytest.mark.django_db

CORRECTION = {"kind": "correction", "text": "There are twelve zones, not eleven as we wrote."}


@pytest.fixture
def publisher(sign_in):
    return sign_in(PUBLISHER)


def test_the_editor_has_four_tabs_with_their_fields(publisher, make_article):
    client, _user = publisher
    html = client.get(reverse("wagtailadmin_pages:edit", args=[make_article().pk])).content.decode()
    for tab in ("Write", "Fronts and sharing", "Topics and links", "Record"):
        assert tab in html
    for name in ("title", "standfirst", "kind", "body", "seo_title", "tags", "embargoed_until"):
        assert f'name="{name}' in html or f'id="{name}' in html
    assert 'data-newsroom-counter-hard-value="110"' in html


@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/", "/admin/topics/merge/"])
def test_the_desks_screens_open(publisher, make_article, path):
    make_article()
    assert publisher[0].get(path).status_code == 200


@pytest.mark.parametrize("model", ["author", "topic", "breakingbanner"])
def test_lists_and_forms_of_snippets_open(publisher, model):
    client, _user = publisher
    Author.objects.create(name="Lin", slug="lin")
    Topic.objects.create(name="Chips")
    for view in ("list", "add"):
        url = reverse(f"wagtailsnippets_articles_{model}:{view}")
        assert client.get(url).status_code == 200


def test_sections_home_and_static_pages_have_editors(publisher, home, section):
    for page in (home, section):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert publisher[0].get(url).status_code == 200


def test_a_headline_over_the_limit_is_kept_as_a_draft_and_not_published(publisher, make_article):
    client, _user = publisher
    article = make_article(live=False)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data = form_of(client, article) | {"title": "x" * 111}
    assert client.post(url, data).status_code == 302
    response = client.post(url, data | {"action-publish": "1"})
    assert "at most 110" in response.content.decode()
    assert not ArticlePage.objects.get(pk=article.pk).live


def test_a_correction_is_added_once_and_shown_in_the_editor(sign_in, make_article):
    client, user = sign_in(SECTION_EDITOR)
    article = make_article()
    client.post(reverse("newsroom_add_correction", args=[article.pk]), CORRECTION)
    note = Correction.objects.get()
    assert (note.article, note.published_by, note.text) == (article, user, CORRECTION["text"])
    html = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert CORRECTION["text"] in html


@pytest.mark.parametrize("text", ["Too short", "x" * 601])
def test_a_correction_of_the_wrong_length_is_refused(publisher, make_article, text):
    url = reverse("newsroom_add_correction", args=[make_article().pk])
    assert publisher[0].post(url, CORRECTION | {"text": text}).status_code == 200
    assert not Correction.objects.exists()


def test_a_reporter_neither_corrects_nor_withdraws_nor_merges(sign_in, make_article):
    client, user = sign_in(REPORTER)
    article = make_article(owner=user)
    topic = Topic.objects.create(name="Chips")
    for url, data in (
        (reverse("newsroom_add_correction", args=[article.pk]), CORRECTION),
        (reverse("newsroom_withdraw", args=[article.pk]), {"reason": "No"}),
        (reverse("newsroom_merge_topics"), {"topics": [topic.pk], "into": topic.pk}),
    ):
        assert client.post(url, data).status_code in {302, 403}
    article.refresh_from_db()
    assert article.live
    assert not Correction.objects.exists()


def test_withdrawing_asks_for_a_reason(publisher, make_article):
    article = make_article()
    url = reverse("newsroom_withdraw", args=[article.pk])
    publisher[0].post(url, {"reason": ""})
    assert ArticlePage.objects.get(pk=article.pk).live
    publisher[0].post(url, {"reason": "Sources retracted"})
    assert ArticlePage.objects.get(pk=article.pk).withdrawn_at is not None


def test_topics_are_merged_by_a_form(publisher, make_article):
    article = make_article(tags=("Microchips",))
    into = Topic.objects.create(name="Chips")
    old = Topic.objects.get(name="Microchips")
    url = reverse("newsroom_merge_topics")
    refused = publisher[0].post(url, {"topics": "Nonsense", "into": into.pk})
    assert "There is no topic “Nonsense”" in refused.content.decode()
    publisher[0].post(url, {"topics": old.name.upper(), "into": into.pk})
    assert list(ArticlePage.objects.get(pk=article.pk).tags.names()) == ["Chips"]


def test_an_article_with_a_correction_is_kept_and_the_editor_told_why(publisher, make_article):
    article = make_article()
    Correction.objects.create(article=article, text="It was twelve.")
    url = reverse("wagtailadmin_pages:delete", args=[article.pk])
    response = publisher[0].post(url, follow=True)
    assert "withdraw it instead" in response.content.decode()
    assert ArticlePage.objects.filter(pk=article.pk).exists()


@pytest.fixture
def original():
    storage = storages["originals"]
    name = storage.save("original_images/secret.png", ContentFile(b"\x89PNG"))
    yield name
    storage.delete(name)


def test_originals_are_for_those_who_work_here(sign_in, client, original):
    url = f"/admin/originals/{original}"
    assert client.get(url).status_code == 302
    response = sign_in(REPORTER)[0].get(url)
    assert response.status_code == 200
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"\x89PNG"


@pytest.mark.parametrize(
    "path", ["../secret", "..%2F..%2Fetc/passwd", "%2Fetc/passwd", "none.png", "original_images/"]
)
def test_no_path_leads_out_of_the_originals(sign_in, original, path):
    response = sign_in(REPORTER)[0].get(f"/admin/originals/{path}")
    assert response.status_code in {302, 404}


def test_a_document_is_public_when_a_public_page_refers_to_it(make_article, client, sign_in):
    document = NewsDocument.objects.create(
        title="Tape", file=ContentFile(b"sound", name="tape.mp3")
    )
    url = document.url
    assert client.get(url).status_code == 404
    assert sign_in(REPORTER)[0].get(url).status_code in {200, 302}
    article = make_article(live=False)
    article.body = [
        ("paragraph", f'<p><a linktype="document" id="{document.pk}">Tape</a></p>'),
    ]
    article.save()
    assert not is_open_to_readers(document)
    actions.publish(article, actor=None, now=timezone.now())
    assert is_open_to_readers(document)
    assert client.get(url).status_code == 200


def test_a_version_that_does_not_know_the_latest_one_is_not_saved(publisher, make_article):
    client, _user = publisher
    article = make_article()
    article.save_revision()
    seen = form_of(client, article)
    seen["loaded_revision_id"] = article.latest_revision_id
    article.title = "Saved by a colleague"
    article.save_revision()
    article.refresh_from_db()
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    response = client.post(url, seen | {"title": "My words", "action-publish": "1"})
    html = response.content.decode()
    assert "Someone saved a newer version" in html
    assert "My words" in html
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().title == "Saved by a colleague"


def test_publishing_is_the_first_action_of_those_who_may(sign_in, make_article):
    article = make_article(live=False)
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    for role, first in ((PUBLISHER, "action-publish"), ("Copy editor", "action-submit")):
        menu = sign_in(role)[0].get(url).context["action_menu"]
        assert menu.default_item.name == first


def test_the_settings_offer_profiles_and_footer_links(publisher):
    response = publisher[0].get("/admin/settings/articles/newsroomsettings/", follow=True)
    html = response.content.decode()
    assert response.status_code == 200
    for name in ("outlet_name", "social_profiles-TOTAL_FORMS", "footer_links-TOTAL_FORMS"):
        assert f'name="{name}"' in html
