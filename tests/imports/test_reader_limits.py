"""The readers' bounds: hidden declarations, depth, memory, and time on junk."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from articles.imports.items import ArticleItem
from articles.imports.readers.base import ReadOptions, UnusableSource
from articles.imports.readers.registry import open_source
from tests.samples import ROOT

OPTIONS = ReadOptions(now=datetime(2026, 1, 1, tzinfo=UTC))
EXPORT = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><wp:wxr_version>1.2</wp:wxr_version>"
    "<item><title>T</title><guid>1</guid><wp:post_id>1</wp:post_id>"
    "<content:encoded>{}</content:encoded></item></channel></rss>"
)
BOMB = '[<!ENTITY a "b">]>'
JUNK = ("[", "<", "&", " ", "\n", "<!-- wp:", "[gallery ", '"ids":[1,', "[Author id=", "%%a", "1")


def write(folder: Path, data: bytes, *, name: str = "export.xml") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE rss " + BOMB,
        "<?note <rss> ?><!DOCTYPE rss " + BOMB,
        '<!DOCTYPE rss SYSTEM "<rss>" ' + BOMB,
        "<!DOCTYPE rss SYSTEM 'a\"]>' " + BOMB,
        "<!--<rss>--><!DOCTYPE rss " + BOMB,
        "<!-- <!DOCTYPE rss> --> <?a?>\n<!DOCTYPE rss\n" + BOMB,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_no_mark_before_a_declaration_hides_it(prolog: str, encoding: str, tmp_path: Path) -> None:
    path = write(tmp_path, (prolog + EXPORT.format("&a;")).encode(encoding))
    with pytest.raises(UnusableSource, match="declares its own entities"):
        open_source(path, options=OPTIONS, format="wxr")


def test_a_declaration_behind_a_long_comment_never_reaches_the_parser(tmp_path: Path) -> None:
    prolog = f"<!--{' ' * 1_100_000}--><!DOCTYPE rss {BOMB}"
    path = write(tmp_path, (prolog + EXPORT.format("&a;")).encode())
    with pytest.raises(UnusableSource, match="no element begins the file"):
        open_source(path, options=OPTIONS, format="wxr")


def test_an_encoding_that_can_spell_marks_otherwise_is_refused(tmp_path: Path) -> None:
    prolog = '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE rss '
    path = write(tmp_path, (prolog + BOMB + EXPORT.format("")).encode())
    with pytest.raises(UnusableSource, match="encoding UTF-7 is not read"):
        open_source(path, options=OPTIONS, format="wxr")


@pytest.mark.parametrize(
    "prolog",
    [
        '<?xml version="1.0" encoding="ISO-8859-15"?><!DOCTYPE rss>',
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.invalid/a[b]>.dtd">',
        "<!-- This is a WordPress export: <!DOCTYPE [ --><?generator a?>",
    ],
)
def test_a_prolog_that_declares_nothing_is_read(prolog: str, tmp_path: Path) -> None:
    path = write(tmp_path, (prolog + EXPORT.format("Text.")).encode())
    _, records = open_source(path, options=OPTIONS)
    assert [item.title for item in records if isinstance(item, ArticleItem)] == ["T"]


def test_a_tree_of_endless_depth_is_refused_with_its_place(tmp_path: Path) -> None:
    body = "<a>" * 5000 + "</a>" * 5000
    with pytest.raises(UnusableSource, match="depth") as refusal:
        open_source(write(tmp_path, EXPORT.format(body).encode()), options=OPTIONS)
    assert refusal.value.line == 1


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("kind", ["wxr", "text"])
def test_a_megabyte_of_junk_is_read_in_seconds(junk: str, kind: str, tmp_path: Path) -> None:
    text = (junk * (2**20 // len(junk) + 1))[: 2**20]
    if kind == "wxr":
        path = write(tmp_path, EXPORT.format(escape("x" + text)).encode())
    else:
        path = write(tmp_path, f"Headline\n\nx{text}\n".encode(), name="a.txt")
    start = time.process_time()
    _, records = open_source(path, options=OPTIONS, format=kind)
    (item,) = (item for item in records if isinstance(item, ArticleItem))
    assert item.body
    assert time.process_time() - start < 5


_MEASURE = """
import resource, sys
from datetime import UTC, datetime
from articles.imports.readers.base import ReadOptions
from articles.imports.readers.registry import open_source

def peak(path):
    _, records = open_source(path, options=ReadOptions(now=datetime(2026, 1, 1, tzinfo=UTC)))
    count = sum(1 for _ in records)
    return count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

small, large = peak(sys.argv[1]), peak(sys.argv[2])
print(small[0], large[0], large[1] - small[1])
"""


def test_memory_does_not_grow_with_the_number_of_items(tmp_path: Path) -> None:
    from articles.imports.corpus import write_corpus

    for name, count in (("small", 500), ("large", 10_000)):
        with (tmp_path / name).open("wb") as file:
            write_corpus(file, count=count)
    result = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(tmp_path / "small"), str(tmp_path / "large")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    small, large, grown = (int(number) for number in result.stdout.split())
    assert large > 5 * small
    # Kilobytes on Linux; the file itself is more than 60 MB larger.
    assert grown < 12_000


@pytest.mark.parametrize(
    "outside", ["<rss {}></rss>", "<foo {}><channel/></foo>", "<rss {}><x/></rss>"]
)
def test_an_export_without_its_channel_is_refused(outside: str, tmp_path: Path) -> None:
    data = outside.format('xmlns:wp="http://wordpress.org/export/1.2/"').encode()
    with pytest.raises(UnusableSource, match="no <channel> in an <rss>"):
        open_source(write(tmp_path, data), options=OPTIONS)


def test_a_site_without_items_is_known_by_its_head(tmp_path: Path) -> None:
    data = (
        b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Empty</title>'
        b"<wp:wxr_version>1.2</wp:wxr_version></channel></rss>"
    )
    info, records = open_source(write(tmp_path, data), options=OPTIONS)
    assert (info.title, info.item_count, list(records)) == ("Empty", 0, [])
    assert "wxr_version" not in {problem.kind for problem in info.problems}
