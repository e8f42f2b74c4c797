"""Related links that an editor chose, in order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class RelatedLink(Orderable):
    """An ordered link of an article to another article, or to an outside address."""

    article = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="related_links"
    )
    target = models.ForeignKey(
        "articles.ArticlePage",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("article"),
    )
    url = models.URLField(_("or address"), max_length=500, blank=True)
    title = models.CharField(
        max_length=255, blank=True, help_text=_("Needed with an address; unused with an article.")
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(target__isnull=False) & Q(url=""))
                | (Q(target__isnull=True) & ~Q(url="") & ~Q(title="")),
                name="related_link_is_an_article_or_a_titled_address",
                violation_error_message=_(
                    "Choose an article, or give an address with a title; not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=models.F("article")),
                name="related_link_is_not_the_article_itself",
                violation_error_message=_("An article is not related to itself."),
            ),
            models.UniqueConstraint(
                fields=["article", "target"],
                condition=Q(target__isnull=False),
                name="related_link_names_an_article_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.target)
