"""The forms of pages: what a draft may lack, and what publication asks for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.blocks.base import BlockWidget

from articles.blocks.body import body_without_raw_html
from articles.desk.roles import is_administrator
from articles.desk.sections import SectionChoiceField
from articles.pages.addresses import check_slug_is_allowed
from articles.pages.article import ArticleKind
from articles.pages.errors import EmbargoedError
from articles.people.models import Byline

HEADLINE_AT_MOST = 110


class FrontForm(WagtailAdminPageForm):
    """The form of sections, home and static pages; the base of the article's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields.get("body")
        # Where there is some already, the form needs the block to show it.
        if body is not None and not _raw_html(self.instance.body) and not self._may_write_html():
            body.widget = BlockWidget(body_without_raw_html())

    def _may_write_html(self) -> bool:
        return settings.NEWSROOM_ALLOW_RAW_HTML and is_administrator(self.for_user)

    def clean(self) -> dict[str, Any]:
        """Refuse addresses of the site itself, and raw HTML of those who may not."""
        data = super().clean()
        self._check_slug(data.get("slug"))
        self._check_raw_html(data)
        return data

    def _check_slug(self, slug: str | None) -> None:
        """Check here, where nothing typed is lost: a new page is in no tree yet."""
        if slug and self.parent_page is not None:
            page = self._meta.model(slug=slug)
            try:
                check_slug_is_allowed(page, parent=self.parent_page)
            except ValidationError as error:
                self.add_error("slug", error.error_dict["slug"])

    def _check_raw_html(self, data: dict[str, Any]) -> None:
        """Let administrators alone add or change raw HTML; others keep what is there."""
        if "body" not in data or self._may_write_html():
            return
        added = Counter(_raw_html(data["body"])) - Counter(_raw_html(self.instance.body))
        if added:
            self.add_error("body", _("Raw HTML is for administrators: ask one, or take it out."))


class NewsroomCopyForm(CopyForm):
    """Copies without Wagtail's aliases: an article has one address, and further sections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)


class ArticleForm(FrontForm):
    """The form of an article.

    Drafts are saved as they are; what publication needs is asked when publishing or
    submitting. A new article is signed by the author whose account opens the form.
    """

    further_categories = SectionChoiceField(
        label=_lazy("Also appears in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        user = kwargs.get("for_user")
        if instance is not None and instance.pk is None and user is not None:
            _sign(instance, user)
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"].widget = forms.Select(choices=self._languages())

    def _languages(self) -> list[tuple[str, Any]]:
        """Return the site's languages, and the one that an import has found."""
        known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
        own = self.instance.language
        if own and own not in known:
            known[own] = own
        return [("", _("The site’s")), *known.items()]

    def clean(self) -> dict[str, Any]:
        """Check what the database refuses at any time, and what publication needs."""
        data = super().clean()
        self._check_related_links()
        if self.is_deferred_validation:
            return data
        title = data.get("title") or ""
        if len(title) > HEADLINE_AT_MOST:
            self.add_error(
                "title",
                _("%(now)d characters; a headline has at most %(most)d.")
                % {"now": len(title), "most": HEADLINE_AT_MOST},
            )
        self._check_embargo(data)
        if data.get("kind") == ArticleKind.OPINION and not data.get("disclosure"):
            self.add_error(
                "disclosure", _("An opinion says what its author has at stake: “None” will do.")
            )
        return data

    def _check_related_links(self) -> None:
        """Refuse the article itself, and one that is named twice, beside their fields."""
        seen: set[int] = set()
        rows = self.formsets["related_links"].forms if "related_links" in self.formsets else []
        for row in rows:
            if not row.is_valid() or row.cleaned_data.get("DELETE"):
                continue
            target = row.cleaned_data.get("target")
            if target is None:
                continue
            if target.pk == self.instance.pk:
                row.add_error("target", _("An article is not related to itself."))
            elif target.pk in seen:
                row.add_error("target", _("This article is named above: once is enough."))
            seen.add(target.pk)

    def _check_embargo(self, data: dict[str, Any]) -> None:
        until = data.get("embargoed_until")
        goes_live_at = data.get("go_live_at") or timezone.now()
        if "action-publish" in self.data and until and goes_live_at < until:
            self.add_error("embargoed_until", ValidationError(EmbargoedError(until=until).message))


def _raw_html(body: Any) -> list[str]:
    return [str(block.value) for block in body if block.block_type == "raw_html"]


def _sign(article: Any, user: Any) -> None:
    author = getattr(user, "author", None)
    if author is not None and not article.bylines.all():
        article.bylines.add(Byline(author=author))
