"""Every way of the desk to change something, walked as a browser would, by name.

A route takes a `Case` and tells whether it did what it is there for. It brings what it
changes into being itself, owned by the account of the case unless its name says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Revision, Workflow
from wagtail.test.utils.form_data import rich_text

from articles.corrections.models import Correction
from articles.navigation.models import BreakingBanner, NewsroomSettings
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.people.models import Author
from articles.tags.models import Topic
from tests.desk.forms import form_of, new_article_form, no_rows
from tests.factories.pages import make_article

ROUTES: dict[str, Callable[[Case], bool]] = {}


@dataclass
class Case:
    """Who acts, and where."""

    client: Client
    user: Any
    section: CategoryPage
    elsewhere: CategoryPage

    def article(self, **fields: Any) -> ArticlePage:
        return make_article(**{"parent": self.section, "owner": self.user, **fields})

    def draft(self, **fields: Any) -> ArticlePage:
        return self.article(live=False, **fields)

    def post(self, view: str, /, *args: Any, query: str = "", **data: Any) -> Any:
        response = self.client.post(reverse(view, args=args) + query, data)
        assert response.status_code < 500
        return response

    def bulk(self, action: str, page: Page, **data: Any) -> Any:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return self.client.post(f"{url}?id={page.pk}", data)

    def api(self, action: str, page: Page, **data: Any) -> Any:
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
        return self.client.post(url, data, content_type="application/json")


def route(function: Callable[[Case], bool]) -> Callable[[Case], bool]:
    ROUTES[function.__name__] = function
    return function


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def is_scheduled(page: Page) -> bool:
    return Revision.page_revisions.filter(
        object_id=str(page.pk), approved_go_live_at__isnull=False
    ).exists()


def exists(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk).exists()


def tomorrow() -> str:
    return f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"


# Publishing


@route
def create_live(case: Case) -> bool:
    data = new_article_form(case.client, case.section)
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", case.section.pk])
    case.client.post(url, data | {"title": "New", "slug": "new", "action-publish": "1"})
    return is_live(ArticlePage.objects.get(slug="new"))


@route
def create_scheduled(case: Case) -> bool:
    data = new_article_form(case.client, case.section)
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", case.section.pk])
    filled = {"title": "New", "slug": "new", "action-publish": "1", "go_live_at": tomorrow()}
    case.client.post(url, data | filled)
    return is_scheduled(ArticlePage.objects.get(slug="new"))


@route
def publish_by_form(case: Case) -> bool:
    draft = case.draft()
    data = form_of(case.client, draft) | {"action-publish": "1"}
    case.post("wagtailadmin_pages:edit", draft.pk, **data)
    return is_live(draft)


@route
def schedule_by_form(case: Case) -> bool:
    draft = case.draft()
    data = form_of(case.client, draft) | {"action-publish": "1", "go_live_at": tomorrow()}
    case.post("wagtailadmin_pages:edit", draft.pk, **data)
    return is_scheduled(draft)


@route
def publish_a_change_by_form(case: Case) -> bool:
    article = case.article()
    article.save_revision()
    data = form_of(case.client, article) | {"title": "Changed", "action-publish": "1"}
    case.post("wagtailadmin_pages:edit", article.pk, **data)
    return ArticlePage.objects.get(pk=article.pk).title == "Changed"


@route
def publish_in_bulk(case: Case) -> bool:
    draft = case.draft()
    case.bulk("publish", draft)
    return is_live(draft)


@route
def publish_below_in_bulk(case: Case) -> bool:
    draft = case.draft()
    case.bulk("publish", case.section, include_descendants="on")
    return is_live(draft)


@route
def publish_by_api(case: Case) -> bool:
    draft = case.draft()
    case.api("publish", draft)
    return is_live(draft)


@route
def approve_alone(case: Case) -> bool:
    """All steps of a review of one's own article, by address and by form."""
    draft = case.draft()
    draft.save_revision()
    state = draft.get_workflow().start(draft, case.user)
    for _step in range(4):
        state.refresh_from_db()
        if state.current_task_state is None:
            break
        case.post(
            "wagtailadmin_pages:workflow_action", draft.pk, "approve", state.current_task_state.pk
        )
        words = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        page = case.client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
        if page.status_code == 200:
            case.post("wagtailadmin_pages:edit", draft.pk, **(form_of(case.client, draft) | words))
    return is_live(draft)


@route
def copy_live(case: Case) -> bool:
    article = case.article()
    case.post(
        "wagtailadmin_pages:copy",
        article.pk,
        new_title="Copy",
        new_slug="the-copy",
        new_parent_page=case.section.pk,
        publish_copies="on",
    )
    return ArticlePage.objects.filter(slug="the-copy", live=True).exists()


@route
def copy_live_by_api(case: Case) -> bool:
    article = case.article()
    case.api("copy", article, slug="the-copy", keep_live=True)
    return ArticlePage.objects.filter(slug="the-copy", live=True).exists()


@route
def make_an_alias(case: Case) -> bool:
    article = case.article(slug="twice")
    case.post(
        "wagtailadmin_pages:copy",
        article.pk,
        new_title="Copy",
        new_slug="the-alias",
        new_parent_page=case.elsewhere.pk,
        alias="on",
    )
    case.api("create_alias", article, destination_page_id=case.elsewhere.pk)
    return Page.objects.filter(alias_of__isnull=False).exists()


@route
def publish_an_old_version(case: Case) -> bool:
    article = case.article(title="First")
    old = article.save_revision()
    article.title = "Second"
    article.save_revision().publish()
    data = form_of(case.client, article) | {"title": "First", "action-publish": "1"}
    case.post("wagtailadmin_pages:edit", article.pk, **(data | {"revision": old.pk}))
    case.api("revert_to_page_revision", article, revision_id=old.pk)
    return ArticlePage.objects.get(pk=article.pk).title == "First"


# Taking down, moving, deleting


@route
def unpublish(case: Case) -> bool:
    article = case.article()
    case.post("wagtailadmin_pages:unpublish", article.pk)
    return not is_live(article)


@route
def unpublish_in_bulk(case: Case) -> bool:
    article = case.article()
    case.bulk("unpublish", article)
    return not is_live(article)


@route
def unpublish_by_api(case: Case) -> bool:
    article = case.article()
    case.api("unpublish", article)
    return not is_live(article)


@route
def unschedule(case: Case) -> bool:
    draft = case.draft()
    now = timezone.now()
    actions.schedule(draft, actor=None, at=now + timedelta(hours=1), now=now)
    revision = ArticlePage.objects.get(pk=draft.pk).scheduled_revision
    case.post("wagtailadmin_pages:revisions_unschedule", draft.pk, revision.pk)
    return not is_scheduled(draft)


@route
def withdraw(case: Case) -> bool:
    article = case.article()
    case.post("newsroom_withdraw", article.pk, reason="Sources retracted")
    return not is_live(article)


@route
def move_live(case: Case) -> bool:
    article = case.article()
    case.post("wagtailadmin_pages:move_confirm", article.pk, case.elsewhere.pk)
    return ArticlePage.objects.get(pk=article.pk).get_parent().pk == case.elsewhere.pk


@route
def move_live_in_bulk(case: Case) -> bool:
    article = case.article()
    case.bulk("move", article, chooser=case.elsewhere.pk)
    return ArticlePage.objects.get(pk=article.pk).get_parent().pk == case.elsewhere.pk


@route
def move_live_by_api(case: Case) -> bool:
    article = case.article()
    case.api("move", article, destination_page_id=case.elsewhere.pk, position="last-child")
    return ArticlePage.objects.get(pk=article.pk).get_parent().pk == case.elsewhere.pk


@route
def reorder(case: Case) -> bool:
    first, second = case.article(), case.article()
    case.post("wagtailadmin_pages:set_page_position", second.pk, query="?position=0")
    return ArticlePage.objects.get(pk=second.pk).path < ArticlePage.objects.get(pk=first.pk).path


@route
def delete_live(case: Case) -> bool:
    article = case.article()
    case.post("wagtailadmin_pages:delete", article.pk)
    return not exists(article)


@route
def delete_live_in_bulk(case: Case) -> bool:
    article = case.article()
    case.bulk("delete", article)
    return not exists(article)


@route
def delete_live_by_api(case: Case) -> bool:
    article = case.article()
    case.api("delete", article)
    return not exists(article)


@route
def delete_what_was_live(case: Case) -> bool:
    article = case.article()
    article.unpublish()
    case.post("wagtailadmin_pages:delete", article.pk)
    case.bulk("delete", article)
    return not exists(article)


@route
def delete_own_draft(case: Case) -> bool:
    draft = case.draft()
    case.post("wagtailadmin_pages:delete", draft.pk)
    return not exists(draft)


@route
def delete_a_section(case: Case) -> bool:
    case.article()
    case.post("wagtailadmin_pages:delete", case.section.pk)
    return not exists(case.section)


# Access and locks


@route
def restrict(case: Case) -> bool:
    article = case.article()
    case.post("wagtailadmin_pages:set_privacy", article.pk, restriction_type="login")
    return PageViewRestriction.objects.filter(page=article.pk).exists()


@route
def lock_anothers(case: Case) -> bool:
    article = case.article(owner=None)
    case.post("wagtailadmin_pages:lock", article.pk)
    return Page.objects.get(pk=article.pk).locked


@route
def unlock_anothers(case: Case) -> bool:
    article = case.article(locked=True)
    case.post("wagtailadmin_pages:unlock", article.pk)
    return not Page.objects.get(pk=article.pk).locked


# Text


@route
def save_own_draft(case: Case) -> bool:
    return _save(case, case.draft())


@route
def save_anothers_draft(case: Case) -> bool:
    return _save(case, case.draft(owner=None))


def _save(case: Case, draft: ArticlePage) -> bool:
    page = case.client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    if page.status_code != 200:
        case.post("wagtailadmin_pages:edit", draft.pk, title="Mine", slug=draft.slug)
    else:
        data = form_of(case.client, draft) | {"title": "Mine"}
        case.post("wagtailadmin_pages:edit", draft.pk, **data)
    return ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "Mine"


@route
def change_a_section(case: Case) -> bool:
    page = case.client.get(reverse("wagtailadmin_pages:edit", args=[case.section.pk]))
    if page.status_code != 200:
        return False
    data = form_of(case.client, case.section) | {"title": "Ours", "action-publish": "1"}
    case.post("wagtailadmin_pages:edit", case.section.pk, **data)
    return CategoryPage.objects.get(pk=case.section.pk).title == "Ours"


@route
def correct(case: Case) -> bool:
    article = case.article()
    text = "There are twelve zones, not eleven as we wrote."
    case.post("newsroom_add_correction", article.pk, kind="correction", text=text)
    return Correction.objects.exists()


# What is not a page


@route
def add_an_author(case: Case) -> bool:
    case.post("wagtailsnippets_articles_author:add", **_author(name="Lin", slug="lin"))
    return Author.objects.filter(slug="lin").exists()


@route
def delete_an_author(case: Case) -> bool:
    author = Author.objects.create(name="Lin", slug="lin")
    case.post("wagtailsnippets_articles_author:delete", author.pk)
    return not Author.objects.exists()


def _author(**values: str) -> dict[str, Any]:
    return values | no_rows("profiles") | {"biography": rich_text("")}


@route
def add_a_topic(case: Case) -> bool:
    case.post("wagtailsnippets_articles_topic:add", name="Chips", slug="chips", description="")
    return Topic.objects.filter(slug="chips").exists()


@route
def merge_topics(case: Case) -> bool:
    into, _old = (Topic.objects.create(name=name) for name in ("Chips", "Microchips"))
    case.post("newsroom_merge_topics", topics="Microchips", into=into.pk)
    return Topic.objects.count() == 1


@route
def put_up_a_banner(case: Case) -> bool:
    begins, ends = timezone.localtime(), timezone.localtime() + timedelta(hours=1)
    case.post(
        "wagtailsnippets_articles_breakingbanner:add",
        text="Talks adjourned",
        starts_at=f"{begins:%Y-%m-%d %H:%M}",
        ends_at=f"{ends:%Y-%m-%d %H:%M}",
    )
    return BreakingBanner.objects.exists()


@route
def take_down_a_banner(case: Case) -> bool:
    now = timezone.now()
    hour = timedelta(hours=1)
    banner = BreakingBanner.objects.create(text="Old", starts_at=now - hour, ends_at=now + hour)
    case.post("newsroom_end_banner", banner.pk)
    return not BreakingBanner.objects.on_air(now=timezone.now()).exists()


@route
def change_the_outlet(case: Case) -> bool:
    settings = NewsroomSettings.objects.get()
    rows = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data = {
        f"{name}-{k}": v for name in ("social_profiles", "footer_links") for k, v in rows.items()
    }
    data |= {"outlet_name": "Ours", "feed_content": "summary"}
    case.post("wagtailsettings:edit", "articles", "newsroomsettings", settings.site_id, **data)
    return NewsroomSettings.objects.get().outlet_name == "Ours"


@route
def add_a_redirect(case: Case) -> bool:
    case.post(
        "wagtailredirects:add",
        old_path="/old/",
        is_permanent="on",
        redirect_page=case.section.pk,
    )
    return Redirect.objects.exists()


@route
def add_an_account(case: Case) -> bool:
    case.post(
        "wagtailusers_users:add",
        username="fresh",
        email="fresh@example.org",
        first_name="Fresh",
        last_name="Person",
        password1="a-long-enough-phrase",
        password2="a-long-enough-phrase",
    )
    return type(case.user).objects.filter(username="fresh").exists()


@route
def give_a_role_for_a_section(case: Case) -> bool:
    case.post("newsroom_section_role", role="Section editor", section=case.section.pk)
    return Group.objects.filter(name="Section editor: Technology").exists()


@route
def end_the_workflow(case: Case) -> bool:
    workflow = Workflow.objects.get()
    case.post("wagtailadmin_workflows:disable", workflow.pk)
    workflow.refresh_from_db()
    return not workflow.active
