from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupPagePermission, Workflow
from wagtail.permissions import policy_registry

from articles.desk.roles import ADMINISTRATOR, COPY_EDITOR, PUBLISHER, REPORTER, ROLES
from articles.media.models import NewsImage
from articles.pages.article import ArticlePage
from articles.people.models import Author
from tests.desk.forms import form_of, new_article_form
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(sign_in):
    return sign_in(REPORTER)


@pytest.fixture
def own_draft(make_article, reporter):
    return make_article(live=False, owner=reporter[1], slug="own")


def is_live(article):
    return ArticlePage.objects.values_list("live", flat=True).get(pk=article.pk)


def test_migrations_make_the_roles_and_no_others():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_each_role_enters_the_desk(sign_in):
    for role in ROLES:
        client, _user = sign_in(role)
        assert client.get("/admin/").status_code == 200


def test_publishing_is_the_right_of_three_roles():
    rights = GroupPagePermission.objects.filter(permission__codename="publish_page")
    names = set(rights.values_list("group__name", flat=True))
    assert names == {"Section editor", PUBLISHER, ADMINISTRATOR}


def test_media_rights_reach_wagtails_policies(reporter, sign_in):
    images = policy_registry.get_by_type(NewsImage)
    someone_elses = NewsImage(collection=Collection.get_first_root_node())
    assert images.user_has_permission(reporter[1], "add")
    may_delete = images.user_has_permission_for_instance
    assert not may_delete(reporter[1], "delete", someone_elses)
    assert may_delete(sign_in("Photo editor")[1], "delete", someone_elses)


def test_a_reporter_reads_authors_but_does_not_change_them(reporter):
    authors = policy_registry.get_by_type(Author)
    assert not authors.user_has_permission(reporter[1], "change")


def test_the_default_workflow_has_two_steps_and_stands_on_the_home_page(home):
    workflow = Workflow.objects.get()
    assert [task.name for task in workflow.tasks] == ["Section edit", "Copy edit"]
    assert home.get_workflow() == workflow


def test_a_reporter_saves_but_does_not_publish_by_the_form(reporter, own_draft):
    client, _user = reporter
    data = form_of(client, own_draft) | {"title": "Mine", "action-publish": "1"}
    url = reverse("wagtailadmin_pages:edit", args=[own_draft.pk])
    response = client.post(url, data)
    assert response.status_code == 302
    own_draft.refresh_from_db()
    assert own_draft.get_latest_revision_as_object().title == "Mine"
    assert not is_live(own_draft)


def test_who_may_publish_does_so_by_the_same_form(sign_in, make_article):
    client, _user = sign_in(PUBLISHER)
    draft = make_article(live=False)
    data = form_of(client, draft) | {"action-publish": "1"}
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
    assert is_live(draft)


def test_a_reporter_does_not_create_live_articles(reporter, section):
    client, _user = reporter
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])
    data = new_article_form(client, section)
    client.post(url, data | {"title": "New", "slug": "new", "action-publish": "1"})
    assert [page.live for page in ArticlePage.objects.all()] == [False]


def test_a_reporter_does_not_publish_in_bulk(reporter, own_draft):
    client, _user = reporter
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={own_draft.pk}", {"include_descendants": ""})
    assert not is_live(own_draft)


def test_who_may_publish_does_so_in_bulk(sign_in, make_article):
    client, _user = sign_in(PUBLISHER)
    draft = make_article(live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={draft.pk}", {})
    assert is_live(draft)


def test_a_reporter_does_not_publish_by_the_api(reporter, own_draft):
    client, _user = reporter
    url = reverse("wagtailadmin_api:pages:action", args=[own_draft.pk, "publish"])
    assert client.post(url).status_code in {403, 404}
    assert not is_live(own_draft)


def test_a_reporter_approves_no_step_of_the_review(reporter, own_draft):
    client, user = reporter
    own_draft.save_revision()
    state = own_draft.get_workflow().start(own_draft, user)
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[own_draft.pk, "approve", state.current_task_state.pk],
    )
    assert client.post(url).status_code in {302, 403}
    state.refresh_from_db()
    assert state.current_task_state.status == "in_progress"
    assert not is_live(own_draft)


def test_the_last_step_publishes_but_not_ones_own_article(sign_in, make_article):
    client, user = sign_in(COPY_EDITOR)
    draft = make_article(live=False, owner=user)
    draft.save_revision()
    state = draft.get_workflow().start(draft, user)
    publisher_client, _publisher = sign_in(PUBLISHER)

    def approve(by):
        state.refresh_from_db()
        return by.post(
            reverse(
                "wagtailadmin_pages:workflow_action",
                args=[draft.pk, "approve", state.current_task_state.pk],
            )
        )

    approve(publisher_client)
    approve(client)
    assert not is_live(draft)
    state.refresh_from_db()
    assert state.status == "in_progress"
    approve(publisher_client)
    assert is_live(draft)


def test_a_reporter_neither_copies_live_nor_moves_nor_deletes_what_is_published(
    reporter, make_article, home
):
    client, user = reporter
    other = make_category("Economy", parent=home)
    article = make_article(owner=user, slug="live")
    client.post(
        reverse("wagtailadmin_pages:copy", args=[article.pk]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": article.get_parent().pk,
            "publish_copies": "on",
        },
    )
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[article.pk, other.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    article.refresh_from_db()
    assert (article.live, article.get_parent().slug) == (True, "technology")
    assert set(ArticlePage.objects.filter(live=True)) == {article}


def test_a_refused_publication_by_the_form_says_why_and_leaves_nothing(sign_in, make_article):
    client, _user = sign_in(PUBLISHER)
    draft = make_article(live=False, embargoed_until=timezone.now() + timedelta(hours=1))
    data = form_of(client, draft) | {"action-publish": "1"}
    response = client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data, follow=True)
    assert "Embargoed until" in response.content.decode()
    assert not is_live(draft)
    assert not draft.revisions.exists()
