import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.popularity.journal import JournalWriter, View, close_journals
from articles.popularity.models import ArticlePopularity, ArticleViews, CountedJournal
from articles.popularity.queries import get_views, list_most_popular
from articles.popularity.rollup import (
    add_views,
    count_journal,
    rebuild_totals,
    refresh_windows,
    roll_up,
    set_base_views,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def journals(settings, tmp_path):
    settings.NEWSROOM_JOURNAL_DIR = tmp_path / "journals"
    return settings.NEWSROOM_JOURNAL_DIR


def hour(now, hours_ago=0):
    return (now - timedelta(hours=hours_ago)).replace(minute=0, second=0, microsecond=0)


def test_a_view_is_counted_and_answered_with_204(client, make_article):
    article = make_article()
    for _ in range(3):
        assert client.post(f"/_v/{article.pk}").status_code == 204
    assert client.get(f"/_v/{article.pk}.gif")["Content-Type"] == "image/gif"
    assert roll_up(now=timezone.now()) == 4
    assert get_views([article.pk])[article.pk] == {"total": 4, "24h": 4, "7d": 4, "30d": 4}


def test_only_articles_that_readers_may_see_are_counted(client, make_article, section):
    draft = make_article(live=False)
    for page_id in (draft.pk, section.pk, 0, 999_999, 10**30):
        assert client.post(f"/_v/{page_id}").status_code == 404
    assert roll_up(now=timezone.now()) == 0


def test_other_methods_are_refused(client, make_article):
    article = make_article()
    assert client.get(f"/_v/{article.pk}").status_code == 405
    assert client.post(f"/_v/{article.pk}.gif").status_code == 405
    client.head(f"/_v/{article.pk}.gif")
    assert roll_up(now=timezone.now()) == 0


def test_a_journal_is_counted_once_however_often_it_is_found(make_article, journals):
    article = make_article()
    now = timezone.now()
    writer = JournalWriter(journals)
    writer.append(View(article.pk, int(now.timestamp())))
    (closed,) = close_journals(journals)
    assert count_journal(closed, now=now) == 1
    assert count_journal(closed, now=now) == 0
    assert CountedJournal.objects.count() == 1
    assert get_views()[article.pk]["total"] == 1


def test_a_writer_goes_on_in_a_new_file_when_its_own_was_closed(make_article, journals):
    article = make_article()
    now = timezone.now()
    writer = JournalWriter(journals)
    for expected in (1, 2, 3):
        writer.append(View(article.pk, int(now.timestamp())))
        assert roll_up(now=now) == 1
        assert get_views()[article.pk]["total"] == expected


def test_views_of_a_deleted_article_are_dropped_and_the_others_kept(make_article, journals):
    kept, gone = make_article(), make_article()
    at = int(timezone.now().timestamp())
    writer = JournalWriter(journals)
    writer.append(View(kept.pk, at))
    writer.append(View(gone.pk, at))
    gone.delete()
    assert roll_up(now=timezone.now()) == 1


def test_windows_hold_what_their_span_says_and_empty_themselves(make_article):
    article = make_article()
    now = timezone.now()
    for hours_ago, views in ((0, 1), (5, 10), (50, 100), (300, 1000), (2000, 10_000)):
        add_views([(article.pk, hour(now, hours_ago), views)])
    set_base_views({article.pk: 500})
    refresh_windows(now=now)
    assert get_views()[article.pk] == {"total": 11_611, "24h": 11, "7d": 111, "30d": 1111}
    refresh_windows(now=now + timedelta(days=40))
    assert get_views()[article.pk] == {"total": 11_611, "24h": 0, "7d": 0, "30d": 0}
    assert ArticlePopularity.objects.get().trending == 0


def test_an_imported_base_can_be_set_again_without_adding_up(make_article):
    article = make_article()
    add_views([(article.pk, hour(timezone.now()), 2)])
    set_base_views({article.pk: 500})
    set_base_views({article.pk: 700})
    assert get_views()[article.pk]["total"] == 702
    ArticlePopularity.objects.update(views_total=1)
    rebuild_totals()
    assert get_views()[article.pk]["total"] == 702


def test_trending_prefers_the_recent(make_article):
    old, new = make_article(), make_article()
    now = timezone.now()
    add_views([(old.pk, hour(now, 48), 100), (new.pk, hour(now, 1), 50)])
    refresh_windows(now=now)
    assert list_most_popular("trending") == [new.pk, old.pk]
    assert list_most_popular("7d") == [old.pk, new.pk]


def test_most_popular_keeps_to_the_category_and_to_what_is_visible(
    make_article, section, subsection, home
):
    from tests.factories.pages import make_category

    world = make_category("World", parent=home)
    articles = {
        "ai": make_article(parent=subsection),
        "tech": make_article(parent=section),
        "world": make_article(parent=world),
        "release": make_article(parent=section, kind="press_release"),
        "embargoed": make_article(embargoed_until=timezone.now() + timedelta(hours=1)),
    }
    now = timezone.now()
    add_views([(a.pk, hour(now), 10 * n) for n, a in enumerate(articles.values(), start=1)])
    refresh_windows(now=now)
    ids = {name: article.pk for name, article in articles.items()}
    assert list_most_popular("24h") == [ids["world"], ids["tech"], ids["ai"]]
    assert list_most_popular("24h", category_id=section.pk) == [ids["tech"], ids["ai"]]
    assert list_most_popular("24h", limit=1) == [ids["world"]]


def test_commands_add_up_and_show(client, make_article):
    article = make_article(title="Read by one")
    client.post(f"/_v/{article.pk}")
    out = StringIO()
    call_command("rollup_views", stdout=out)
    assert out.getvalue() == "1 views added.\n"
    out = StringIO()
    call_command("show_views", "--article", str(article.pk), "--json", stdout=out)
    expected = {str(article.pk): {"total": 1, "24h": 1, "7d": 1, "30d": 1}}
    assert json.loads(out.getvalue()) == expected
    out = StringIO()
    call_command("show_views", stdout=out)
    assert "Read by one" in out.getvalue()


def test_hours_of_one_article_add_up_in_one_row(make_article):
    article = make_article()
    now = timezone.now()
    add_views([(article.pk, hour(now), 2)])
    add_views([(article.pk, hour(now), 3)])
    assert ArticleViews.objects.get().views == 5
