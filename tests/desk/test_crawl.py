"""Every screen of the desk that one can reach opens, for whoever reaches it."""

from __future__ import annotations

import re
from collections import Counter, deque
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from articles.corrections.models import Correction
from articles.desk.roles import ADMINISTRATOR, PUBLISHER, REPORTER, SECTION_EDITOR
from articles.desk.section_roles import make_section_role
from articles.media.models import NewsDocument
from articles.navigation.models import BreakingBanner
from articles.pages import actions
from articles.pages.failures import ReleaseFailure
from articles.pages.static import StaticPage
from articles.people.models import Author, Byline
from articles.tags.models import Topic
from tests.factories.images import make_image

pytestmark = pytest.mark.django_db

LINK = re.compile(r"[\"'](/admin/[^\"'#\s<>\\]*)")
DEPTH = 3
EACH_VIEW_AT_MOST = 2
QUERIES_AT_MOST = 120
NOT_FOLLOWED = ("/admin/failwhale/", "/admin/logout/", "/admin/sprite/", "/admin/jsi18n/")
SCREENS_AT_LEAST = {ADMINISTRATOR: 110, PUBLISHER: 85, REPORTER: 50, SECTION_EDITOR: 60}


@pytest.fixture
def _a_busy_newsroom(home, section, subsection, make_article):
    """Something of everything that the desk shows."""
    now = timezone.now()
    lin = Author.objects.create(name="Lin", slug="lin")
    Topic.objects.create(name="Chips")
    live = make_article(title="Live", tags=("AI",), lead_image=make_image())
    Byline.objects.create(article=live, author=lin)
    live.save_revision().publish()
    live.refresh_from_db()
    live.title = "Changed"
    live.save_revision()
    Correction.objects.create(article=live, text="It was twelve, not eleven.")
    make_article(title="Locked", locked=True)
    draft = make_article(title="In review", live=False, parent=subsection)
    draft.save_revision()
    draft.get_workflow().start(draft, None)
    due = make_article(title="Scheduled", live=False)
    actions.schedule(due, actor=None, at=now + timedelta(hours=1), now=now)
    ReleaseFailure.objects.create(page=due, message="No.", failed_at=now, next_attempt_at=now)
    home.add_child(instance=StaticPage(title="About", live=True)).save_revision()
    BreakingBanner.objects.create(text="Talks", ends_at=now + timedelta(hours=1))
    NewsDocument.objects.create(title="Tape", file=ContentFile(b"x", name="tape.mp3"))
    Redirect.objects.create(old_path="/old", redirect_page=live)


def view_of(url):
    parts = urlsplit(url)
    match = resolve(parts.path)
    return match.view_name, tuple(sorted(parse_qs(parts.query)))


def crawl(client):
    """Follow the links of the desk; return status and number of queries by address."""
    seen, visits, found = {"/admin/"}, Counter(), {}
    queue = deque([("/admin/", 0)])
    while queue:
        url, depth = queue.popleft()
        try:
            view = view_of(url)
        except Resolver404:
            continue
        visits[view] += 1
        if visits[view] > EACH_VIEW_AT_MOST:
            continue
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        found[url] = (response.status_code, len(queries))
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page or depth == DEPTH:
            continue
        for link in LINK.findall(response.content.decode()):
            link = unescape(link).replace("\\u0026", "&")
            if link not in seen and not link.startswith(NOT_FOLLOWED):
                seen.add(link)
                queue.append((link, depth + 1))
    return found


@pytest.mark.usefixtures("_a_busy_newsroom")
@pytest.mark.parametrize("role", [ADMINISTRATOR, PUBLISHER, REPORTER, SECTION_EDITOR])
def test_every_screen_one_can_reach_opens_with_bounded_queries(sign_in, section, role):
    client, user = sign_in(role)
    if role == SECTION_EDITOR:
        user.groups.set([make_section_role(role, section=section)])
    found = crawl(client)
    assert {url: status for url, (status, _queries) in found.items() if status >= 500} == {}
    assert {url: n for url, (_status, n) in found.items() if n > QUERIES_AT_MOST} == {}
    assert len(found) >= SCREENS_AT_LEAST[role]
