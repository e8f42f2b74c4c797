"""The newsroom's roles: groups that the migration `0004_roles` makes.

| Role | Pages | Media | Beside that |
|---|---|---|---|
| Reporter | add, and edit what they own | add, choose | |
| Copy editor | add, change, lock | add, choose | topics; approves *Copy edit* |
| Photo editor | add, and edit what they own | everything | |
| Section editor | also publish | everything | authors, topics, banners, corrections |
| Publisher | also unlock, delete whole sections | everything | also settings and redirects |
| Administrator | as Publisher | everything | also accounts, groups, sites, workflows |

Rights on pages hang on the home page and hold for everything below; rights on media
hang on the root collection. A role for one section is a group of its own, which
`make_section_role` in `articles/desk/section_roles.py` makes.
"""

from __future__ import annotations

from typing import Any

REPORTER = "Reporter"
COPY_EDITOR = "Copy editor"
PHOTO_EDITOR = "Photo editor"
SECTION_EDITOR = "Section editor"
PUBLISHER = "Publisher"
ADMINISTRATOR = "Administrator"
ROLES = (REPORTER, COPY_EDITOR, PHOTO_EDITOR, SECTION_EDITOR, PUBLISHER, ADMINISTRATOR)

SECTION_ROLES = (REPORTER, COPY_EDITOR, PHOTO_EDITOR, SECTION_EDITOR)
"""Roles that can be held for one part of the tree; settings and accounts have no parts."""


def is_administrator(user: Any) -> bool:
    """Tell whether an account administers the site (one query, none for superusers)."""
    return bool(user) and (user.is_superuser or user.groups.filter(name=ADMINISTRATOR).exists())
