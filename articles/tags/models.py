"""Topics: the tag vocabulary, in which case, accents and spaces make no difference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.search import index

from articles.text.folding import fold


class Topic(index.Indexed, TagBase):
    """A free keyword, shown to people as a topic.

    `folded` is the name without case, accents, dots and spaces; it is unique, so
    `AI`, `ai` and `A.I.` are one topic.
    """

    free_tagging = True

    folded = models.CharField(max_length=100, unique=True, editable=False)
    description = models.TextField(
        blank=True, help_text=_("One or two sentences at the head of the topic's page.")
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(folded=""), name="topic_is_not_empty"),
        ]

    def clean(self) -> None:
        """Refuse a spelling that stands for another topic, or for none.

        Raises:
            ValidationError: on the field `name`; names the topic that has the spelling.
        """
        super().clean()
        folded = fold(self.name)[:100]
        if not folded:
            raise ValidationError({"name": _("A topic’s name has letters or digits.")})
        other = find_topics([self.name]).get(folded)
        if other is not None and other.pk != self.pk:
            raise ValidationError(
                {"name": _("The topic “%(name)s” has this spelling.") % {"name": other.name}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)[:100]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tag", kwargs={"slug": self.slug})


class TopicAlias(models.Model):
    """A spelling that was merged into a topic: whoever types it gets that topic."""

    folded = models.CharField(max_length=100, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="aliases")

    def __str__(self) -> str:
        return f"{self.folded} → {self.topic}"


def find_topics(names: Iterable[str]) -> dict[str, Topic]:
    """Return the topics that stand for names, by their folded form, in two queries."""
    keys = {fold(name)[:100] for name in names}
    keys.discard("")
    if not keys:
        return {}
    found = {topic.folded: topic for topic in Topic.objects.filter(folded__in=keys)}
    aliases = TopicAlias.objects.filter(folded__in=keys - found.keys()).select_related("topic")
    found.update({alias.folded: alias.topic for alias in aliases})
    return found


class FoldingTagManager(_ClusterTaggableManager):
    """Turns names into topics, whatever their case, accents and spaces."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list:
        wanted = list(tags)
        known = find_topics(tag for tag in wanted if isinstance(tag, str))
        result: list[Topic] = []
        for tag in wanted:
            topic = tag
            if isinstance(tag, str):
                key = fold(tag)[:100]
                if not key:
                    continue
                topic = known.get(key)
                if topic is None:
                    topic, _created = Topic.objects.get_or_create(
                        folded=key, defaults={"name": " ".join(tag.split())[:100]}
                    )
                    known[key] = topic
            if topic not in result:
                result.append(topic)
        return result


class FoldingTaggableManager(ClusterTaggableManager):
    """The `tags` field of an article."""

    def __get__(self, instance: Any, model: type[models.Model]) -> FoldingTagManager:
        # modelcluster makes its own manager here and ignores the `manager` argument.
        return FoldingTagManager(
            through=self.through, model=model, instance=instance, prefetch_cache_name=self.name
        )


class TaggedArticle(ItemBase):
    """A topic on an article."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tagged_articles")
    content_object = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="tagged_article_has_a_topic_once"
            ),
        ]
        indexes = [models.Index(fields=["tag", "content_object"], name="tagged_by_topic")]
