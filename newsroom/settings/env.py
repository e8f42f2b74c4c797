"""Values from the environment, typed; a missing or unsafe one is named when it fails."""

from __future__ import annotations

import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(PROJECT_DIR / "var"))).resolve()

MIN_SECRET_LENGTH = 32
"""Characters; shorter secrets are refused in production."""

KNOWN_DEFAULT_SECRETS = ("changeme", "change-me", "secret", "insecure", "django-insecure")


def is_production() -> bool:
    """Tell whether NEWSROOM_ENV asks for every safe default."""
    value = env.str("NEWSROOM_ENV", default="development")
    if value not in {"development", "production"}:
        raise ImproperlyConfigured(
            f"NEWSROOM_ENV is {value!r}: set it to 'development' or 'production'."
        )
    return value == "production"


def require(name: str, *, why: str) -> str:
    """Return a variable that production cannot do without.

    Raises:
        ImproperlyConfigured: it is missing or empty; the message names it.
    """
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return addresses (`10.0.0.5`) and networks (`10.0.0.0/24`), separated by commas.

    Raises:
        ImproperlyConfigured: an entry is neither; the message names it.
    """
    found = []
    for entry in filter(None, (entry.strip() for entry in env.list(name, default=[]))):
        try:
            found.append(ip_network(entry, strict=False))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} holds {entry!r}: write addresses or networks such as 10.0.0.5 or "
                "10.0.0.0/24, separated by commas."
            ) from error
    return tuple(found)


def secret_key() -> str:
    """Return SECRET_KEY; production refuses a missing, default or short one.

    In development a key is made once and kept under VAR_DIR, so that sign-ins
    survive a restart.
    """
    if is_production():
        value = require(
            "SECRET_KEY", why="production signs its sessions with it. Set a random string."
        )
        if len(value) < MIN_SECRET_LENGTH or value.lower().startswith(KNOWN_DEFAULT_SECRETS):
            raise ImproperlyConfigured(
                "SECRET_KEY is a default or too short: set a random string of at least "
                f"{MIN_SECRET_LENGTH} characters."
            )
        return value
    return env.str("SECRET_KEY", default="") or kept_secret("secret_key")


def kept_secret(name: str, *, n_bytes: int = 48) -> str:
    """Return a random string that is made once and kept in a file under VAR_DIR.

    Safe to call by several processes at once: all get the same one, whole.
    """
    path = VAR_DIR / name
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(n_bytes), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            draft.unlink()
        except OSError:
            # A file system without hard links.
            draft.replace(path)
        else:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
