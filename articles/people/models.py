"""Authors, and the ordered bylines that join them to articles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index


class Author(index.Indexed, ClusterableModel):
    """Someone who signs articles: a person, or a desk.

    Two people may share a name; the slug is the identity that readers see.
    """

    name = models.CharField(max_length=255, help_text=_("As it stands in the byline."))
    slug = models.SlugField(
        max_length=255, unique=True, allow_unicode=True, help_text=_("Address: /authors/…/")
    )
    role = models.CharField(max_length=120, blank=True, help_text=_("Such as: Asia correspondent."))
    base = models.CharField(max_length=120, blank=True, help_text=_("City they report from."))
    expertise = models.CharField(
        max_length=255, blank=True, help_text=_("One sentence; shown beside analysis and opinion.")
    )
    languages = models.CharField(
        max_length=255, blank=True, help_text=_("Separated by commas, such as: English, Hausa.")
    )
    biography = RichTextField(blank=True, features=["bold", "italic", "link"])
    email = models.EmailField(_("public email"), blank=True)
    portrait = models.ForeignKey(
        "articles.NewsImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        verbose_name=_("account"),
        help_text=_("Optional: new articles of this account are signed with this name."),
    )
    is_desk = models.BooleanField(
        _("desk or agency"), default=False, help_text=_("Not a person: a desk, an agency, staff.")
    )
    is_former = models.BooleanField(
        _("former staff"), default=False, help_text=_("Keeps the page; leaves the chooser.")
    )

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        index.FilterField("is_former"),
    ]

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="author_by_name")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug=""), name="author_has_a_slug"),
            models.CheckConstraint(condition=~models.Q(name=""), name="author_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", kwargs={"slug": self.slug})


class AuthorProfile(Orderable):
    """A public profile of an author elsewhere."""

    author = ParentalKey(Author, on_delete=models.CASCADE, related_name="profiles")
    label = models.CharField(max_length=60, help_text=_("Such as: Mastodon."))
    url = models.URLField(max_length=500)

    def __str__(self) -> str:
        return f"{self.label}: {self.url}"


class BylineRole(models.TextChoices):
    """What a signature stands for."""

    BY = "by", _("By")
    REPORTING = "reporting", _("With reporting by")
    PHOTOGRAPHS = "photographs", _("Photographs by")
    TRANSLATED = "translated", _("Translated by")


class Byline(Orderable):
    """Who signs an article, in order, and in what role."""

    article = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=16, choices=BylineRole, default=BylineRole.BY)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="byline_names_an_author_once_in_a_role",
            ),
        ]
        indexes = [models.Index(fields=["author", "article"], name="byline_by_author")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.author}"
