from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from articles.navigation.models import BreakingBanner, FooterLink, NewsroomSettings, SocialProfile
from articles.pages.static import StaticPage
from articles.reading.site import get_site_facts
from articles.reading.site_queries import find_site
from tests.factories.images import make_image, make_renditions
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db


def get_facts(path="/"):
    return get_site_facts(RequestFactory().get(path))


@pytest.fixture
def outlet():
    return NewsroomSettings.objects.get()


def test_tree_of_sections_is_read_with_addresses_and_trails(home, subsection):
    facts = get_facts()
    technology, ai = facts.sections.values()
    assert facts.top_sections == [technology]
    assert facts.children_of(technology.id) == [ai]
    assert ai.url == "/technology/artificial-intelligence/"
    assert ai.trail == (("Technology", "/technology/"), ("Artificial intelligence", ai.url))
    assert facts.section_at(ai.path + "0001") == ai


def test_sections_stand_in_the_order_of_the_tree(home):
    for title in ("World", "Politics", "Economy"):
        make_category(title, parent=home)
    assert [section.title for section in get_facts().top_sections] == [
        "World",
        "Politics",
        "Economy",
    ]


def test_section_below_one_that_is_not_public_hangs_on_the_next_above(home, section):
    hidden = make_category("Hidden", parent=section)
    below = make_category("Below", parent=hidden)
    hidden.live = False
    hidden.save()
    facts = get_facts()
    assert hidden.pk not in facts.sections
    assert facts.sections[below.pk].parent_id == section.pk
    assert [title for title, _url in facts.sections[below.pk].trail] == ["Technology", "Below"]


def test_restricted_section_is_not_in_the_menu(section, subsection):
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert get_facts().sections == {}


def test_links_of_the_footer_lead_to_pages_that_readers_may_see(home, outlet):
    about = home.add_child(instance=StaticPage(title="About", live=True))
    draft = home.add_child(instance=StaticPage(title="Draft", live=False))
    outlet.about_page = about
    outlet.ethics_page = draft
    outlet.save()
    FooterLink.objects.create(settings=outlet, title="Jobs", url="https://jobs.example/")
    FooterLink.objects.create(settings=outlet, title="Who we are", page=about, sort_order=1)
    FooterLink.objects.create(settings=outlet, title="Hidden", page=draft, sort_order=2)
    SocialProfile.objects.create(settings=outlet, label="Mastodon", url="https://m.example/")
    facts = get_facts()
    assert facts.policies == {"about": ("About", "/about/")}
    assert facts.footer_links == (("Jobs", "https://jobs.example/"), ("Who we are", "/about/"))
    assert facts.social_profiles == (("Mastodon", "https://m.example/"),)


def test_newest_banner_on_air_is_shown_without_a_link_to_what_is_not_public(make_article):
    now = timezone.now()
    hidden = make_article(embargoed_until=now + timedelta(hours=1))
    hour = timedelta(hours=1)
    BreakingBanner.objects.create(text="Over", starts_at=now - 2 * hour, ends_at=now - hour)
    BreakingBanner.objects.create(text="Older", starts_at=now - 2 * hour, ends_at=now + hour)
    BreakingBanner.objects.create(
        text="Newer", page=hidden, starts_at=now - hour, ends_at=now + hour
    )
    banner = get_facts().banner
    assert banner is not None
    assert (banner.text, banner.url) == ("Newer", "")
    assert abs(banner.at - (now - hour)) < timedelta(seconds=1)


def test_logo_is_shown_once_it_has_a_rendition(outlet):
    outlet.logo = make_image()
    outlet.save()
    assert get_facts().logo is None
    make_renditions(outlet.logo, slot="inline")
    logo = get_facts().logo
    assert logo is not None
    assert logo.src.startswith("/media/images/")


def test_times_are_shown_in_the_zone_of_the_outlet(outlet):
    outlet.time_zone = "Asia/Karachi"
    outlet.save()
    get_facts()
    try:
        assert timezone.localtime(datetime(2024, 3, 9, 20, tzinfo=UTC)).day == 10
    finally:
        timezone.deactivate()


def test_site_is_the_one_that_wagtail_would_find():
    default = Site.objects.get(is_default_site=True)
    other = Site.objects.create(
        hostname="other.example", port=80, root_page=default.root_page, site_name="Other"
    )
    for host in ("other.example", "other.example:8080", "unknown.example"):
        ours = find_site(RequestFactory().get("/", headers={"host": host}))
        theirs = Site.find_for_request(RequestFactory().get("/", headers={"host": host}))
        assert ours == theirs
    assert find_site(RequestFactory().get("/", headers={"host": "other.example"})) == other


def test_host_without_any_site_is_not_found():
    Site.objects.all().delete()
    with pytest.raises(Http404):
        get_facts()


@pytest.mark.parametrize("count", [3, 30])
def test_facts_take_three_queries_whatever_the_number_of_sections(
    count, home, outlet, django_assert_num_queries
):
    for number in range(count):
        top = make_category(f"Section {number}", parent=home)
        make_category(f"Sub-section {number}", parent=top)
        SocialProfile.objects.create(settings=outlet, label="M", url="https://m.example/")
    request = RequestFactory().get("/")
    with django_assert_num_queries(3):
        facts = get_site_facts(request)
    with django_assert_num_queries(0):
        assert get_site_facts(request) is facts
        assert Site.find_for_request(request).root_page.specific == home
