"""Killed anywhere and started again, a run ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from articles.imports.corpus import write_corpus
from tests.samples import ROOT, samples_dir

ARTICLES = 90
BATCH = 20
DEATHS = (25, 70, 111, 160, 190, 95, 40)
"""Queries until each process dies; one more lives."""
WITHOUT_IDS = (
    "SELECT url_path, title, draft_title, live, has_unpublished_changes, first_published_at,"
    " last_published_at, go_live_at, latest_revision_created_at, numchild, path"
    " FROM wagtailcore_page ORDER BY url_path",
    "SELECT p.url_path, a.body, a.standfirst, a.word_count, a.published_at, s.url_path"
    " FROM articles_articlepage a JOIN wagtailcore_page p ON p.id = a.page_ptr_id"
    " LEFT JOIN wagtailcore_page s ON s.id = a.section_id ORDER BY p.url_path",
    "SELECT p.url_path, t.name FROM articles_taggedarticle x JOIN wagtailcore_page p"
    " ON p.id = x.content_object_id JOIN articles_topic t ON t.id = x.tag_id ORDER BY 1, 2",
    "SELECT p.url_path, w.name, b.role, b.sort_order FROM articles_byline b"
    " JOIN wagtailcore_page p ON p.id = b.article_id"
    " JOIN articles_author w ON w.id = b.author_id ORDER BY 1, 4",
    "SELECT old_path, redirect_link, p.url_path FROM wagtailredirects_redirect r"
    " LEFT JOIN wagtailcore_page p ON p.id = r.redirect_page_id ORDER BY 1",
    "SELECT kind, external_id, fingerprint, data FROM articles_importedrecord ORDER BY 1, 2",
    "SELECT p.url_path, l.action, l.timestamp, l.revision_id = p.latest_revision_id"
    " FROM wagtailcore_pagelogentry l JOIN wagtailcore_page p ON p.id = l.page_id"
    " ORDER BY 1, 2",
    "SELECT p.url_path, count(*), max(r.approved_go_live_at) FROM wagtailcore_revision r"
    " JOIN wagtailcore_page p ON p.id::text = r.object_id GROUP BY 1 ORDER BY 1",
    "SELECT p.url_path, r.model_path, count(*) FROM wagtailcore_referenceindex r"
    " JOIN wagtailcore_page p ON p.id::text = r.object_id GROUP BY 1, 2 ORDER BY 1, 2",
    "SELECT content_type_id, title_text, body_text, title, title_norm"
    " FROM wagtailsearch_indexentry ORDER BY 1, 2, 3, 4",
    "SELECT p.url_path, v.base_views FROM articles_articlepopularity v"
    " JOIN wagtailcore_page p ON p.id = v.article_id ORDER BY 1",
    "SELECT source, status, state - '{seconds,related,redirects,media,links}'::text[],"
    " report - 'run' FROM articles_importrun ORDER BY id",
)
"""What a PostgreSQL database holds; its sequences skip the ids of a killed transaction.

So do the places that stages have reached: they are ids.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.wxr"
    with path.open("wb") as out:
        write_corpus(out, count=ARTICLES)
    return path


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_run_that_is_killed_again_and_again_ends_as_a_straight_one(
    corpus: Path, tmp_path: Path
) -> None:
    with fresh_database(tmp_path, "straight") as straight:
        assert run(corpus, database=straight, tmp_path=tmp_path) == 0
        expected = read_all(straight)
    with fresh_database(tmp_path, "killed") as killed:
        assert run(corpus, database=killed, tmp_path=tmp_path, deaths=DEATHS) >= 5
        found = read_all(killed)
    for name, rows in expected.items():
        assert found[name] == rows, name


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pages_that_wait_for_their_parents_survive_a_kill(tmp_path: Path) -> None:
    sample = samples_dir("wxr") / "theme-unit-test.wordpress.xml"
    with fresh_database(tmp_path, "straight") as straight:
        assert run(sample, database=straight, tmp_path=tmp_path) == 0
        expected = read_all(straight)
    with fresh_database(tmp_path, "killed") as killed:
        deaths = (60, 110, 90, 75)
        assert run(sample, database=killed, tmp_path=tmp_path, deaths=deaths) >= 3
        found = read_all(killed)
    for name, rows in expected.items():
        assert found[name] == rows, name


def run(source: Path, *, database: str, tmp_path: Path, deaths: Iterable[int] = ()) -> int:
    """Import in processes that die, and in one that lives; return how many died."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.default",
        "DATABASE_URL": database,
        "VAR_DIR": f"{tmp_path}/var-{database.rpartition('/')[2]}",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    numbers = map(str, (BATCH, *deaths, 0))
    done = subprocess.run(
        [sys.executable, "-m", "tests.imports.killed_run", str(source), *numbers],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


@contextmanager
def fresh_database(tmp_path: Path, name: str) -> Iterator[str]:
    """Copy the migrated test database; give the copy's address."""
    if connection.vendor == "sqlite":
        path = tmp_path / f"{name}.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        yield f"sqlite:///{path}"
        return
    template = connection.settings_dict["NAME"]
    copied = f"{template}_{name}"
    address = {
        key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")
    }
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{copied}"')
        server.execute(f'CREATE DATABASE "{copied}" TEMPLATE "{template}"')
        user = f"{address['user']}:{address['password']}@" if address["user"] else ""
        yield f"postgres://{user}{address['host']}:{address['port']}/{copied}"
        server.execute(f'DROP DATABASE "{copied}" WITH (FORCE)')


def read_all(database: str) -> dict[str, Any]:
    """Return all that a database holds, but random ids and how long runs took."""
    if database.startswith("sqlite:"):
        return read_sqlite(database.removeprefix("sqlite:///"))
    with psycopg.connect(database.replace("postgres://", "postgresql://")) as reader:
        return {query: reader.execute(query).fetchall() for query in WITHOUT_IDS}


def read_sqlite(path: str) -> dict[str, Any]:
    found = {}
    with closing(sqlite3.connect(path)) as reader:
        reader.row_factory = sqlite3.Row
        tables = [
            row[0]
            for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith("wagtailsearch_indexentry_fts_")
        ]
        for table in tables:
            rows = [dict(row) for row in reader.execute(f'SELECT * FROM "{table}" ORDER BY 1')]
            found[table] = [without_chance(row) for row in rows]
        # The reference index is written anew with each page: its numbers say nothing.
        references = [row | {"id": 0} for row in found["wagtailcore_referenceindex"]]
        found["wagtailcore_referenceindex"] = sorted(references, key=repr)
    return found


def without_chance(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is drawn at random, and the times that processes took."""
    left = {"translation_key", "finished_at", "applied"}
    plain = {name: value for name, value in row.items() if name not in left}
    if "fingerprint" in row and "location" in row:
        state, report = json.loads(row["state"]), json.loads(row["report"])
        state.pop("seconds", None)
        report.pop("run", None)
        plain |= {"state": state, "report": report}
    if "approved_go_live_at" in row:
        plain["content"] = re.sub(r'"translation_key": "[^"]*"', "", row["content"])
    return plain
