from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, TaskState

from articles.desk.models import SectionApprovalTask
from articles.desk.roles import ADMINISTRATOR, COPY_EDITOR, SECTION_EDITOR
from articles.desk.section_roles import make_section_role
from articles.pages import actions
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(db):
    return get_user_model().objects.create_user("tom", "tom@example.org", "x")


@pytest.fixture
def economy(home):
    return make_category("Economy", parent=home)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def submit(draft):
    draft.save_revision()
    return draft.get_workflow().start(draft, None)


def test_a_role_for_a_section_holds_there_and_below_and_nowhere_else(
    make_article, section, subsection, economy, tom
):
    make_section_role(SECTION_EDITOR, section=section, users=[tom])
    here, below, there = (
        build_article(parent=place, live=False) for place in (section, subsection, economy)
    )
    rights = [page.permissions_for_user(tom).can_publish() for page in (here, below, there)]
    assert rights == [True, True, False]
    assert not section.get_parent().permissions_for_user(tom).can_edit()


def test_the_group_bears_the_role_and_the_section_and_the_roles_other_rights(subsection):
    group = make_section_role(SECTION_EDITOR, section=subsection)
    model = Group.objects.get(name=SECTION_EDITOR)
    assert group.name == "Section editor: Technology › Artificial intelligence"
    assert set(group.permissions.all()) == set(model.permissions.all())
    media = GroupCollectionPermission.objects.values_list("collection", "permission")
    assert set(media.filter(group=group)) == set(media.filter(group=model))


def test_made_again_it_follows_the_role_and_the_sections_name(section, tom):
    group = make_section_role(SECTION_EDITOR, section=section, users=[tom])
    actions.rename(section, actor=None, slug="tech")
    section.refresh_from_db()
    section.title = "Tech"
    section.save()
    Group.objects.get(name=SECTION_EDITOR).permissions.clear()
    again = make_section_role(SECTION_EDITOR, section=section)
    assert (again.pk, again.name) == (group.pk, "Section editor: Tech")
    assert not again.permissions.exists()
    assert set(again.user_set.all()) == {tom}


def test_two_sections_of_one_title_have_two_groups(section, home):
    other = make_category("Technology", parent=home, slug="technology-2")
    one, two = (make_section_role(SECTION_EDITOR, section=place) for place in (section, other))
    assert one.name == "Section editor: Technology"
    assert two.name == f"Section editor: Technology ({other.pk})"


def test_a_review_is_open_to_the_editors_of_its_section_only(section, economy, tom):
    make_section_role(SECTION_EDITOR, section=section, users=[tom])
    client = signed_in(tom)
    for place, is_open in ((section, True), (economy, False)):
        state = submit(build_article(parent=place, live=False, title=f"In {place.title}"))
        page = state.content_object
        step = state.current_task_state
        listed = TaskState.objects.reviewable_by(get_user_model().objects.get(pk=tom.pk))
        assert (step.pk in set(listed.values_list("pk", flat=True))) == is_open
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert (edit.status_code == 200) == is_open
        client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", step.pk])
        )
        step.refresh_from_db()
        assert (step.status == "approved") == is_open


def test_who_holds_a_role_everywhere_reviews_everywhere(sign_in, section, economy):
    _client, user = sign_in(SECTION_EDITOR)
    for place in (section, economy):
        submit(build_article(parent=place, live=False))
    assert TaskState.objects.reviewable_by(user).count() == 2


def test_a_copy_editor_of_a_section_takes_the_second_step_alone(section, tom):
    make_section_role(COPY_EDITOR, section=section, users=[tom])
    steps = SectionApprovalTask.objects.order_by("pk")
    assert [step._user_in_groups(tom) for step in steps] == [False, True]


def test_one_action_makes_the_role_and_gives_it(sign_in, section, tom):
    client, _user = sign_in(ADMINISTRATOR)
    url = reverse("newsroom_section_role")
    assert "Role for a section" in client.get(f"{url}?section={section.pk}").content.decode()
    data = {"role": SECTION_EDITOR, "section": section.pk, "users": [tom.pk]}
    response = client.post(url, data, follow=True)
    assert "“Section editor: Technology” has its rights now." in response.content.decode()
    assert [group.name for group in tom.groups.all()] == ["Section editor: Technology"]


def test_a_role_without_parts_is_not_given_for_a_section(sign_in, section):
    client, _user = sign_in(ADMINISTRATOR)
    client.post(reverse("newsroom_section_role"), {"role": ADMINISTRATOR, "section": section.pk})
    assert not Group.objects.filter(name__startswith="Administrator:").exists()
