"""Ways to take pages down, to move, delete, lock and edit them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from articles.corrections.models import Correction
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from tests.desk.forms import form_of
from tests.desk.routes.case import Case, exists, is_live, is_scheduled, route


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
