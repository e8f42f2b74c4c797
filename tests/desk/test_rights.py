"""Who may do what: every role on every route, against one table."""

from __future__ import annotations

import pytest

from articles.desk.roles import (
    ADMINISTRATOR,
    COPY_EDITOR,
    PUBLISHER,
    ROLES,
    SECTION_EDITOR,
)
from tests.desk.routes import newsroom, pages, publishing
from tests.desk.routes.case import ROUTES, Case
from tests.factories.pages import make_category

WALKED = (newsroom, pages, publishing)
"""Whose import fills `ROUTES`."""

pytestmark = pytest.mark.django_db

EVERYBODY = set(ROLES)
WHO_PUBLISH = {SECTION_EDITOR, PUBLISHER, ADMINISTRATOR}
WHO_CHANGE_TEXTS = {COPY_EDITOR, *WHO_PUBLISH}
LEADERS = {PUBLISHER, ADMINISTRATOR}
NOBODY: set[str] = set()

ALLOWED: dict[str, set[str]] = {
    "create_live": WHO_PUBLISH,
    "create_scheduled": WHO_PUBLISH,
    "publish_by_form": WHO_PUBLISH,
    "schedule_by_form": WHO_PUBLISH,
    "publish_a_change_by_form": WHO_PUBLISH,
    "publish_in_bulk": WHO_PUBLISH,
    "publish_below_in_bulk": WHO_PUBLISH,
    "publish_by_api": WHO_PUBLISH,
    # Both steps of the review are the publisher's; of others each has one.
    "approve_alone": {PUBLISHER},
    "copy_live": WHO_PUBLISH,
    "copy_live_by_api": WHO_PUBLISH,
    "make_an_alias": NOBODY,
    "publish_an_old_version": WHO_PUBLISH,
    "unpublish": WHO_PUBLISH,
    "unpublish_in_bulk": WHO_PUBLISH,
    "unpublish_by_api": WHO_PUBLISH,
    "unschedule": WHO_PUBLISH,
    "withdraw": WHO_PUBLISH,
    "move_live": WHO_PUBLISH,
    "move_live_in_bulk": WHO_PUBLISH,
    "move_live_by_api": WHO_PUBLISH,
    "reorder": WHO_PUBLISH,
    "delete_live": WHO_PUBLISH,
    "delete_live_in_bulk": WHO_PUBLISH,
    "delete_live_by_api": WHO_PUBLISH,
    "delete_what_was_live": WHO_PUBLISH,
    "delete_own_draft": EVERYBODY,
    "delete_a_section": LEADERS,
    "restrict": WHO_PUBLISH,
    "lock_anothers": {COPY_EDITOR, *WHO_PUBLISH},
    "unlock_anothers": LEADERS,
    "save_own_draft": EVERYBODY,
    "save_anothers_draft": WHO_CHANGE_TEXTS,
    "change_a_section": WHO_PUBLISH,
    "correct": WHO_PUBLISH,
    "add_an_author": WHO_PUBLISH,
    "delete_an_author": LEADERS,
    "add_a_topic": WHO_CHANGE_TEXTS,
    "merge_topics": LEADERS,
    "put_up_a_banner": WHO_PUBLISH,
    "take_down_a_banner": WHO_PUBLISH,
    "change_the_outlet": LEADERS,
    "add_a_redirect": LEADERS,
    "add_an_account": {ADMINISTRATOR},
    "give_a_role_for_a_section": {ADMINISTRATOR},
    "end_the_workflow": {ADMINISTRATOR},
}


def test_the_table_names_every_route():
    assert set(ALLOWED) == set(ROUTES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_a_route_is_open_to_its_roles_and_to_no_others(sign_in, home, section, name, role):
    client, user = sign_in(role)
    elsewhere = make_category("Economy", parent=home)
    case = Case(client=client, user=user, section=section, elsewhere=elsewhere)
    assert ROUTES[name](case) == (role in ALLOWED[name])
