"""Links between imported articles become links of ours, also by a later import."""

import pytest
from wagtail.models import Page, ReferenceIndex, Revision

from articles.imports.links import link_articles
from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Silent
from articles.imports.report import Report
from articles.media.models import NewsDocument
from articles.pages.article import ArticlePage
from articles.people.models import Author
from articles.tags.models import Topic
from tests.factories.imports import (
    also_read,
    imported_article,
    imported_media,
    imported_page,
    make_run,
    paragraph,
)
from tests.factories.pages import make_article as make_own_article

pytestmark = pytest.mark.django_db

SITE = "https://news.example"


def run_stage(run, *, stop=lambda: False):
    report = Report()
    link_articles(run, options=ImportOptions(), report=report, progress=Silent(), stop=stop)
    return report


def problems(report, kind):
    return [line["detail"] for line in report.iter_problems() if line["kind"] == kind]


def text_of(page, number=0):
    return ArticlePage.objects.get(pk=page.pk).body.raw_data[number]["value"]


def linked(url, text="x"):
    return paragraph(f'<p><a href="{url}">{text}</a></p>')


@pytest.fixture
def target(section):
    """An article of the archive at /2024/03/port/, number 12, in a run of its own."""
    run = make_run()
    urls = [f"{SITE}/2024/03/port/", "/?p=12", "/2024/03/%D8%A8%D9%86%D8%AF%D8%B1/"]
    page, _ = imported_article(
        run,
        parent=section,
        body=[paragraph("<p>Text.</p>")],
        external_id="12",
        data={"old_urls": urls, "title": "Port opens"},
        title="Port opens",
    )
    return page


@pytest.mark.parametrize(
    ("url", "more"),
    [
        (f"{SITE}/2024/03/port/", ""),
        (f"{SITE}/2024/03/port", ""),
        ("http://news.example/2024/03/port/", ""),
        ("http://www.news.example/2024/03/port/", ""),
        ("https://NEWS.example/2024/03/Port/", ""),
        ("https://old.example/2024/03/port/", ""),
        ("/2024/03/port/", ""),
        (f"{SITE}/?p=12", ""),
        (f"{SITE}/?p=12&amp;preview=true", ""),
        (f"{SITE}/2024/03/%D8%A8%D9%86%D8%AF%D8%B1/", ""),
        (f"{SITE}/2024/03/%d8%a8%d9%86%d8%af%d8%b1", ""),
        (f"{SITE}/2024/03/بندر/", ""),
        (f"{SITE}/2024/03/port/#c2", ' anchor="c2"'),
        (f"{SITE}/2024/03/port/?a=1&amp;b=2#c", ' query="a=1&amp;b=2" anchor="c"'),
    ],
)
def test_a_link_to_an_imported_article_names_its_page(target, section, url, more):
    run = make_run(hosts=("news.example", "old.example"))
    page, record = imported_article(run, parent=section, body=[linked(url)])

    report = run_stage(run)

    expected = f'<p><a linktype="page" id="{target.pk}"{more}>x</a></p>'
    assert text_of(page) == expected
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().body.raw_data[0]["value"] == expected
    assert list(report.iter_problems()) == []
    # Not edited here, and found from the other side.
    record.refresh_from_db()
    assert record.revision_id == page.latest_revision_id
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 1
    users = ReferenceIndex.get_references_to(Page.objects.get(pk=target.pk))
    assert [reference.object_id for reference in users] == [str(page.pk)]


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/2024/03/port/",
        "https://news.example.evil.example/2024/03/port/",
        "mailto:news@news.example",
        "//other.example/2024/03/port/",
    ],
)
def test_links_that_lead_elsewhere_stay_and_are_not_told(target, section, url):
    run = make_run()
    page, _ = imported_article(run, parent=section, body=[linked(url)])

    report = run_stage(run)

    assert text_of(page) == f'<p><a href="{url}">x</a></p>'
    assert list(report.iter_problems()) == []


def test_an_unknown_address_within_the_site_stays_and_is_told_with_its_article(target, section):
    run = make_run()
    urls = [f"{SITE}/lost/{number}/" for number in range(12)]
    body = [linked(url) for url in (f"{SITE}/?s=x", f"{SITE}/2024/03/port/", *urls)]
    page, record = imported_article(run, parent=section, body=body, external_id="77")

    report = run_stage(run)

    assert text_of(page, 0) == f'<p><a href="{SITE}/?s=x">x</a></p>'
    assert "linktype" in text_of(page, 1)
    told = problems(report, "link_unknown")
    assert len(told) == 1
    assert f"{SITE}/lost/8/ and 3 more" in told[0]
    assert [line["item"] for line in report.iter_problems()] == ["77"]
    record.refresh_from_db()
    assert record.data["pending_links"] is True


def test_links_stand_in_every_kind_of_rich_text_and_never_in_plain_text(target, section):
    html = f'<p><a href="{SITE}/2024/03/port/">x</a></p>'
    table = {"columns": [{"type": "rich_text", "heading": ""}], "rows": [{"values": [html]}]}
    event = {"when": "1999", "text": html}
    events = [{"type": "item", "value": event, "id": "e1"}]
    figure = {"image": None, "source_url": "", "caption": html, "width": "column"}
    values = [
        ("quote", {"text": html, "attribution": ""}),
        ("fact_box", {"title": html, "text": html}),
        ("timeline", {"title": "", "events": events}),
        ("table", table | {"caption": ""}),
        ("image", figure),
        ("preformatted", {"text": html}),
    ]
    body = [
        {"type": kind, "value": value, "id": f"b{place}"}
        for place, (kind, value) in enumerate(values)
    ]
    run = make_run()
    page, _ = imported_article(run, parent=section, body=body)

    run_stage(run)

    quote, facts, timeline, cells, figure, plain = (
        block["value"] for block in ArticlePage.objects.get(pk=page.pk).body.raw_data
    )
    ours = html.replace(f'href="{SITE}/2024/03/port/"', f'linktype="page" id="{target.pk}"')
    assert quote["text"] == facts["text"] == ours
    assert timeline["events"][0]["value"]["text"] == ours
    assert cells["rows"][0]["values"] == [ours]
    # Text that only looks like it.
    assert facts["title"] == figure["caption"] == plain["text"] == html


def test_links_to_sections_topics_authors_files_and_attachments_are_ours_too(target, section):
    run = make_run()

    def remember(kind, object_id, old_url, **data):
        return ImportedRecord.objects.create(
            source=run.source,
            kind=kind,
            external_id=f"{kind} {object_id}",
            object_id=object_id,
            run=run,
            data={"old_urls": [old_url], **data},
        )

    topic = Topic.objects.create(name="6G", slug="6g")
    author = Author.objects.create(name="Lin", slug="lin")
    document = NewsDocument.objects.create(title="x", file="documents/x.pdf")
    page, _ = imported_page(run, parent=section.get_parent(), body=[], external_id="about")
    ImportedRecord.objects.filter(external_id="about").update(data={"old_urls": ["/about/"]})
    remember("category", section.pk, "/category/tech/")
    remember("tag", topic.pk, "/tag/6g/")
    remember("author", author.pk, "/author/lin/")
    remember("address", document.pk, "", url=f"{SITE}/files/x.pdf", model="document")
    imported_media(run, url=f"{SITE}/a.jpg", parent="12", old_urls=["/port/a-picture/"])
    paths = ("/category/tech/", "/tag/6g/#top", "/author/lin/", "/files/x.pdf")
    body = [linked(f"{SITE}{path}") for path in (*paths, "/port/a-picture/", "/about/", "/")]
    article, _ = imported_article(run, parent=section, body=body)

    report = run_stage(run)

    tags = [text_of(article, number)[3:].partition(">")[0] for number in range(7)]
    assert tags == [
        f'<a linktype="page" id="{section.pk}"',
        '<a href="/tags/6g/#top"',
        '<a href="/authors/lin/"',
        f'<a linktype="document" id="{document.pk}"',
        f'<a linktype="page" id="{target.pk}"',
        f'<a linktype="page" id="{page.pk}"',
        f'<a linktype="page" id="{section.get_parent().pk}"',
    ]
    assert list(report.iter_problems()) == []


def test_also_read_finds_its_article_by_address(target, section):
    run = make_run()
    block = also_read("Another headline than ours")
    page, _ = imported_article(
        run,
        parent=section,
        body=[block],
        data={"blocks": {block["id"]: {"wanted_url": f"{SITE}/?p=12"}}},
    )

    run_stage(run)

    assert text_of(page)["article"] == target.pk
    assert ReferenceIndex.get_references_to(Page.objects.get(pk=target.pk)).count() == 1


@pytest.mark.parametrize("headline", ["Port opens", "PORT OPENS", "Port  opens!", "Pört opens"])
def test_also_read_finds_its_article_by_its_headline_folded(target, section, headline):
    run = make_run()
    page, _ = imported_article(run, parent=section, body=[also_read(headline)])

    run_stage(run)

    assert text_of(page)["article"] == target.pk


def test_also_read_looks_in_its_own_source_first_and_then_in_the_whole_site(target, section):
    other = make_run(source="other.example")
    theirs, _ = imported_article(
        other, parent=section, body=[], title="Port opens", data={"title": "Port opens"}
    )
    own = make_own_article(parent=section, title="Written here")
    page, _ = imported_article(
        other, parent=section, body=[also_read("Port opens"), also_read("Written here")]
    )

    run_stage(other)

    assert text_of(page, 0)["article"] == theirs.pk
    assert text_of(page, 1)["article"] == own.pk


def test_a_headline_that_several_articles_bear_waits_and_is_told(target, section):
    run = make_run()
    imported_article(run, parent=section, body=[], title="Port opens", data={"title": "Port opens"})
    page, record = imported_article(run, parent=section, body=[also_read("Port opens")])

    report = run_stage(run)

    assert text_of(page) == {"article": None, "wanted_headline": "Port opens"}
    assert "Port opens" in problems(report, "also_read_pending")[0]
    record.refresh_from_db()
    assert record.data["pending_links"] is True


def test_an_article_never_sends_its_readers_to_itself(section):
    run = make_run()
    page, _ = imported_article(
        run,
        parent=section,
        body=[also_read("Port opens")],
        title="Port opens",
        data={"title": "Port opens"},
    )

    run_stage(run)

    assert text_of(page)["article"] is None


def test_what_waits_is_found_when_its_target_arrives_with_a_later_import(section):
    first = make_run()
    body = [also_read("Port opens"), linked(f"{SITE}/2024/03/port/")]
    page, record = imported_article(first, parent=section, body=body)
    assert len(list(run_stage(first).iter_problems())) == 2
    later = make_run()
    target, _ = imported_article(
        later,
        parent=section,
        body=[],
        title="Port opens",
        data={"title": "Port opens", "old_urls": ["/2024/03/port/"]},
    )

    report = run_stage(later)

    assert text_of(page, 0)["article"] == target.pk
    assert f'id="{target.pk}"' in text_of(page, 1)
    record.refresh_from_db()
    assert record.data["pending_links"] is False
    assert list(report.iter_problems()) == []
    assert record.revision_id == ArticlePage.objects.get(pk=page.pk).latest_revision_id


def test_an_edited_article_keeps_its_links_and_gets_its_also_read(target, section):
    run = make_run()
    body = [also_read("Port opens"), linked(f"{SITE}/2024/03/port/")]
    page, _ = imported_article(run, parent=section, body=body)
    ArticlePage.objects.get(pk=page.pk).save_revision()

    run_stage(run)

    assert text_of(page, 0)["article"] == target.pk
    assert "href" in text_of(page, 1)


def test_a_second_call_changes_nothing(target, section, django_assert_max_num_queries):
    run = make_run()
    imported_article(run, parent=section, body=[linked(f"{SITE}/2024/03/port/")])
    run_stage(run)
    before = (
        list(ArticlePage.objects.values_list("pk", "body")),
        list(Revision.objects.values_list("pk", "content")),
    )
    run.state = {"hosts": run.state["hosts"]}

    with django_assert_max_num_queries(20) as queries:
        run_stage(run)

    assert not any("UPDATE" in query["sql"] and "body" in query["sql"] for query in queries)
    assert before == (
        list(ArticlePage.objects.values_list("pk", "body")),
        list(Revision.objects.values_list("pk", "content")),
    )


def test_a_stage_that_was_stopped_goes_on_where_it_was(target, section, monkeypatch):
    monkeypatch.setattr("articles.imports.links.BATCH", 2)
    run = make_run()
    pages = [
        imported_article(run, parent=section, body=[linked(f"{SITE}/2024/03/port/")])[0]
        for _ in range(5)
    ]
    calls = iter([False])

    run_stage(run, stop=lambda: next(calls, True))
    done = ["linktype" in text_of(page) for page in pages]
    run = ImportRun.objects.get(pk=run.pk)
    run_stage(run)

    assert done == [True, True, False, False, False]
    assert all("linktype" in text_of(page) for page in pages)


def test_queries_do_not_grow_with_the_pages_of_a_batch(
    target, section, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3, 30):
        run = make_run()
        for _ in range(number):
            imported_article(
                run,
                parent=section,
                body=[linked(f"{SITE}/2024/03/port/"), also_read("Port opens")],
            )
        with django_assert_max_num_queries(60) as queries:
            run_stage(run)
        counts.append(len(queries))

    assert counts[1] == counts[2]
