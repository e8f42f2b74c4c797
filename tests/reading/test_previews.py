from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from articles.navigation.models import NewsroomSettings
from articles.people.models import Author, Byline
from articles.related.models import RelatedLink

pytestmark = pytest.mark.django_db


def preview(page):
    response = page.make_preview_request(RequestFactory().get("/admin/"))
    assert response.status_code == 200
    return response.content.decode()


def test_preview_shows_the_draft_and_counts_nothing(make_article, outlet):
    author = Author.objects.create(name="Lin Meifeng", slug="lin")
    target = make_article(title="Chosen")
    article = make_article(title="Published", tags=("Old topic",))
    article.title = "Draft headline"
    article.body = [("paragraph", "<p>Draft words.</p>")]
    article.tags.set(["New topic"])
    article.bylines = [Byline(author=author)]
    article.related_links = [RelatedLink(target=target)]
    html = preview(article)
    for expected in ("Draft headline", "Draft words.", "New topic", "Lin Meifeng", "Chosen"):
        assert expected in html
    assert "Old topic" not in html
    assert "Readers do not see this version." in html
    assert "/_v/" not in html
    assert 'content="noindex, follow"' in html


def test_preview_of_an_embargoed_draft_says_until_when(make_article, outlet):
    until = timezone.now() + timedelta(days=1)
    article = make_article(live=False, embargoed_until=until, embargo_reason="Agreed with them")
    html = preview(article)
    assert "Embargoed until" in html
    assert "Agreed with them" in html


def test_preview_of_the_latest_revision_needs_no_publication(make_article, outlet):
    article = make_article(live=False, title="Only a draft")
    article.save_revision()
    html = preview(article.get_latest_revision_as_object())
    assert "Only a draft" in html


def test_preview_is_in_the_language_and_zone_of_readers(make_article, outlet):
    NewsroomSettings.objects.update(time_zone="Asia/Karachi")
    article = make_article()
    with translation.override("de"), timezone.override("America/Lima"):
        html = preview(article)
        assert translation.get_language() == "de"
        assert timezone.get_current_timezone_name() == "America/Lima"
    assert "PKT</time>" in html
    assert "Most popular" in html or "Published" in html
    assert "Veröffentlicht" not in html


@pytest.mark.parametrize("name", ["home", "section"])
def test_fronts_preview_their_pins(request, name, make_article, outlet):
    page = request.getfixturevalue(name)
    make_article(title="Newest")
    pinned = make_article(title="Pinned", published_at=timezone.now() - timedelta(days=9))
    page.pins = [("pin", {"article": pinned, "short_headline": "Pinned in the draft"})]
    assert "Pinned in the draft" in preview(page)
