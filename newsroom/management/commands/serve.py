"""`manage.py serve`: server and worker side by side, on a database brought up to date.

`make run` and `make serve` call this. Both children end when this process does.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from wagtail.models import Site

from newsroom.processes import ProcessEnded, run_together
from newsroom.settings.env import PROJECT_DIR

SERVER_WORKERS = 2
BLOCKING_THREADS = 4
"""Threads of a server worker; its default of hundreds would open as many connections."""

INTERRUPTED_STATUS = 130


class Command(BaseCommand):
    help = "Brings the database up to date, then runs server and worker until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--demo", action="store_true", help="Load the demo newsroom into an empty database."
        )

    def handle(self, *args: Any, host: str, port: int, demo: bool, **options: Any) -> None:
        self.check_port(host, port)
        try:
            self.prepare(port=port, demo=demo)
            self.say(f"Newsroom is at http://{host}:{port}/ — the desk is at /admin/")
            self.say("Ctrl-C stops it.")
            run_together({"server": server_command(host, port), "worker": worker_command()})
        except KeyboardInterrupt:
            self.say("Stopped. The same command goes on from here.")
            raise SystemExit(INTERRUPTED_STATUS) from None
        except ProcessEnded as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(
                f"The database does not answer ({error}). Is it there, and is DATABASE_URL right?"
            ) from error
        self.say("Stopped.")

    def say(self, line: str) -> None:
        """Write a line that is seen at once, also where output is kept in a file."""
        self.stdout.write(line)
        self.stdout.flush()

    def prepare(self, *, port: int, demo: bool) -> None:
        """Bring the database up to date, and make it one's own."""
        os.environ["PORT"] = str(port)
        self.say("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
        keep_site_address(port=port)
        if demo and "load_demo" in get_commands():
            call_command("load_demo", if_empty=True, stdout=self.stdout)
        if not has_administrator():
            self.say("No administrator yet. Make one: .venv/bin/python manage.py createsuperuser")

    def check_port(self, host: str, port: int) -> None:
        """Refuse at once when something else answers there."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise CommandError(
                        f"Port {port} of {host} is taken. Choose another: PORT={port + 1} make run"
                    ) from error
                raise CommandError(f"Port {port} of {host}: {error.strerror}.") from error
            except OverflowError as error:
                raise CommandError(f"{port} is no port: choose one up to 65535.") from error


def has_administrator() -> bool:
    """Tell whether somebody can give others an account."""
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(is_superuser=True).exists() or any(
        user.has_perm("users.add_user") for user in users.filter(groups__name="Administrator")
    )


def keep_site_address(*, port: int) -> None:
    """Let the site's own address follow the port, as long as it is one of this machine.

    With BASE_URL, and for a site that has got a name, it is left alone. Two queries.
    """
    if os.environ.get("BASE_URL"):
        return
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and site.hostname in {"127.0.0.1", "localhost"} and site.port != port:
        site.port = port
        site.save()


def server_command(host: str, port: int) -> list[str]:
    """Return the command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--http", "1", "--no-ws",
        "--workers", os.environ.get("SERVER_WORKERS", str(SERVER_WORKERS)),
        "--blocking-threads", str(BLOCKING_THREADS),
        "--respawn-failed-workers", "--workers-kill-timeout", "10",
        "--log-level", "warning", "newsroom.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Return the command line of the worker."""
    return [sys.executable, str(PROJECT_DIR / "manage.py"), "worker"]
