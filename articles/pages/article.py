"""The article."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from articles.blocks.body import BodyBlock
from articles.blocks.words import count_words
from articles.pages.base import NewsroomPage
from articles.pages.routing import Withdrawn
from articles.pages.visibility import ArticleManager
from articles.people.models import Author
from articles.tags.models import FoldingTaggableManager

WORDS_PER_MINUTE = 230
"""Silent reading speed for the reading time. Source: Brysbaert 2019, 238 for English prose."""


class ArticleKind(models.TextChoices):
    """The label a piece bears, shown to editors as *Type*."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    INTERVIEW = "interview", _("Interview")
    EXPLAINER = "explainer", _("Explainer")
    REVIEW = "review", _("Review")
    PRESS_RELEASE = "press_release", _("Press release")
    GALLERY = "gallery", _("Gallery")


class ArticlePage(NewsroomPage):
    """An article, below its primary category.

    `title` is the headline. `published_at` is what lists, feeds and datelines go
    by: set once, when the article first goes live or by an import. `section` is the
    parent category, kept beside `published_at` so that one index serves the lists
    of a section; the tree stays the source. Values in `KEPT_ON_LIVE_ROW` belong to the
    published row and are never taken from a revision.
    """

    KEPT_ON_LIVE_ROW = ("published_at", "section_id", "withdrawn_at", "withdrawal_reason")

    # A copy is a new article: it has been neither published nor withdrawn.
    exclude_fields_in_copy = ["published_at", "section", "withdrawn_at", "withdrawal_reason"]

    kicker = models.CharField(
        max_length=32, blank=True, help_text=_("Short label above the headline.")
    )
    standfirst = models.TextField(
        max_length=300,
        blank=True,
        help_text=_("One or two sentences that add to the headline, not repeat it."),
    )
    short_headline = models.CharField(
        max_length=70, blank=True, help_text=_("For cards and lists. Empty uses the headline.")
    )
    kind = models.CharField(
        _("type"),
        max_length=16,
        choices=ArticleKind,
        default=ArticleKind.NEWS,
        help_text=_("The label and explainer follow from this."),
    )
    issuer = models.CharField(
        max_length=120, blank=True, help_text=_("Press release: who issued it.")
    )
    language = models.CharField(
        max_length=12, blank=True, help_text=_("Of the text; empty is the site’s.")
    )

    dateline_place = models.CharField(
        _("place"), max_length=80, blank=True, help_text=_("Only if reported from there.")
    )
    dateline_date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Empty is the publication day.")
    )
    dateline_agency = models.CharField(
        _("agency"), max_length=40, blank=True, help_text=_("Empty is the outlet’s own code.")
    )

    lead_image = models.ForeignKey(
        "articles.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lead_caption = models.CharField(
        max_length=300, blank=True, help_text=_("Empty uses the photo’s own.")
    )
    lead_credit = models.CharField(
        max_length=120, blank=True, help_text=_("Empty uses the photo’s own.")
    )
    lead_alt_text = models.CharField(
        max_length=250, blank=True, help_text=_("What the photo shows. Empty uses the photo’s own.")
    )
    lead_source_url = models.URLField(max_length=2000, blank=True, editable=False)

    body = StreamField(BodyBlock(), blank=True)
    sources_and_method = RichTextField(
        blank=True,
        features=["bold", "italic", "link", "ul", "ol"],
        help_text=_("What we used and how we know. Shown to readers."),
    )
    disclosure = models.CharField(
        max_length=400, blank=True, help_text=_("Required for opinion; “None” is an answer.")
    )

    tags = FoldingTaggableManager(
        through="articles.TaggedArticle", blank=True, verbose_name=_("topics")
    )
    further_categories = ParentalManyToManyField(
        "articles.CategoryPage",
        blank=True,
        related_name="further_articles",
        verbose_name=_("also appears in"),
    )
    section_id: int | None
    section = models.ForeignKey(
        "articles.CategoryPage",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    materially_updated_at = models.DateTimeField(
        _("updated"), null=True, blank=True, help_text=_("Shown to readers: new facts, not style.")
    )
    embargoed_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Nothing leaves the building before this time.")
    )
    embargo_reason = models.CharField(max_length=255, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(max_length=255, blank=True, editable=False)

    canonical_url = models.URLField(
        max_length=500, blank=True, help_text=_("Of syndicated copy: where it first appeared.")
    )
    source_name = models.CharField(
        _("wire or agency"), max_length=120, blank=True, help_text=_("Where the text came from.")
    )
    social_title = models.CharField(max_length=100, blank=True)
    social_text = models.CharField(max_length=200, blank=True)
    social_image = models.ForeignKey(
        "articles.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_noindex = models.BooleanField(_("keep out of search engines"), default=False)
    internal_notes = models.TextField(blank=True, help_text=_("Never published."))
    word_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleManager()

    template = "pages/article_page.html"
    parent_page_types = ["articles.CategoryPage"]
    subpage_types: list[str] = []

    # The body is indexed once, in the public search table (`articles/search/`).
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("standfirst"),
        index.FilterField("kind"),
        index.FilterField("published_at"),
        index.FilterField("section_id"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["-published_at", "-page_ptr"], name="article_newest_first"),
            models.Index(
                fields=["section", "-published_at", "-page_ptr"], name="article_newest_in_section"
            ),
            models.Index(fields=["embargoed_until"], name="article_by_embargo"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ArticleKind.values), name="article_is_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is derived: word count, section, and the moment of publication."""
        self.word_count = count_words(self.body)
        if self.path and self.section_id is None:
            parent = self.get_parent()
            self.section_id = parent.pk if parent else None
        self._keep_publication_moment()
        super().save(*args, **kwargs)

    def _keep_publication_moment(self) -> None:
        """Set it when the article first goes live; what was never out has none.

        Wagtail's form inserts a scheduled article as if it were live, and a copy bears
        the dates of what it was copied from: neither has been published by that.
        """
        if not self.live:
            if self.first_published_at is None:
                self.published_at = None
        elif self.published_at is None:
            was_out = None if self._state.adding else self.first_published_at
            self.published_at = was_out or timezone.now()

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> ArticlePage | None:
        """Return the article of a revision, without bylines of authors who are gone.

        The database protects an author who signs a published row; a draft's byline is
        only in its revision, and could not be read any more. One more query.
        """
        bylines = data.get("bylines") or []
        if bylines:
            signed = Author.objects.filter(pk__in=[byline["author"] for byline in bylines])
            known = set(signed.values_list("pk", flat=True))
            data = data | {"bylines": [row for row in bylines if row["author"] in known]}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def with_content_json(self, content: dict[str, Any]) -> ArticlePage:
        """Return the article as a revision has it, with what belongs to the live row."""
        article = super().with_content_json(content)
        for name in self.KEPT_ON_LIVE_ROW:
            setattr(article, name, getattr(self, name))
        return article

    def get_sitemap_urls(self, request: Any = None) -> list[dict[str, Any]]:
        """Nothing: our own sitemaps list articles, by the rule of what readers may see."""
        return []

    def refuse_reader(self, *, now: datetime) -> NoReturn:
        """Say that it is gone, if readers could see it until it was withdrawn."""
        if self.withdrawn_at is not None:
            withdrawn = ArticlePage.objects.withdrawn_from_readers(now=now)
            if withdrawn.filter(pk=self.pk).exists():
                raise Withdrawn("The article has been withdrawn.")
        super().refuse_reader(now=now)

    @property
    def reading_minutes(self) -> int:
        """Whole minutes, at least one."""
        return max(1, round(self.word_count / WORDS_PER_MINUTE))

    @property
    def text_language(self) -> str:
        """BCP 47 tag of the text: its own language, else the site's."""
        return self.language or settings.LANGUAGE_CODE

    @property
    def parent_category(self) -> Page:
        """The primary category, from the tree (one query)."""
        return self.get_parent().specific
