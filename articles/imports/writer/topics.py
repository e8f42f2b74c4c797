"""Topics: names fold case, accents and spaces, so several of a source may be one here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from articles.imports.items import ArticleItem, Problem, TagItem
from articles.imports.writer.records import NewRecord, fingerprint_of, record_key
from articles.imports.writer.rows import Rows
from articles.imports.writer.search_entries import SearchEntries
from articles.imports.writer.tree import with_suffix
from articles.tags.actions import address_of
from articles.tags.models import Topic, find_topics
from articles.text.folding import fold
from articles.text.slugs import slugify

MAX_NAME = 100


def topic_key(name: str) -> str:
    """Return what is the same for all spellings of a name; "" if it says nothing."""
    return fold(_cut(name))[:MAX_NAME]


def _cut(name: str) -> str:
    return " ".join(name.split())[:MAX_NAME].strip()


class Topics:
    """Finds and makes topics; remembers ids by folded name."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def ids_of(self, item: ArticleItem) -> list[int]:
        """Return an article's topics, each once, in order; `write` has seen the article."""
        keys = (topic_key(name) for _, name in item.tags)
        return list(dict.fromkeys(self._ids[key] for key in keys if key in self._ids))

    def write(
        self,
        items: Sequence[TagItem],
        *,
        articles: Iterable[ArticleItem],
        rows: Rows,
        entries: SearchEntries,
    ) -> tuple[list[NewRecord], int, list[Problem]]:
        """Make the topics that are stated or tag articles, and are not known yet.

        Returns:
            Records to be written, how many topics were made, and problems. Five queries
            at most.
        """
        wanted: dict[str, tuple[str, str]] = {}
        problems: list[Problem] = []
        for tag in items:
            _want(tag.slug, tag.name, item=tag.external_id, wanted=wanted, problems=problems)
        for article in articles:
            for slug, name in article.tags:
                _want(slug, name, item=article.external_id, wanted=wanted, problems=problems)
        wanted = {key: value for key, value in wanted.items() if key not in self._ids}
        known = find_topics(name for _, name in wanted.values())
        self._ids |= {key: topic.pk for key, topic in known.items()}
        new = {key: value for key, value in wanted.items() if key not in self._ids}
        made = _insert(new, rows=rows)
        entries.write_objects(made, rows=rows)
        self._ids |= {topic.folded: topic.pk for topic in made}
        addresses = {topic.pk: address_of(topic) for topic in made}
        records = [
            NewRecord(
                kind="tag",
                external_id=record_key(tag.external_id),
                object_id=self._ids[topic_key(tag.name)],
                fingerprint=fingerprint_of(tag),
                data={"title": tag.name, "old_urls": list(tag.old_urls)},
                address=addresses.get(self._ids[topic_key(tag.name)], ""),
            )
            for tag in items
            if topic_key(tag.name) in self._ids
        ]
        return records, len(made), problems


def _want(
    slug: str,
    name: str,
    *,
    item: str,
    wanted: dict[str, tuple[str, str]],
    problems: list[Problem],
) -> None:
    key = topic_key(name)
    if key:
        wanted.setdefault(key, (slug, _cut(name)))
    else:
        detail = f"The tag “{name[:40]}” has no letters: left out."
        problems.append(Problem(item=item, kind="tag_without_letters", detail=detail))
    if len(name) > MAX_NAME:
        detail = f"The tag “{name[:40]}…” is longer than {MAX_NAME} characters: cut."
        problems.append(Problem(item=item, kind="tag_too_long", detail=detail))


def _insert(new: dict[str, tuple[str, str]], *, rows: Rows) -> list[Topic]:
    slugs = _free_slugs(new)
    ids = rows.reserve(Topic, len(new))
    made = [
        Topic(pk=pk, name=name, slug=slugs[key], folded=key)
        for pk, (key, (_, name)) in zip(ids, new.items(), strict=True)
    ]
    rows.insert(
        Topic,
        [
            {"id": topic.pk, "name": topic.name, "slug": topic.slug, "folded": topic.folded}
            for topic in made
        ],
    )
    return made


def _free_slugs(new: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return a slug for each; one that is taken is told apart by the folded name. One query."""
    plain = {
        key: slugify(slug, max_length=90) or slugify(name, max_length=90) or key[:90]
        for key, (slug, name) in new.items()
    }
    longer = {key: with_suffix(slug, key) for key, slug in plain.items()}
    options = {*plain.values(), *longer.values()}
    taken = set(Topic.objects.filter(slug__in=options).values_list("slug", flat=True))
    chosen: dict[str, str] = {}
    for key, slug in plain.items():
        chosen[key] = slug if slug not in taken else longer[key]
        taken.add(chosen[key])
    return chosen
