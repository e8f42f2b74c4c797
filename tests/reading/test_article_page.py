import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.corrections.models import Correction
from articles.navigation.models import SocialProfile
from articles.people.models import Author, Byline
from articles.related.models import RelatedLink
from tests.factories.images import make_image, make_renditions
from tests.factories.pages import make_article as build_article
from tests.factories.pages import make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def read(client, outlet):
    """Get a page as a reader does and return its HTML."""

    def get(url):
        response = client.get(url)
        assert response.status_code == 200
        return response.content.decode()

    return get


def body_of(html):
    """Return the HTML of the text."""
    return html.partition('<div class="prose">')[2].partition('<footer class="article__foot">')[0]


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def graph_of(html):
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def hide_in_every_way(make_article, home):
    """Return one article in each state in which readers do not see it."""
    now = timezone.now()
    closed = make_category("Closed", parent=home)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    return {
        "draft": make_article(title="Hidden draft", live=False),
        "embargoed": make_article(title="Hidden embargoed", embargoed_until=now + HOUR),
        "expired": make_article(title="Hidden expired", expire_at=now - HOUR),
        "future": make_article(title="Hidden future", published_at=now + HOUR),
        "withdrawn": make_article(title="Hidden withdrawn", withdrawn_at=now),
        "unpublished": make_article(
            title="Hidden unpublished", live=False, published_at=now, first_published_at=now
        ),
        "private": make_article(title="Hidden private", parent=closed),
    }


def test_article_shows_its_head_and_its_text(read, make_article, subsection):
    article = make_article(
        parent=subsection,
        title="China ties 6G to industry",
        kicker="6G",
        standfirst="Factories come first.",
        kind="analysis",
        tags=("6G", "China"),
        disclosure="None",
        source_name="AFP",
        sources_and_method="<p>Plan documents.</p>",
    )
    author = Author.objects.create(name="Lin Meifeng", slug="lin-meifeng", role="Correspondent")
    other = Author.objects.create(name="Chen Yao", slug="chen-yao")
    Byline.objects.create(article=article, author=other, role="photographs", sort_order=0)
    Byline.objects.create(article=article, author=author, sort_order=1)
    html = read(article.url)
    text = text_of(html)
    assert '<h1 class="article__title">China ties 6G to industry</h1>' in html
    assert "Factories come first." in text
    assert "Analysis draws on reporting" in text
    assert text.index("By Lin Meifeng") < text.index("Photographs by Chen Yao")
    assert '<a class="byline__name" href="/authors/lin-meifeng/"' in html
    assert '<a class="chip" href="/tags/6g/" rel="tag">6G</a>' in html
    assert "Source: AFP" in text
    assert "Disclosure None" in text
    assert "Plan documents." in text
    assert html.count("/technology/artificial-intelligence/") >= 3
    trail = html.partition('<nav class="breadcrumb')[2].partition("</nav>")[0]
    assert text_of(trail).endswith("Home Technology Artificial intelligence")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Beijing, 9 March 2024 (TDI): Text"),
        ({"dateline_agency": "AFP"}, "Beijing, 9 March 2024 (AFP): Text"),
        ({"dateline_date": date(2024, 3, 1)}, "Beijing, 1 March 2024 (TDI): Text"),
        ({"language": "de"}, "Beijing, 9. März 2024 (TDI): Text"),
        ({"language": "fr-CA"}, "Beijing, 9 mars 2024 (TDI): Text"),
        ({"language": "xx"}, "Beijing, 9 March 2024 (TDI): Text"),
        ({"dateline_place": ""}, "Text"),
    ],
)
def test_dateline_is_run_in_before_the_first_words(read, make_article, fields, expected):
    article = make_article(
        **{
            "dateline_place": "Beijing",
            "published_at": datetime(2024, 3, 9, 10, tzinfo=UTC),
            "body": [
                ("key_points", {"points": ["One"]}),
                ("paragraph", "<p>Text of it.</p><p>More.</p>"),
                ("paragraph", "<p>Text again.</p>"),
            ],
        }
        | fields
    )
    body = body_of(read(article.url))
    paragraphs = [text_of(part) for part in re.findall(r"<p>.*?</p>", body)]
    assert paragraphs[0] == f"{expected} of it."
    assert body.count("dateline") <= 1


def test_day_of_the_dateline_is_that_of_the_outlet(read, make_article, outlet):
    outlet.time_zone = "Asia/Karachi"
    outlet.save()
    article = make_article(
        dateline_place="Lahore", published_at=datetime(2024, 3, 9, 20, tzinfo=UTC)
    )
    html = read(article.url)
    assert '<b class="dateline"><bdi>Lahore, 10 March 2024 (TDI):</bdi></b> Text' in html
    assert 'datetime="2024-03-10T01:00:00+05:00">10 March 2024, 01:00 PKT</time>' in html


def test_dateline_stands_alone_before_a_list_and_without_paragraphs(read, make_article):
    listed = make_article(dateline_place="Lagos", body=[("paragraph", "<ul><li>One</li></ul>")])
    empty = make_article(dateline_place="Lagos", body=[("divider", None)])
    assert re.search(r"<p><b class=\"dateline\">.*?</b> </p><ul>", body_of(read(listed.url)))
    assert body_of(read(empty.url)).strip().startswith('<p><b class="dateline">')


def test_agency_is_left_out_where_there_is_none(read, make_article, outlet):
    outlet.agency_code = ""
    outlet.save()
    article = make_article(dateline_place="Lagos", published_at=datetime(2024, 3, 9, tzinfo=UTC))
    assert "<bdi>Lagos, 9 March 2024:</bdi>" in read(article.url)


def test_also_read_shows_the_present_headline(read, make_article):
    target = make_article(title="Before")
    article = make_article(body=[("also_read", {"article": target})])
    target.title = "After"
    target.save()
    body = body_of(read(article.url))
    assert f'<a href="{target.url}">After</a>' in body
    assert "Before" not in body


def test_hidden_articles_are_neither_advertised_nor_linked_nor_related(read, make_article, home):
    hidden = hide_in_every_way(make_article, home)
    body = [("also_read", {"article": article}) for article in hidden.values()]
    body += [
        ("paragraph", f'<p><a linktype="page" id="{article.pk}">Words {name}</a></p>')
        for name, article in hidden.items()
    ]
    article = make_article(body=body)
    for target in hidden.values():
        RelatedLink.objects.create(article=article, target=target)
    html = read(article.url)
    assert "Hidden" not in html
    for name, target in hidden.items():
        assert f"Words {name}" in html
        assert target.url not in html


def test_article_does_not_advertise_itself(read, make_article):
    article = make_article(title="Only one")
    article.body = [("also_read", {"article": article})]
    article.save()
    assert "also-read" not in read(article.url)


def test_pending_also_read_is_not_shown_to_readers(read, make_article):
    article = make_article(body=[("also_read", {"wanted_headline": "Not here yet"})])
    assert "Not here yet" not in read(article.url)


def test_corrections_stand_where_they_belong(read, make_article):
    article = make_article()
    Correction.objects.create(article=article, text="There are twelve zones.", is_material=True)
    Correction.objects.create(article=article, text="A name was misspelled.", kind="clarification")
    html = read(article.url).partition("<main")[2]
    prose = html.index('<div class="prose">')
    assert html.index("There are twelve zones.") < prose < html.index("A name was misspelled.")


def test_retraction_stands_in_place_of_the_text(read, make_article):
    article = make_article(dateline_place="Lagos", body=[("paragraph", "<p>Wrong words.</p>")])
    Correction.objects.create(article=article, text="We take it back.", kind="retraction")
    html = read(article.url)
    assert "We take it back." in html
    assert "Wrong words." not in html
    assert "Lagos" not in body_of(html)


def test_lead_picture_bears_the_words_of_this_article(read, make_article):
    image = make_image(description="Photo text", caption="Photo caption", credit="Photo credit")
    make_renditions(image, slot="lead")
    own = make_article(lead_image=image, lead_caption="Own caption", lead_alt_text="Own text")
    html = read(own.url)
    assert 'alt="Own text" fetchpriority="high"' in html
    assert "Own caption" in html
    assert "Photo: Photo credit" in html
    assert "Photo caption" not in html


def test_missing_picture_leaves_its_words(read, make_article):
    article = make_article(lead_image=make_image(), lead_alt_text="A harbor at dusk")
    html = read(article.url)
    assert re.search(r'<p class="figure__missing">.*?A harbor at dusk</p>', html, re.DOTALL)


def test_old_article_says_so_and_an_update_is_told(read, make_article):
    old = make_article(published_at=timezone.now() - timedelta(days=400))
    fresh = make_article(materially_updated_at=timezone.now() + HOUR)
    assert "more than a year old" in read(old.url)
    html = read(fresh.url)
    assert "more than a year old" not in html
    assert "article__date--updated" in html


def test_press_release_names_who_issued_it(read, make_article):
    html = read(make_article(kind="press_release", issuer="Ministry of Trade").url)
    assert "This is a press release issued by Ministry of Trade." in html


def test_text_of_another_language_says_so_and_runs_its_way(client, outlet, make_article):
    response = client.get(make_article(language="ur").url)
    html = response.content.decode()
    assert re.search(r'<article class="article[^>]* lang="ur" dir="rtl">', html)
    assert response["Content-Language"] == "ur"
    assert '<html lang="en" dir="ltr">' in html


def test_share_and_follow_are_plain_links(read, make_article, outlet):
    SocialProfile.objects.create(settings=outlet, label="Mastodon", url="https://m.example/")
    html = read(make_article(title="A & B").url)
    assert "https://wa.me/?text=A+%26+B+http" in html
    assert '<a href="https://m.example/" rel="me">Mastodon</a>' in html
    assert "<iframe" not in html


def test_error_is_reported_to_the_outlet(read, make_article, outlet):
    article = make_article(title="A & B")
    assert "Report an error" not in read(article.url)
    outlet.contact_email = "desk@news.example"
    outlet.save()
    assert "mailto:desk@news.example?subject=Error%20in%3A%20A%20%26%20B" in read(article.url)


def test_related_articles_are_the_editors_choice_then_what_fits(read, make_article):
    article = make_article(tags=("Kelp",))
    fitting = [make_article(tags=("Kelp",)) for _ in range(4)]
    chosen = make_article(title="Chosen")
    RelatedLink.objects.create(
        article=article, url="https://www.elsewhere.example/x", title="Out & about", sort_order=0
    )
    RelatedLink.objects.create(article=article, target=chosen, sort_order=1)
    html = read(article.url).partition('<section class="related"')[2].partition("</section>")[0]
    urls = re.findall(r'class="card__title"><a href="([^"]+)"', html)
    assert urls == ["https://www.elsewhere.example/x", chosen.url, fitting[-1].url]
    assert "Out &amp; about" in html
    assert "elsewhere.example</span>" in html


def test_editor_of_another_site_is_credited_as_canonical(read, make_article):
    html = read(make_article(canonical_url="https://elsewhere.example/story").url)
    assert '<link rel="canonical" href="https://elsewhere.example/story">' in html


def test_article_without_a_standfirst_is_described_by_its_first_words(read, make_article):
    html = read(make_article(body=[("paragraph", "<p>The <b>first</b> words.</p>")]).url)
    assert '<meta name="description" content="The first words.">' in html


def test_noindex_is_told_to_search_engines(read, make_article):
    assert 'content="noindex, follow"' in read(make_article(is_noindex=True).url)
    assert 'content="max-image-preview:large"' in read(make_article().url)


def test_machines_are_told_what_readers_see(read, make_article, subsection, outlet):
    image = make_image(credit="Chen Yao / TDI")
    make_renditions(image, slot="lead")
    make_renditions(image, slot="social_16x9", formats=("jpeg",))
    article = make_article(
        parent=subsection,
        kind="opinion",
        title='A "headline" </script>',
        standfirst="In short.",
        dateline_place="Beijing",
        published_at=datetime(2024, 3, 9, 10, 5, 7, 123456, tzinfo=UTC),
        materially_updated_at=datetime(2024, 3, 10, 8, tzinfo=UTC),
        lead_image=image,
        tags=("6G",),
    )
    author = Author.objects.create(name="Lin Meifeng", slug="lin-meifeng", role="Correspondent")
    Byline.objects.create(article=article, author=author)
    Correction.objects.create(article=article, text="Twelve, not ten.")
    html = read(article.url)
    graph = graph_of(html)
    node = graph["OpinionNewsArticle"]
    times = re.findall(r'<p class="article__date.*?datetime="([^"]+)"', html)
    title = re.search(r'<h1 class="article__title">(.*?)</h1>', html)
    assert title is not None
    assert node["headline"] == unescape(title[1])
    assert [node["datePublished"], node["dateModified"]] == times
    assert node["dateline"] == "Beijing, 9 March 2024 (TDI)"
    assert [person["name"] for person in node["author"]] == ["Lin Meifeng"]
    assert node["author"][0]["url"] == "http://127.0.0.1:8000/authors/lin-meifeng/"
    assert node["articleSection"] == "Artificial intelligence"
    assert node["keywords"] == ["6G"]
    assert node["correction"][0]["text"] == "Twelve, not ten."
    assert node["image"][0]["creditText"] == "Chen Yao / TDI"
    assert node["publisher"]["@id"] == graph["NewsMediaOrganization"]["@id"]
    trail = html.partition('<nav class="breadcrumb')[2].partition("</nav>")[0]
    names = [item["name"] for item in graph["BreadcrumbList"]["itemListElement"]]
    assert names == re.findall(r"<li><a[^>]*>(.*?)</a>", trail)


def test_outlet_stands_in_for_authors_that_are_not_named(read, make_article):
    node = graph_of(read(make_article().url))["NewsArticle"]
    assert node["author"] == [{"@id": "http://127.0.0.1:8000/#organization"}]


def test_views_of_what_everybody_reads_are_counted(read, make_article):
    article = make_article()
    assert f'data-url="/_v/{article.pk}"' in read(article.url)


@pytest.mark.parametrize("count", [3, 300])
def test_article_takes_ten_queries_whatever_surrounds_it(
    count, client, outlet, make_archive, count_queries, django_assert_num_queries
):
    archive = make_archive(count)
    image = make_image()
    make_renditions(image, slot="inline")
    others = archive[: min(count - 1, 40)]
    body = [("also_read", {"article": other}) for other in others]
    body += [("image", {"image": image}) for _ in others]
    body += [("paragraph", f'<p><a linktype="page" id="{other.pk}">x</a></p>') for other in others]
    article = build_article(
        parent=archive[0].get_parent(),
        body=body,
        lead_image=image,
        tags=tuple(f"Topic {number}" for number in range(8)),
    )
    for other in others:
        Correction.objects.create(article=article, text="A note.")
        RelatedLink.objects.create(article=article, target=other)
    url = article.url
    with django_assert_num_queries(10):
        html = client.get(url).content.decode()
    assert html.count("also-read__headline") == len(others)
    assert html.count('<figure class="figure') >= len(others)
