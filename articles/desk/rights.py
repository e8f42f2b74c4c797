"""Which part of the tree an account has before it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page
from wagtail.permissions import policy_registry

from articles.people.models import Byline

ADDING = frozenset({"add"})
CHANGING = frozenset({"change"})
EXPLORING = frozenset({"add", "bulk_delete", "change", "lock", "publish", "unlock"})


def explorable_below(user: Any) -> Q:
    """Return the condition of the pages on which an account has any right.

    The rights are those of Wagtail's policy, on what lies below the pages they hang on;
    as one condition on the path instead of a list of all pages' numbers. One query an
    account, remembered.
    """
    return below(paths_with(user, EXPLORING))


def paths_with(user: Any, actions: frozenset[str]) -> list[str]:
    """Return the topmost places in the tree where an account has one of some rights."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return [""]
    policy = policy_registry.get_by_type(Page)
    codenames = {f"{action}_page" for action in actions}
    paths = {
        right.page.path
        for right in policy.get_cached_permissions_for_user(user)
        if right.permission.codename in codenames
    }
    return [path for path in sorted(paths) if not any(_is_below(path, other) for other in paths)]


def below(paths: list[str]) -> Q:
    """Return the condition of pages that lie at or below one of some places; none for none."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def _is_below(path: str, other: str) -> bool:
    return path != other and path.startswith(other)


def made_or_signed_by(user: Any) -> Q:
    """Return the condition of the articles that an account has made or signs."""
    signed = Byline.objects.filter(article=OuterRef("pk"), author__user=user)
    return Q(owner=user) | Q(Exists(signed))


def editable_by(user: Any) -> Q:
    """Return the condition of the pages that an account may edit, reviews aside."""
    return below(paths_with(user, CHANGING)) | (Q(owner=user) & below(paths_with(user, ADDING)))
