"""The media stage over HTTP, against a server on this machine."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.imports.models import ImportedRecord
from articles.imports.options import ImportOptions
from articles.imports.pictures import stage, web
from articles.imports.pictures.memory import FINAL_FOR
from articles.imports.pictures.stage import bring_media, choose_source
from articles.imports.pictures.web import Web
from articles.imports.progress import Silent
from articles.imports.report import Report
from articles.media.models import NewsImage
from articles.pages.article import ArticlePage
from newsroom.net.client import Limits
from newsroom.net.retries import RetryPolicy
from tests.factories.imports import image, imported_article, make_run
from tests.factories.pictures import picture_bytes
from tests.net.servers import Names, open_gate, reply, serve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_renditions")]

HOST = "news.example"
QUICK = RetryPolicy(attempts=3, first_pause_seconds=0.01, longest_pause_seconds=0.2)


@pytest.fixture
def no_renditions(monkeypatch):
    monkeypatch.setattr("articles.media.tasks._enqueue", lambda *args, **kwargs: None)


class Site:
    """A server whose answers a test states by path; it counts what it was asked for."""

    def __init__(self):
        self.answers = {}
        self.asked = []

    def __call__(self, connection, head):
        path = head.split(" ")[1]
        self.asked.append(path)
        answers = self.answers.get(path, [reply(b"", status="404 Not Found")])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        connection.sendall(answer() if callable(answer) else answer)

    def has(self, path, *answers):
        self.answers[path] = [
            reply(answer) if not answer.startswith(b"HTTP/") else answer for answer in answers
        ]


@pytest.fixture
def site():
    site = Site()
    with serve(site) as server:
        site.port = server.port
        yield site


def address(site, path, *, host=HOST):
    return f"http://{host}:{site.port}{path}"


def source_for(site, *, hosts=(HOST,), **options):
    names = {host: [["127.0.0.1"]] for host in (HOST, "cdn.example", "other.example")}
    gate = open_gate(names)
    return Web(hosts, gate=gate, ports=[site.port], policy=options.pop("policy", QUICK), **options)


def run_stage(run, source, *, stop=lambda: False, **options):
    report = Report()
    report.restore(run.state.get("report", {"bytes": 0}))
    bring_media(
        run,
        source=source,
        options=ImportOptions(**options),
        report=report,
        progress=Silent(),
        stop=stop,
    )
    return report


def problems(report):
    return [(problem["kind"], problem["detail"]) for problem in report.iter_problems()]


def test_a_picture_is_fetched_and_put_in(site, section):
    site.has("/uploads/a.jpg", picture_bytes())
    run = make_run()
    article, _ = imported_article(
        run, parent=section, body=[image(address(site, "/uploads/a-300x200.jpg"))]
    )

    report = run_stage(run, source_for(site))

    assert report.media["fetched"] == 1
    assert site.asked == ["/uploads/a.jpg"]
    article = ArticlePage.objects.get(pk=article.pk)
    assert article.body.raw_data[0]["value"]["image"] == NewsImage.objects.get().pk


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "410 Gone"])
def test_a_dead_link_is_asked_for_once_and_not_by_the_next_run(site, section, status):
    site.has("/gone.jpg", reply(b"", status=status))
    first = make_run()
    imported_article(first, parent=section, body=[image(address(site, "/gone.jpg"))])

    report = run_stage(first, source_for(site))
    later = run_stage(make_run(), source_for(site))

    assert site.asked == ["/gone.jpg"]
    assert (report.media["failed"], later.media["failed"]) == (1, 1)
    assert f"the answer was {status[:3]}" in problems(later)[0][1]


def test_a_dead_link_is_asked_for_again_after_a_week(site, section, time_machine):
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/gone.jpg"))], external_id="7")
    run_stage(run, source_for(site))
    site.has("/gone.jpg", picture_bytes())

    time_machine.move_to(timezone.now() + FINAL_FOR + timedelta(minutes=1))
    report = run_stage(make_run(), source_for(site))

    assert report.media["fetched"] == 1


def test_a_dead_link_is_asked_for_again_for_one_item(site, section):
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/gone.jpg"))], external_id="7")
    run_stage(run, source_for(site))
    site.has("/gone.jpg", picture_bytes())

    assert run_stage(make_run(), source_for(site), only="7").media["fetched"] == 1


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slow down"])
def test_what_may_pass_is_asked_for_again_with_pauses(site, section, status):
    site.has("/a.jpg", reply(b"", status=status), reply(b"", status=status), picture_bytes())
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg"))])

    report = run_stage(run, source_for(site))

    assert report.media["fetched"] == 1
    assert len(site.asked) == 3


def test_a_server_that_asks_to_wait_is_given_the_time(site, section):
    site.has("/a.jpg", reply(b"", status="503 Busy", headers={"Retry-After": "1"}), picture_bytes())
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg"))])
    policy = RetryPolicy(attempts=2, first_pause_seconds=0.01, longest_pause_seconds=5)

    start = time.monotonic()
    report = run_stage(run, source_for(site, policy=policy))

    assert report.media["fetched"] == 1
    assert time.monotonic() - start > 1


def test_what_failed_for_a_while_is_asked_for_by_the_next_run(site, section):
    site.has("/a.jpg", reply(b"", status="500 Oops"))
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg"))])
    assert run_stage(run, source_for(site)).media["failed"] == 1

    site.has("/a.jpg", picture_bytes())

    assert run_stage(make_run(), source_for(site)).media["fetched"] == 1


def test_a_host_that_fails_twenty_times_in_a_row_is_left_for_later(site, section, monkeypatch):
    monkeypatch.setattr(web, "REQUESTS_PER_HOST", 1)
    policy = RetryPolicy(attempts=1)
    paths = [f"/{number}.jpg" for number in range(60)]
    for path in paths:
        site.has(path, reply(b"", status="500 Oops"))
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, path)) for path in paths])

    report = run_stage(run, source_for(site, policy=policy))

    assert len(site.asked) == 20
    assert report.media["failed"] == 60
    kinds = Counter(kind for kind, _ in problems(report))
    assert kinds == {"media_failed": 20, "media_host_left": 1, "media_missing": 1}


def test_a_host_that_answers_between_is_not_left(site, section, monkeypatch):
    monkeypatch.setattr(web, "REQUESTS_PER_HOST", 1)
    paths = [f"/{number}.jpg" for number in range(30)]
    for number, path in enumerate(paths):
        site.has(path, reply(b"", status="500 Oops" if number % 10 else "404 Not Found"))
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, path)) for path in paths])

    report = run_stage(run, source_for(site, policy=RetryPolicy(attempts=1)))

    assert len(site.asked) == 30
    assert "media_host_left" not in dict(problems(report))


def test_other_hosts_are_refused_until_the_operator_allows_them(site, section):
    site.has("/a.jpg", picture_bytes())
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg", host="cdn.example"))])

    report = run_stage(run, source_for(site))
    assert site.asked == []
    assert report.media["refused"] == 1
    assert "--media-host cdn.example" in problems(report)[0][1]

    later = run_stage(make_run(), source_for(site, hosts=(HOST, "cdn.example")))
    assert later.media["fetched"] == 1


def test_the_hosts_are_the_archives_and_those_of_the_option():
    run = make_run(hosts=("news.example", "old.example", "paper.wordpress.com"))

    found = choose_source(run, options=ImportOptions(media_hosts=("WWW.cdn.example",)))

    assert found.hosts == {
        *("news.example", "old.example", "cdn.example"),
        *("paper.wordpress.com", "paper.files.wordpress.com"),
    }


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.jpg",
        "http://169.254.169.254/latest/meta-data/a.jpg",
        "http://[::1]/a.jpg",
        "http://inside.example/a.jpg",
        "ftp://inside.example/a.jpg",
        "http://inside.example:22/a.jpg",
        "http://user:word@inside.example/a.jpg",
    ],
)
def test_private_addresses_are_never_asked_even_when_their_host_is_allowed(url, section):
    run = make_run()
    imported_article(run, parent=section, body=[image(url)])
    hosts = ("127.0.0.1", "169.254.169.254", "::1", "[::1]", "inside.example")
    gate = open_gate({"inside.example": [["10.0.0.7"]]})
    gate = type(gate)(resolve=Names({host: [["10.0.0.7"]] for host in hosts}))

    report = run_stage(run, Web(hosts, gate=gate, policy=QUICK))

    assert report.media["refused"] == 1
    assert not NewsImage.objects.exists()


def test_a_redirect_to_a_private_address_is_refused(site, section):
    site.has(
        "/a.jpg",
        reply(b"", status="302 Found", headers={"Location": "http://10.0.0.7/secret.jpg"}),
    )
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg"))])
    source = source_for(site)
    source.ask.keywords["gate"].resolve.answers["10.0.0.7"] = [["10.0.0.7"]]

    report = run_stage(run, source)

    assert report.media["refused"] == 1


def test_a_file_over_the_limit_is_refused_while_it_streams(site, section):
    body = picture_bytes() + b"\0" * 300_000
    site.has("/a.jpg", b"HTTP/1.1 200 OK\r\n\r\n" + body)
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg"))])

    report = run_stage(run, source_for(site, limits=Limits(max_bytes=100_000)))

    assert report.media["refused"] == 1
    assert "more than 100000 bytes" in problems(report)[0][1]


def test_a_page_that_comes_instead_of_a_picture_is_a_failure(site, section):
    site.has("/a.jpg", b"<!doctype html><h1>Not here any more</h1>")
    run = make_run()
    imported_article(run, parent=section, body=[image(address(site, "/a.jpg"))])

    report = run_stage(run, source_for(site))

    assert report.media["failed"] == 1
    assert "a web page came" in problems(report)[0][1]


def test_a_run_that_is_stopped_goes_on_and_counts_nothing_twice(site, section):
    for number in range(6):
        site.has(f"/{number}.jpg", picture_bytes(size=(90, 60), color=(number * 40, 9, 9)))
    site.has("/gone.jpg", reply(b"", status="404 Not Found"))
    run = make_run()
    for number in range(6):
        urls = [address(site, f"/{number}.jpg"), address(site, "/gone.jpg")]
        imported_article(run, parent=section, body=[image(url) for url in urls])
    calls = iter([False, True])

    run_stage(run, source_for(site), stop=lambda: next(calls, True))
    stopped = ImportedRecord.objects.filter(kind="address", object_id__isnull=False).count()
    run.refresh_from_db()
    assert "is_done" not in run.state.get("media", {})
    report = run_stage(run, source_for(site))

    assert stopped <= 6
    assert report.media == {"fetched": 6, "reused": 0, "failed": 1, "refused": 0}
    assert NewsImage.objects.count() == 6
    assert max(Counter(site.asked).values()) == 1


def test_the_newest_article_comes_first(site, section, monkeypatch):
    monkeypatch.setattr(stage, "PAGES", 1)
    run = make_run()
    for year in (2019, 2024, 2021):
        site.has(f"/{year}.jpg", picture_bytes(size=(90, 60), color=(year - 1900, 1, 1)))
        imported_article(
            run,
            parent=section,
            body=[image(address(site, f"/{year}.jpg"))],
            published_at=f"{year}-01-01T00:00Z",
            first_published_at=f"{year}-01-01T00:00Z",
        )
    calls = iter([False])

    run_stage(run, source_for(site), stop=lambda: next(calls, True))

    assert site.asked == ["/2024.jpg"]
