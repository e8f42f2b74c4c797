"""Changes of the topic vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision, Site

from articles.tags.models import TaggedArticle, Topic, TopicAlias


def merge_topics(into: Topic, topics: Iterable[Topic]) -> int:
    """Turn topics into one; return how many articles got it that did not have it.

    One transaction. Every article keeps its place in the vocabulary, each old
    spelling becomes an alias of the topic that stays, and each old address leads to
    its address. The latest versions and the scheduled ones are mended as well, so
    that their publication does not lose the topic. Safe to repeat: topics that are
    gone are passed over, and so is `into` itself.

    Raises:
        Topic.DoesNotExist: `into` has been deleted meanwhile.
    """
    ids = {topic.pk for topic in topics} - {into.pk}
    with transaction.atomic():
        # In one order, so that two editors who merge at once do not wait for each other.
        locked = list(
            Topic.objects.select_for_update().filter(pk__in=ids | {into.pk}).order_by("pk")
        )
        old = [topic for topic in locked if topic.pk != into.pk]
        if not any(topic.pk == into.pk for topic in locked):
            raise Topic.DoesNotExist(f"The topic “{into.name}” is gone: choose another one.")
        _mend_versions(old, into=into)
        moved = _move_articles(old, into=into)
        _keep_spellings(old, into=into)
        _keep_addresses(old, into=into)
        for topic in old:
            topic.delete()
    return moved


def _move_articles(old: list[Topic], *, into: Topic) -> int:
    rows = TaggedArticle.objects.filter(tag__in=old)
    having = TaggedArticle.objects.filter(tag=into).values_list("content_object_id", flat=True)
    missing = set(rows.values_list("content_object_id", flat=True)) - set(having)
    TaggedArticle.objects.bulk_create(
        [TaggedArticle(tag=into, content_object_id=pk) for pk in sorted(missing)],
        batch_size=1000,
        ignore_conflicts=True,
    )
    rows.delete()
    return len(missing)


def _mend_versions(old: list[Topic], *, into: Topic) -> None:
    articles = TaggedArticle._meta.get_field("content_object").related_model.objects
    tagged = TaggedArticle.objects.filter(tag__in=old).values("content_object_id")
    latest = articles.filter(Q(pk__in=tagged) | Q(has_unpublished_changes=True)).values(
        "latest_revision_id"
    )
    gone = {topic.pk for topic in old}
    versions = Revision.page_revisions.filter(
        Q(pk__in=latest) | Q(approved_go_live_at__isnull=False)
    )
    for version in versions.iterator(chunk_size=200):
        items = version.content.get("tagged_items", [])
        if not any(item.get("tag") in gone for item in items):
            continue
        mended, seen = [], set()
        for item in items:
            tag = into.pk if item.get("tag") in gone else item.get("tag")
            if tag not in seen:
                seen.add(tag)
                mended.append(item | {"tag": tag})
        version.content["tagged_items"] = mended
        version.save(update_fields=["content"])


def address_of(topic: Topic) -> str:
    """Return the public address of a topic, part of the fixed contract."""
    return f"/tags/{topic.slug}/"


def _keep_spellings(old: list[Topic], *, into: Topic) -> None:
    TopicAlias.objects.filter(topic__in=old).update(topic=into)
    TopicAlias.objects.filter(folded=into.folded).delete()
    TopicAlias.objects.bulk_create(
        [TopicAlias(folded=topic.folded, topic=into) for topic in old],
        update_conflicts=True,
        unique_fields=["folded"],
        update_fields=["topic"],
    )


def _keep_addresses(old: list[Topic], *, into: Topic) -> None:
    target = address_of(into)
    for site in Site.objects.all():
        for topic in old:
            address = address_of(topic)
            # What led to the old topic (from an earlier merge) leads straight on.
            Redirect.objects.filter(site=site, redirect_link=address).update(redirect_link=target)
            Redirect.objects.update_or_create(
                site=site,
                old_path=Redirect.normalise_path(address),
                defaults={
                    "redirect_link": target,
                    "redirect_page": None,
                    "is_permanent": True,
                    "automatically_created": True,
                },
            )
        Redirect.objects.filter(site=site, old_path=Redirect.normalise_path(target)).delete()
