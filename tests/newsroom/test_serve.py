"""What `make run` and `make serve` do before they serve."""

from __future__ import annotations

import io
import socket

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError
from wagtail.models import Site

from newsroom.management.commands.serve import Command, has_administrator, keep_site_address


def test_port_in_use_is_refused_at_once_and_another_one_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} .* is taken.*PORT={port + 1}"):
            call_command("serve", port=port)


def test_number_beyond_all_ports_is_refused():
    with pytest.raises(CommandError, match="70000 is no port"):
        call_command("serve", port=70_000)


def test_database_that_does_not_answer_is_named_without_a_traceback(monkeypatch):
    def refuse(self, **options):
        raise OperationalError("connection refused")

    monkeypatch.setattr(Command, "prepare", refuse)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(CommandError, match=r"connection refused.*DATABASE_URL"):
        call_command("serve", port=port)


@pytest.mark.django_db
def test_sites_own_address_follows_the_port():
    keep_site_address(port=8123)

    assert Site.objects.get().root_url == "http://127.0.0.1:8123"


@pytest.mark.django_db
def test_address_of_a_site_with_a_name_is_left_alone():
    Site.objects.update(hostname="news.example.com", port=443)

    keep_site_address(port=8123)

    assert Site.objects.get().root_url == "https://news.example.com"


@pytest.mark.django_db
def test_address_that_the_environment_states_is_left_alone(monkeypatch):
    monkeypatch.setenv("BASE_URL", "http://127.0.0.1:9000")
    before = Site.objects.get().root_url

    keep_site_address(port=8123)

    assert Site.objects.get().root_url == before


@pytest.mark.django_db
def test_without_an_administrator_it_says_how_to_make_one():
    out = io.StringIO()

    Command(stdout=out).prepare(port=8000, demo=False)

    assert "manage.py createsuperuser" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["superuser", "Administrator"])
def test_with_an_administrator_it_does_not(role):
    user = get_user_model().objects.create(username="ada", is_superuser=role == "superuser")
    if role == "Administrator":
        user.groups.add(Group.objects.get(name=role))
    out = io.StringIO()

    Command(stdout=out).prepare(port=8000, demo=False)

    assert "createsuperuser" not in out.getvalue()


@pytest.mark.django_db
def test_account_that_was_closed_is_no_administrator():
    get_user_model().objects.create(username="ada", is_superuser=True, is_active=False)

    assert not has_administrator()
