"""`manage.py serve`: server and worker side by side, on a database brought up to date.

`make run` and `make serve` call this. Both children end when this process does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.settings.env import PROJECT_DIR

SERVER_WORKERS = 2
BLOCKING_THREADS = 4
"""Threads of a server worker; its default of hundreds would open as many connections."""

STOP_SECONDS = 25


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
        os.environ["PORT"] = str(port)
        self.stdout.write("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
        if demo and "load_demo" in get_commands():
            call_command("load_demo", if_empty=True, stdout=self.stdout)
        elif not get_user_model().objects.filter(is_superuser=True).exists():
            self.stdout.write(
                "No administrator yet. Make one: .venv/bin/python manage.py createsuperuser"
            )
        self.stdout.write(f"Newsroom is at http://{host}:{port}/ — the desk at /admin/")
        self.stdout.write("Ctrl-C stops it.")
        self.stdout.flush()
        self.run_children(host, port)

    def check_port(self, host: str, port: int) -> None:
        """Refuse at once when something else answers there."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} of {host} is taken. Choose another: PORT={port + 1} make run"
                ) from error

    def run_children(self, host: str, port: int) -> None:
        """Run server and worker; when one ends, or a signal comes, stop both."""
        # Own sessions: Ctrl-C in the terminal reaches this process only, which
        # then stops the children in order.
        children = [
            subprocess.Popen(command, start_new_session=True)  # noqa: S603
            for command in (server_command(host, port), worker_command())
        ]
        stopping: list[int] = []
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda number, _: stopping.append(number))
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
        codes = [child.poll() for child in children]
        stop(children)
        if not stopping:
            raise CommandError(
                f"A part ended by itself (server {codes[0]}, worker {codes[1]}); see above."
            )
        self.stdout.write("Stopped.")


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


def stop(children: list[subprocess.Popen]) -> None:
    """Ask all to end, then make them."""
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
