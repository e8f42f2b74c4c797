"""What a file that is none of our formats looks like, in words for the operator."""

from __future__ import annotations

from pathlib import Path

_MAGIC = (
    (b"PK\x03\x04", "a zip archive; unpack it first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "an SQLite database"),
)
_SQL = ("-- mysql dump", "-- phpmyadmin", "-- mariadb dump", "insert into", "create table", "-- ")


def describe(head: bytes, *, path: Path | None = None) -> str:
    """Name the kind of file that begins with `head`, as the end of a sentence."""
    if path is not None and path.is_dir():
        return "a folder without text files"
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if not text:
        return "an empty file"
    if text.startswith(("<!doctype html", "<html")) or "<html" in text[:1000]:
        return "an HTML page, perhaps an error page saved in place of the export"
    if text.startswith(("{", "[")):
        return "JSON"
    if text.startswith(_SQL) or "insert into `wp_posts`" in text:
        return "an SQL dump; export with Tools › Export in WordPress instead"
    if "<rss" in text or "<feed" in text or "<rdf:rdf" in text:
        return "a feed, but not a WordPress export (it has no WordPress namespace)"
    if text.startswith("<"):
        return "XML, but not a WordPress export"
    if "\0" in text:
        return "a binary file"
    return "plain text"
