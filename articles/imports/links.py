"""The link stage: links between imported articles become links of ours.

A link of ours names the page, not its address, so that it moves with it. Targets that
come with a later import are found then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from articles.blocks.rich_texts import change_rich_texts
from articles.imports.in_place import MODELS, Body, OpenPage, open_pages, save_pages
from articles.imports.link_targets import Hit, LinkTargets, Target
from articles.imports.models import ImportedRecord, ImportRun
from articles.imports.options import ImportOptions
from articles.imports.progress import Progress
from articles.imports.report import Report
from articles.imports.stages import Stop, save_state
from articles.pages.article import ArticlePage
from articles.pages.signals import articles_written
from articles.people.models import Author
from articles.tags.actions import address_of
from articles.tags.models import Topic

BATCH = 300
_BODY = ArticlePage._meta.get_field("body").stream_block
SHOWN_ADDRESSES = 10
_HREF = re.compile(r'<a href="([^"<>]*)">')
"""As the cleaner writes it; an editor's own links look different, and are left alone."""
_HINTS = ("<a href=", '"also_read"')
"""One of these stands in the JSON of every body that has something to resolve."""


Wish = tuple[str, str]
"""What an also-read block wants: an address or "", and a headline."""


@dataclass(slots=True)
class Found:
    """What the links of a batch lead to.

    Attributes:
        hits: by source and address as it stands in the text.
        hrefs: addresses of ours of targets that are no pages.
        headlines: ids of articles by source and headline.
    """

    hits: dict[tuple[str, str], Hit] = field(default_factory=dict)
    hrefs: dict[Target, str] = field(default_factory=dict)
    headlines: dict[tuple[str, str], int] = field(default_factory=dict)

    def article_at(self, source: str, url: str) -> int | None:
        """Return the id of the article at an address."""
        hit = self.hits.get((source, url))
        return hit.target.id if hit and hit.target.kind == "article" else None

    def article_for(self, source: str, wish: Wish, *, page_id: int | None) -> int | None:
        """Return the article that an also-read block wants: never the one it stands in."""
        url, headline = wish
        found = self.article_at(source, url) or self.headlines.get((source, headline))
        return found if found != page_id else None

    def link_to(self, source: str, url: str) -> str:
        """Return the start tag of a link of ours, "" if the address leads to nothing known.

        Its query and fragment are kept.
        """
        hit = self.hits.get((source, url))
        if hit is None:
            return ""
        target, fragment = hit.target, urlsplit(url).fragment
        if target.kind in {"tag", "author"}:
            query = f"?{hit.query}" if hit.query else ""
            anchor = f"#{fragment}" if fragment else ""
            href = self.hrefs.get(target, "")
            return f'<a href="{escape(href + query + anchor)}">' if href else ""
        kind = "page" if target.is_page else "document"
        kept = {"query": hit.query, "anchor": fragment}
        more = "".join(f' {name}="{escape(value)}"' for name, value in kept.items() if value)
        return f'<a linktype="{kind}" id="{target.id}"{more}>'


@dataclass(slots=True)
class Asked:
    """What one page asks for: addresses within the site, and pending also-read blocks."""

    record: ImportedRecord
    urls: list[str] = field(default_factory=list)
    also_read: list[Wish] = field(default_factory=list)


def link_articles(
    run: ImportRun, *, options: ImportOptions, report: Report, progress: Progress, stop: Stop
) -> None:
    """Resolve links and also-read blocks of what a run wrote, and what waited (a `Stage`).

    Pages without links cost nothing but reading; a batch takes about ten queries and one
    transaction. What stays unknown is kept as it is, and told for pages of this run.
    """
    waiting = _waiting(run)
    after = run.state.get("links", {}).get("after", 0)
    progress.begin("links", total=waiting.filter(pk__gt=after).count())
    targets: LinkTargets | None = None
    try:
        while not stop():
            records = list(waiting.filter(pk__gt=after).order_by("pk")[:BATCH])
            if not records:
                break
            after = records[-1].pk
            targets = targets or LinkTargets(run)
            with transaction.atomic():
                written = _link(records, run=run, targets=targets, report=report)
                save_state(run, report=report, links={"after": after})
            if written:
                # The words are the same: search has nothing to do.
                articles_written.send(sender=ImportRun, article_ids=written, is_text_changed=False)
            progress.step(len(records))
    finally:
        if targets is not None:
            targets.close()
        progress.end()


def _waiting(run: ImportRun) -> QuerySet[ImportedRecord]:
    """Return the records of pages that this run wrote, and of any that wait for targets."""
    return ImportedRecord.objects.filter(
        Q(run=run) | Q(updated_run=run) | Q(data__pending_links=True),
        kind__in=list(MODELS),
        object_id__isnull=False,
    )


def _link(
    records: Sequence[ImportedRecord], *, run: ImportRun, targets: LinkTargets, report: Report
) -> list[int]:
    """Link a batch; return the ids of the articles that were changed."""
    asked = _list_asked(records, targets=targets)
    found = _find(asked, targets=targets)
    able = [one.record for one in asked if _has_answer(one, found)]
    pages = open_pages(able) if able else []
    for page in pages:
        _change(page, found)
    save_pages(pages)
    waiting: set[int] = set()
    for one in asked:
        source, page_id = one.record.source, one.record.object_id
        urls = [url for url in dict.fromkeys(one.urls) if not found.link_to(source, url)]
        headlines = [
            wish[1]
            for wish in one.also_read
            if found.article_for(source, wish, page_id=page_id) is None
        ]
        if urls or headlines:
            waiting.add(one.record.pk)
            if run.pk in {one.record.run_id, one.record.updated_run_id}:
                _tell_left(one.record, urls=urls, headlines=headlines, report=report)
    changed = []
    for record in records:
        if (record.pk in waiting) != record.data.get("pending_links", False):
            record.data = {**record.data, "pending_links": record.pk in waiting}
            changed.append(record)
    ImportedRecord.objects.bulk_update(changed, ["data"])
    return [page.id for page in pages if page.model is ArticlePage]


def _list_asked(records: Sequence[ImportedRecord], *, targets: LinkTargets) -> list[Asked]:
    """Return what pages ask for, read from their rows. A query for each page type."""
    asked = []
    for kind, model in MODELS.items():
        by_page = {record.object_id: record for record in records if record.kind == kind}
        if not by_page:
            continue
        found = model.objects.filter(pk__in=by_page).annotate(raw_body=Cast("body", TextField()))
        for pk, raw in found.order_by("pk").values_list("pk", "raw_body"):
            if raw and any(hint in raw for hint in _HINTS):
                one = _read(by_page[pk], json.loads(raw), targets=targets)
                if one.urls or one.also_read:
                    asked.append(one)
    return asked


def _read(record: ImportedRecord, body: Body, *, targets: LinkTargets) -> Asked:
    asked = Asked(record)

    def collect(html: str) -> str:
        urls = map(unescape, _HREF.findall(html))
        asked.urls += [url for url in urls if targets.is_internal(url)]
        return html

    change_rich_texts(_BODY, body, collect)
    asked.also_read = [_wish(block, record=record) for block in _pending_also_read(body)]
    return asked


def _pending_also_read(body: Body) -> Iterator[dict[str, Any]]:
    for block in body:
        value = block["value"]
        is_pending = block["type"] == "also_read" and not value.get("article")
        if is_pending and value.get("wanted_headline"):
            yield block


def _wish(block: dict[str, Any], *, record: ImportedRecord) -> tuple[str, str]:
    said = record.data.get("blocks", {}).get(block.get("id") or "", {})
    return said.get("wanted_url", ""), block["value"]["wanted_headline"]


def _find(asked: Sequence[Asked], *, targets: LinkTargets) -> Found:
    """Look up what a batch asks for. Two queries at most."""
    found = Found()
    for one in asked:
        source = one.record.source
        urls = {*one.urls, *(url for url, _ in one.also_read if url)}
        for url, hit in targets.find(urls, source=source).items():
            found.hits[source, url] = hit
        headlines = [
            headline
            for url, headline in one.also_read
            if found.article_at(source, url) is None and (source, headline) not in found.headlines
        ]
        if headlines:
            for headline, pk in targets.find_headlines(headlines, source=source).items():
                found.headlines[source, headline] = pk
    found.hrefs = _addresses_of({hit.target for hit in found.hits.values()})
    return found


def _addresses_of(targets: set[Target]) -> dict[Target, str]:
    """Return the addresses of topics and authors, which are no pages."""
    tags = {target.id for target in targets if target.kind == "tag"}
    authors = {target.id for target in targets if target.kind == "author"}
    topics = Topic.objects.filter(pk__in=tags) if tags else ()
    people = Author.objects.filter(pk__in=authors) if authors else ()
    return {Target("tag", topic.pk): address_of(topic) for topic in topics} | {
        Target("author", author.pk): f"/authors/{author.slug}/" for author in people
    }


def _has_answer(asked: Asked, found: Found) -> bool:
    source, page_id = asked.record.source, asked.record.object_id
    return any(found.link_to(source, url) for url in asked.urls) or any(
        found.article_for(source, wish, page_id=page_id) for wish in asked.also_read
    )


def _change(page: OpenPage, found: Found) -> None:
    """Put what was found into all versions of a page; an edited one keeps its text."""
    source = page.record.source

    def link(match: re.Match[str]) -> str:
        return found.link_to(source, unescape(match[1])) or match[0]

    for version in page.versions:
        for block in _pending_also_read(version.body):
            wish = _wish(block, record=page.record)
            target = found.article_for(source, wish, page_id=page.id)
            if target is not None:
                block["value"]["article"] = target
        if not page.is_edited:
            change_rich_texts(_BODY, version.body, lambda html: _HREF.sub(link, html))


def _tell_left(
    record: ImportedRecord, *, urls: Sequence[str], headlines: Sequence[str], report: Report
) -> None:
    if urls:
        shown = ", ".join(urls[:SHOWN_ADDRESSES])
        more = f" and {len(urls) - SHOWN_ADDRESSES} more" if len(urls) > SHOWN_ADDRESSES else ""
        report.tell(
            record.external_id,
            "link_unknown",
            f"These addresses within the site lead to nothing imported, and stay: {shown}{more}.",
        )
    for headline in headlines:
        report.tell(
            record.external_id,
            "also_read_pending",
            f"“{headline}” is not here, or several articles are called so: its place waits; an "
            "editor can choose the article.",
        )
