"""Ways to bring something before readers."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from articles.pages.article import ArticlePage
from tests.desk.forms import form_of, new_article_form
from tests.desk.routes.case import Case, is_live, is_scheduled, route


def tomorrow() -> str:
    return f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"


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
