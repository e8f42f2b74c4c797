"""The audit lists what differs between source and result, and tells losses."""

import json

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from articles.imports.audit import audit
from articles.imports.models import ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Silent
from articles.imports.report import Report
from articles.pages.article import ArticlePage
from articles.people.models import Author, Byline
from tests.factories.imports import also_read, gallery, image, imported_article, make_run, paragraph

pytestmark = pytest.mark.django_db

AT = "2024-03-09T08:30:00+00:00"


def run_stage(run, *, stop=lambda: False):
    report = Report()
    audit(run, options=ImportOptions(), report=report, progress=Silent(), stop=stop)
    return report


def listed(report):
    return {line["check"]: (line["expected"], line["found"]) for line in report.iter_audit()}


@pytest.fixture
def whole(subsection):
    """Make an article that arrived whole, with the record of what its source said."""

    def make(run, *, stated=None, body=None, **data):
        words = " ".join(f"word{number}" for number in range(400))
        block = also_read("A headline")
        body = body or [
            paragraph(f'<p>{words} <a href="https://x.example/">link</a></p>'),
            image("https://news.example/a.jpg"),
            gallery("https://news.example/b.jpg", "https://news.example/c.jpg"),
            block,
        ]
        facts = {
            "words": 403,
            "images": 3,
            "links": 2,
            "authors": ["Lin Meifeng", "Amina Wanjiru"],
            "published_at": AT,
            "status": "published",
            "category": ["Technology", "Artificial intelligence"],
        }
        article, record = imported_article(
            run,
            parent=subsection,
            body=body,
            published_at=AT,
            lead_source_url="https://news.example/lead.jpg",
            data={
                "stated": {**facts, **(stated or {})},
                "blocks": {block["id"]: {"wanted_url": "https://news.example/?p=5"}},
                "lead_url": "https://news.example/lead.jpg",
                **data,
            },
        )
        for name in facts["authors"]:
            author, _ = Author.objects.get_or_create(
                name=name, defaults={"slug": name.split()[0].lower()}
            )
            Byline.objects.create(article=article, author=author)
        return article, record

    return make


def test_what_arrived_whole_is_not_listed(whole):
    run = make_run()
    whole(run)

    report = run_stage(run)

    assert listed(report) == {}
    assert list(report.iter_problems()) == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"images": 5}, {"images": (5, 3)}),
        ({"links": 4}, {"links": (4, 2)}),
        ({"authors": ["Lin Meifeng", "Ann"]}, {"authors": (["Lin Meifeng", "Ann"], None)}),
        ({"published_at": "2024-03-10T00:00:00+00:00"}, {"published_at": (None, AT)}),
        ({"status": "draft"}, {"status": ("draft", "published")}),
        ({"category": ["Technology"]}, {"category": (["Technology"], None)}),
        ({"words": 500}, {"words": (500, 403)}),
    ],
)
def test_each_difference_is_listed_with_what_was_expected_and_found(whole, stated, expected):
    run = make_run()
    _, record = whole(run, stated=stated)

    report = run_stage(run)

    found = listed(report)
    assert found.keys() == expected.keys()
    for check, (wanted, there) in expected.items():
        assert wanted in (found[check][0], None)
        assert there in (found[check][1], None)
    assert {line["item"] for line in report.iter_audit()} == {record.external_id}


def test_a_word_in_hundreds_is_no_loss(whole):
    run = make_run()
    whole(run, stated={"words": 404})

    assert listed(run_stage(run)) == {}


def test_a_lead_picture_that_went_is_listed(whole):
    run = make_run()
    article, _ = whole(run)
    ArticlePage.objects.filter(pk=article.pk).update(lead_source_url="")

    assert listed(run_stage(run)) == {"lead_image": (True, False)}


def test_losses_over_the_whole_run_are_told_once(whole):
    run = make_run()
    whole(run, stated={"images": 300})

    told = [line for line in run_stage(run).iter_problems() if line["kind"] == "audit_loss"]

    assert len(told) == 1
    assert "3 of 300 pictures in texts arrived (99.0% are missing)" in told[0]["detail"]


def test_old_addresses_must_lead_to_the_article(whole):
    run = make_run()
    urls = ["https://news.example/right/", "/?p=7", "/wrong/", "/nothing/", "https://news.example/"]
    article, _ = whole(run, old_urls=urls)
    other, _ = whole(run)
    site = Site.objects.get(is_default_site=True)
    for path, page in (("/right", article), ("/?p=7", article), ("/wrong", other)):
        Redirect.objects.create(site=site, old_path=path, redirect_page_id=page.pk)

    report = run_stage(run)

    found = {line["expected"]: line["found"] for line in report.iter_audit()}
    assert found == {"/wrong": other.url_path, "/nothing": ""}
    losses = [line["detail"] for line in report.iter_problems() if line["kind"] == "audit_loss"]
    assert "2 of 4 old addresses" in losses[0]


def test_an_address_that_stayed_needs_no_redirect(whole):
    run = make_run()
    article, record = whole(run)
    address = Page.objects.get(pk=article.pk).url
    record.data = {**record.data, "old_urls": [f"https://news.example{address}"]}
    record.save()

    assert listed(run_stage(run)) == {}


def test_a_live_page_before_a_redirect_answers_for_it(whole):
    run = make_run()
    other, _ = whole(run)
    address = Page.objects.get(pk=other.pk).url
    article, _ = whole(run, old_urls=[address])
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(
        site=site, old_path=Redirect.normalise_path(address), redirect_page_id=article.pk
    )

    assert listed(run_stage(run)) == {"old_url": (address.rstrip("/"), other.url_path)}


def test_addresses_of_what_was_never_public_are_not_asked_for(whole):
    run = make_run()
    article, _ = whole(run, old_urls=["/draft/"], stated={"status": "draft", "published_at": None})
    Page.objects.filter(pk=article.pk).update(live=False)
    ArticlePage.objects.filter(pk=article.pk).update(published_at=None)

    assert listed(run_stage(run)) == {}


def test_every_status_is_known_again(whole):
    run = make_run()
    private, _ = whole(run, stated={"status": "private"})
    PageViewRestriction.objects.create(page_id=private.pk, restriction_type="login")
    scheduled, _ = whole(run, stated={"status": "scheduled", "published_at": AT})
    revision = scheduled.get_latest_revision()
    revision.approved_go_live_at = "2030-01-01T00:00Z"
    revision.save()
    whole(run, stated={"status": "scheduled"})
    expired, _ = whole(run)
    for page in (private, scheduled, expired):
        Page.objects.filter(pk=page.pk).update(live=False, expired=page == expired)

    assert listed(run_stage(run)) == {}


def test_an_edited_article_is_passed_over_and_a_deleted_one_is_listed(whole):
    run = make_run()
    edited, _ = whole(run, stated={"images": 9})
    ArticlePage.objects.get(pk=edited.pk).save_revision()
    deleted, _ = whole(run)
    title = deleted.title
    Page.objects.get(pk=deleted.pk).delete()

    assert listed(run_stage(run)) == {"exists": (title, None)}


def test_only_what_the_run_wrote_is_compared(whole):
    earlier, run = make_run(), make_run()
    whole(earlier, stated={"images": 9})
    _, record = whole(earlier, stated={"images": 8})
    record.updated_run = run
    record.save()

    assert listed(run_stage(run)) == {"images": (8, 3)}


def test_a_stage_that_was_stopped_sums_up_the_whole(whole, monkeypatch):
    monkeypatch.setattr("articles.imports.audit.BATCH", 1)
    run = make_run()
    for _ in range(3):
        whole(run, stated={"images": 30})
    calls = iter([False])

    run_stage(run, stop=lambda: next(calls, True))
    run = ImportRun.objects.get(pk=run.pk)
    report = run_stage(run)

    assert "9 of 90 pictures" in json.dumps(list(report.iter_problems()))
    assert list(run_stage(ImportRun.objects.get(pk=run.pk)).iter_problems()) == []


def test_queries_do_not_grow_with_the_pages_of_a_batch(whole, django_assert_max_num_queries):
    counts = []
    for number in (1, 3, 30):
        run = make_run()
        for _ in range(number):
            whole(run, old_urls=["/a/"])
        with django_assert_max_num_queries(30) as queries:
            run_stage(run)
        counts.append(len(queries))

    assert counts[1] == counts[2]
