"""The database: SQLite under VAR_DIR by default, PostgreSQL through DATABASE_URL."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .env import VAR_DIR, env

SQLITE_OPTIONS: dict[str, Any] = {
    # Without these, concurrent publishing fails with "database is locked":
    # IMMEDIATE queues writers up instead of failing them in mid-transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
    ),
}

POSTGRESQL_OPTIONS: dict[str, Any] = {
    "pool": {"min_size": 0, "max_size": 8, "timeout": 10},
}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database address.

    Raises:
        ImproperlyConfigured: it is neither SQLite nor PostgreSQL.
    """
    try:
        config: dict[str, Any] = dict(env.db_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: write postgres://user:password@host:5432/name "
            "or sqlite:////path/to/file."
        ) from error
    engine = str(config.get("ENGINE", ""))
    options = dict(config.get("OPTIONS", {}))
    if engine.endswith("sqlite3"):
        config["OPTIONS"] = {**SQLITE_OPTIONS, **options}
    elif engine.endswith("postgresql"):
        config["OPTIONS"] = {**POSTGRESQL_OPTIONS, **options}
        config["CONN_MAX_AGE"] = 0
    else:
        raise ImproperlyConfigured(
            f"DATABASE_URL names {engine or 'no known database'}: Newsroom runs on SQLite "
            "and PostgreSQL."
        )
    return config


def default_database() -> dict[str, Any]:
    """Return the configured database, or the file under VAR_DIR, whose folder is made."""
    url = env.str("DATABASE_URL", default="")
    if url:
        return database(url)
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    return database(f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")


DATABASES = {"default": default_database()}


def caches() -> dict[str, dict[str, Any]]:
    """Return a cache that all processes of the machine share.

    Wagtail keeps site root paths in it; a cache per process would go stale.
    """
    url = env.str("CACHE_URL", default="").replace("valkey://", "redis://", 1)
    if url:
        return {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": url,
                "OPTIONS": {"socket_connect_timeout": 0.1, "socket_timeout": 0.5},
            }
        }
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }


CACHES = caches()
