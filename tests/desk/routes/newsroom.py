"""Ways to change what is not a page: people, topics, banners, settings, accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Workflow
from wagtail.test.utils.form_data import rich_text

from articles.navigation.models import BreakingBanner, NewsroomSettings
from articles.people.models import Author
from articles.tags.models import Topic
from tests.desk.forms import no_rows
from tests.desk.routes.case import Case, route


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
