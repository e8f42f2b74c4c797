import json

import pytest

from articles.pages.static import StaticPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def ethics(home, outlet):
    """About › Ethics, with four parts."""
    about = home.add_child(instance=StaticPage(title="About us", slug="about", live=True))
    body = [("heading", {"text": f"Part {number}", "level": "h2"}) for number in range(4)]
    page = about.add_child(
        instance=StaticPage(
            title="Ethics", live=True, body=[*body, ("paragraph", "<p>We check.</p>")]
        )
    )
    page.save_revision().publish()
    outlet.ethics_page = page
    outlet.about_page = about
    outlet.save()
    return page


def test_static_page_has_text_contents_and_trail(client, ethics):
    html = client.get(ethics.url).content.decode()
    assert "<p>We check.</p>" in html
    assert '<a href="#part-3">Part 3</a>' in html
    assert '<h2 id="part-3">Part 3</h2>' in html
    trail = html.partition('<nav class="breadcrumb')[2].partition("</nav>")[0]
    assert '<a href="/about/">About us</a>' in trail
    assert '<p class="static__date">Updated' in html


def test_page_about_the_outlet_says_what_it_is_to_machines(client, ethics):
    html = client.get("/about/").content.decode()
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    nodes = {node["@type"]: node for node in json.loads(text)["@graph"]}
    assert nodes["AboutPage"]["url"] == "http://127.0.0.1:8000/about/"
    organization = nodes["NewsMediaOrganization"]
    assert organization["ethicsPolicy"] == "http://127.0.0.1:8000/about/ethics/"


def test_short_page_lists_no_contents(client, home, outlet):
    page = home.add_child(instance=StaticPage(title="Contact", live=True))
    assert "On this page" not in client.get(page.url).content.decode()


def test_static_page_takes_five_queries(client, ethics, django_assert_num_queries):
    url = ethics.url
    with django_assert_num_queries(5):
        client.get(url)
