"""The demo editor's account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from newsroom.settings.env import VAR_DIR, kept_secret

USERNAME = "editor"
ROLES = ("Administrator", "Publisher")
"""The first sees everything in the desk; the second is asked by the workflow."""

KEPT_AS = "demo_password"
PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class SignIn:
    """Name and password; the password is empty when someone has given it another one."""

    name: str
    password: str

    def as_line(self) -> str:
        """Return the one line by which the demo tells it."""
        return f"Editor: {self.name} / {self.password or '(the password you gave it)'}"


def make_editor(*, email: str) -> Any:
    """Make the account that may do everything in the desk, and return it.

    The password is made once and kept under VAR_DIR. A name that is taken is left to
    whoever has it. Not safe to repeat: each call makes an account.
    """
    users = get_user_model()
    taken = set(
        users.objects.filter(username__startswith=USERNAME).values_list("username", flat=True)
    )
    name = next(name for name in _names() if name not in taken)
    editor = users.objects.create_user(
        name, email=email, password=_kept_password(), first_name="Demo", last_name="Editor"
    )
    editor.groups.set(Group.objects.filter(name__in=ROLES))
    return editor


def get_sign_in(editor_id: int) -> SignIn | None:
    """Return how to sign in; None when the account is gone or closed.

    Whoever has changed the password keeps it. When the kept one is lost with VAR_DIR,
    a new one is made and set.
    """
    editor = get_user_model().objects.filter(pk=editor_id, is_active=True).first()
    if editor is None:
        return None
    was_lost = not (VAR_DIR / KEPT_AS).exists()
    password = _kept_password()
    if was_lost:
        editor.set_password(password)
        editor.save(update_fields=["password"])
    elif not editor.check_password(password):
        password = ""
    return SignIn(name=editor.get_username(), password=password)


def _kept_password() -> str:
    return kept_secret(KEPT_AS, n_bytes=PASSWORD_BYTES)


def _names() -> Iterator[str]:
    yield USERNAME
    yield from (f"{USERNAME}-{number}" for number in count(2))
