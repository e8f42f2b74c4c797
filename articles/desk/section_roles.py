"""A role for one part of the tree: *Section editor: Technology*."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from articles.desk.models import SectionApprovalTask
from articles.pages.category import CategoryPage

NAME_AT_MOST = 150


def make_section_role(role: str, *, section: CategoryPage, users: Iterable[Any] = ()) -> Group:
    """Make a role's group for a section and what lies below it, and put accounts in it.

    It gets the role's rights as they are now: those on pages hang on the section, those
    on media, authors and topics are the role's own. It reviews at the role's steps,
    within the section. One transaction. Safe to repeat: the group of this role and
    section is brought up to date, also when the section has been renamed; nobody is
    taken out of it.

    Raises:
        Group.DoesNotExist: there is no such role any more.
    """
    with transaction.atomic():
        model = Group.objects.get(name=role)
        group = _find(role, section=section) or Group()
        group.name = _name(role, section=section, group=group)
        group.save()
        group.permissions.set(model.permissions.all())
        _hang_page_rights(group, model=model, section=section)
        _copy_media_rights(group, model=model)
        for task in SectionApprovalTask.objects.filter(groups=model):
            task.groups.add(group)
        group.user_set.add(*users)
    return group


def _find(role: str, *, section: CategoryPage) -> Group | None:
    rights = GroupPagePermission.objects.filter(
        page=section.page_ptr_id, group__name__startswith=f"{role}: "
    )
    right = rights.select_related("group").first()
    return right.group if right else None


def _name(role: str, *, section: CategoryPage, group: Group) -> str:
    name = f"{role}: {_trail(section)}"[:NAME_AT_MOST]
    if Group.objects.filter(name=name).exclude(pk=group.pk).exists():
        # Two sections of one title: their numbers tell the groups apart.
        name = f"{name[: NAME_AT_MOST - 12]} ({section.pk})"
    return name


def _trail(section: CategoryPage) -> str:
    above = Page.objects.ancestor_of(section).filter(depth__gt=2).order_by("path")
    return " › ".join([*above.values_list("title", flat=True), section.title])


def _hang_page_rights(group: Group, *, model: Group, section: CategoryPage) -> None:
    GroupPagePermission.objects.filter(group=group).delete()
    ids = GroupPagePermission.objects.filter(group=model).values_list("permission_id", flat=True)
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=section.page_ptr_id, permission_id=pk)
        for pk in sorted(set(ids))
    )


def _copy_media_rights(group: Group, *, model: Group) -> None:
    GroupCollectionPermission.objects.filter(group=group).delete()
    rights = GroupCollectionPermission.objects.filter(group=model)
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=permission)
        for collection, permission in rights.values_list("collection_id", "permission_id")
    )
