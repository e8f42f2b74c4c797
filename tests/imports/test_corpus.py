import hashlib
import io
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from articles.imports.corpus import LAST_MOMENT, Numbered, list_authors, write_corpus
from tests.samples import ROOT

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Digest(io.RawIOBase):
    """A file that forgets what it is given, but for its size and digest."""

    def __init__(self):
        super().__init__()
        self.size, self.digest = 0, hashlib.sha256()

    def write(self, data):
        self.size += len(data)
        self.digest.update(data)
        return len(data)


def make(count, *, seed=1):
    out = io.BytesIO()
    counts = write_corpus(out, count=count, seed=seed)
    return out.getvalue(), counts


@pytest.fixture(scope="module")
def archive():
    data, counts = make(2_000)
    return etree.fromstring(data).find("channel"), counts


@pytest.fixture(scope="module")
def articles(archive):
    return [
        item for item in archive[0].findall("item") if item.findtext(f"{WP}post_type") == "post"
    ]


def get_meta(item):
    return [
        (meta.findtext(f"{WP}meta_key"), meta.findtext(f"{WP}meta_value"))
        for meta in item.findall(f"{WP}postmeta")
    ]


def count_words(body):
    text = re.sub(r"<!--.*?-->|\[/?caption.*?\]", " ", body, flags=re.S)
    return len(re.sub(r"<[^>]*>", " ", text).split())


def test_same_seed_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib, io; from articles.imports.corpus import write_corpus; o = io.BytesIO();"
        "write_corpus(o, count=300, seed=9); print(hashlib.sha256(o.getvalue()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(make(300, seed=9)[0]).hexdigest()


def test_other_seed_gives_another_archive():
    assert make(50, seed=1)[0] != make(50, seed=2)[0]


def test_counts_agree_with_the_file(archive, articles):
    channel, counts = archive
    statuses = Counter(item.findtext(f"{WP}status") for item in articles)
    assert statuses == {
        "publish": counts.published,
        "draft": counts.draft,
        "future": counts.scheduled,
        "private": counts.private,
    }
    assert len(articles) == counts.articles == 2_000
    assert min(statuses.values()) > 0
    assert counts.published > 1_800
    assert len(channel.findall("item")) - 2_000 == counts.attachments == 667
    assert channel.findtext(f"{WP}wxr_version") == "1.2"
    assert len(channel.findall(f"{WP}author")) == 201
    assert len(channel.findall(f"{WP}tag")) == 1_000
    parents = Counter(c.findtext(f"{WP}category_parent") for c in channel.findall(f"{WP}category"))
    assert parents.pop("") == 8
    assert set(parents.values()) == {4}
    assert len(parents) == 8


def test_authors_are_all_different():
    assert len(set(list_authors())) == len({login for login, *_ in list_authors()}) == 200


def test_ids_titles_and_addresses_are_unique(archive, articles):
    items = archive[0].findall("item")
    for name in (f"{WP}post_id", "guid", "link"):
        values = [item.findtext(name) for item in items]
        assert len(values) == len(set(values))
    titles = [item.findtext("title") for item in articles]
    assert len(titles) == len(set(titles))


def test_titles_stay_unique_in_a_large_archive():
    numbered = Numbered(count=200_000, seed=3)
    references = [numbered.refer(number) for number in range(0, 200_000)]
    assert len({reference.title for reference in references}) == 200_000
    assert len({reference.slug for reference in references}) == 200_000


def test_bodies_have_300_to_900_words_in_both_kinds_of_markup(articles):
    bodies = [item.findtext(CONTENT) for item in articles]
    words = [count_words(body) for body in bodies]
    assert min(words) >= 300
    assert max(words) <= 900
    blocks = sum(body.startswith("<!-- wp:paragraph -->") for body in bodies)
    assert 800 < blocks < 1_200
    for mark in (
        "(TDI): ",
        "(TDI) — ",
        "<h3>",
        "<h2",
        "Also Read: ",
        "<strong>Also Read:</strong>",
        "[caption ",
        "wp:image",
        "wp:quote",
        "wp:list",
        "<blockquote>",
        "\n<p>",
    ):
        assert any(mark in body for body in bodies), mark


def test_block_comments_are_balanced(articles):
    for item in articles:
        stack = []
        for closing, name, empty in re.findall(
            r"<!-- (/?)wp:([a-z-]+)[^>]*?(/?)-->", item.findtext(CONTENT)
        ):
            if closing:
                assert stack.pop() == name
            elif not empty:
                stack.append(name)
        assert stack == []


def test_links_and_also_read_lines_lead_to_items_of_the_archive(articles):
    addresses = {item.findtext("link") for item in articles}
    titles = {item.findtext("title") for item in articles}
    links, lines = [], []
    for item in articles:
        body = item.findtext(CONTENT)
        links += re.findall(r'<a href="([^"]+)"', body)
        lines += re.findall(r"^(?:<p>)?Also Read: (.+?)(?:</p>)?$", body, flags=re.M)
    assert len(links) > 1_000
    assert len(lines) > 400
    assert set(links) <= addresses
    assert set(lines) <= titles


def test_dates_spread_over_twelve_years_up_to_a_fixed_day_with_local_and_gmt(articles):
    moments = []
    for item in articles:
        local = datetime.fromisoformat(item.findtext(f"{WP}post_date"))
        gmt = item.findtext(f"{WP}post_date_gmt")
        status = item.findtext(f"{WP}status")
        if status == "draft":
            assert gmt == "0000-00-00 00:00:00"
            continue
        assert local - datetime.fromisoformat(gmt) == timedelta(hours=5)
        if status != "future":
            moments.append(datetime.fromisoformat(gmt))
    last = LAST_MOMENT.replace(tzinfo=None)
    assert moments == sorted(moments)
    assert timedelta(0) <= last - moments[-1] < timedelta(days=10)
    assert timedelta(days=4_370) < moments[-1] - moments[0] < timedelta(days=4_390)


def test_featured_images_are_attachments_of_every_third_item(archive, articles):
    pictures = {
        item.findtext(f"{WP}post_id"): item
        for item in archive[0].findall("item")
        if item.findtext(f"{WP}post_type") == "attachment"
    }
    for number, item in enumerate(articles):
        thumbnail = dict(get_meta(item)).get("_thumbnail_id")
        assert (thumbnail is not None) == (number % 3 == 0)
        if thumbnail:
            picture = pictures[thumbnail]
            assert picture.findtext(f"{WP}post_parent") == item.findtext(f"{WP}post_id")
            assert picture.findtext(f"{WP}attachment_url").startswith(
                "https://archive.example.org/wp-content/uploads/20"
            )


def test_tags_are_used_as_zipf_says_and_meta_is_there(articles):
    tags = Counter(
        category.get("nicename")
        for item in articles
        for category in item.findall("category[@domain='post_tag']")
    )
    ranked = [count for _, count in tags.most_common()]
    assert ranked[0] > 5 * ranked[20] > 5 * ranked[-1]
    keys = Counter(key for item in articles for key, _ in get_meta(item))
    assert keys["views"] == keys["_yoast_wpseo_primary_category"] == 2_000
    assert 600 < keys["_yoast_wpseo_metadesc"] < 1_000
    assert 30 < keys["_wp_old_slug"] < 150


def test_primary_category_is_a_term_of_the_file_and_of_the_item(archive, articles):
    terms = {
        c.findtext(f"{WP}term_id"): c.findtext(f"{WP}category_nicename")
        for c in archive[0].findall(f"{WP}category")
    }
    for item in articles:
        primary = terms[dict(get_meta(item))["_yoast_wpseo_primary_category"]]
        assert item.find("category[@domain='category']").get("nicename") == primary


def test_memory_does_not_grow_with_the_archive():
    def measure(count):
        tracemalloc.start()
        write_corpus(Digest(), count=count, seed=1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert measure(3_000) < measure(600) * 1.2


@pytest.mark.parametrize("count", [0, -1, 100_000_000])
def test_impossible_count_is_refused_before_anything_is_written(count):
    out = Digest()
    with pytest.raises(ValueError, match="articles"):
        write_corpus(out, count=count, seed=1)
    assert out.size == 0


def test_command_writes_the_file_and_says_what_is_in_it(tmp_path, capsys):
    target = tmp_path / "archive.wxr"
    call_command("make_corpus", "40", "--seed", "5", "--out", str(target))
    assert target.read_bytes() == make(40, seed=5)[0]
    assert "40 articles" in capsys.readouterr().out


@pytest.mark.parametrize("count", ["0", "-3", "many", "1.5", "100000000"])
def test_command_refuses_a_count_that_is_none(tmp_path, count):
    with pytest.raises(CommandError):
        call_command("make_corpus", count, "--out", str(tmp_path / "x.wxr"))
    assert list(tmp_path.iterdir()) == []


def test_command_names_a_file_that_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("make_corpus", "1", "--out", str(tmp_path / "missing" / "x.wxr"))
