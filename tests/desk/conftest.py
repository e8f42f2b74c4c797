"""Accounts with roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client


@pytest.fixture
def sign_in(db: None) -> Callable[[str], tuple[Client, Any]]:
    """Return what signs an account of a role in and gives its client and user."""

    def sign(role: str) -> tuple[Client, Any]:
        name = role.lower().replace(" ", "-")
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client, user

    return sign
