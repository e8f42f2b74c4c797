"""Many at once: queueing is allowed, two live pages with one address are not."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from articles.desk.roles import SECTION_EDITOR
from articles.pages import actions
from articles.pages.article import ArticlePage
from tests.desk.forms import form_of, new_article_form
from tests.factories.pages import make_article as build_article

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

needs_rows_that_can_be_locked = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="threads need a connection each"
)
EDITORS = 8
PUBLISHERS = 32
PROCESSES = 4
ARTICLES_EACH = 5


def editors(count):
    group = Group.objects.get(name=SECTION_EDITOR)
    for number in range(count):
        user = get_user_model().objects.create_user(f"editor-{number}", password="x")
        user.groups.add(group)
        client = Client()
        client.force_login(user)
        yield client


def at_once(*works):
    """Run all at the same moment, each in a thread; return what each gave or raised."""
    barrier = threading.Barrier(len(works))

    def run(work):
        try:
            barrier.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(run, work) for work in works]
    return [future.exception() or future.result() for future in futures]


def statuses(results):
    return [getattr(result, "status_code", result) for result in results]


def live_addresses():
    return Counter(Page.objects.filter(live=True).values_list("url_path", flat=True))


@needs_rows_that_can_be_locked
def test_of_eight_editors_who_publish_one_new_address_at_once_one_gets_it(section):
    clients = list(editors(EDITORS))
    pages = [build_article(parent=section, slug=f"story-{n}") for n in range(EDITORS)]
    for page in pages:
        page.save_revision()
    for round_number in range(3):
        wanted = f"wanted-{round_number}"
        forms = [
            form_of(client, page) | {"slug": wanted, "action-publish": "1"}
            for client, page in zip(clients, pages, strict=True)
        ]

        def publish(number, forms=forms):
            url = reverse("wagtailadmin_pages:edit", args=[pages[number].pk])
            return clients[number].post(url, forms[number])

        results = at_once(*(lambda n=n: publish(n) for n in range(EDITORS)))
        assert set(statuses(results)) <= {200, 302}
        assert ArticlePage.objects.filter(slug=wanted, live=True).count() == 1
        assert set(live_addresses().values()) == {1}


@needs_rows_that_can_be_locked
def test_thirty_two_who_publish_under_one_section_all_save_and_share_no_address(section):
    clients = list(editors(PUBLISHERS))
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])
    form = new_article_form(clients[0], section) | {"action-publish": "1"}
    slugs = ["one-for-all" if n % 2 else f"own-{n}" for n in range(PUBLISHERS)]
    results = at_once(
        *(
            lambda client=client, slug=slug: client.post(url, form | {"title": slug, "slug": slug})
            for client, slug in zip(clients, slugs, strict=True)
        )
    )
    assert set(statuses(results)) <= {200, 302}
    live = ArticlePage.objects.filter(live=True)
    assert set(live.values_list("slug", flat=True)) == set(slugs)
    assert set(live_addresses().values()) == {1}
    assert live.exclude(published_at=None).count() == len(set(slugs))
    assert not any(Page.find_problems())


@needs_rows_that_can_be_locked
def test_the_desk_and_the_service_do_not_wait_for_each_other_in_a_circle(section):
    (client,) = editors(1)
    page = build_article(parent=section, live=False)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for _round in range(5):
        page.save_revision()
        results = at_once(
            lambda: client.post(f"{bulk}?id={page.pk}", {}),
            lambda: actions.publish(page, actor=None, now=timezone.now()).pk,
        )
        assert statuses(results) == [302, page.pk]
    assert ArticlePage.objects.get(pk=page.pk).live


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way to queue writers")
def test_processes_that_publish_into_one_sqlite_file_queue_up(section, tmp_path):
    file = tmp_path / "news.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.default",
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{file}",
        "PYTHONWARNINGS": "ignore",
    }
    script = Path(__file__).with_name("publish_many.py")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", f"tests.pages.{script.stem}", str(n), str(ARTICLES_EACH)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    answers = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES, answers
    told = Counter(word for out, _err in answers for word in out.split())
    assert told == {
        "published": PROCESSES * ARTICLES_EACH + ARTICLES_EACH,
        "taken": (PROCESSES - 1) * ARTICLES_EACH,
    }
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT url_path FROM wagtailcore_page WHERE live AND depth = 4")
        addresses = [row[0] for row in rows]
    database.close()
    assert len(addresses) == len(set(addresses)) == PROCESSES * ARTICLES_EACH + ARTICLES_EACH
