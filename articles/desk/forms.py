"""Forms of the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.tags import TagField
from wagtail.snippets.widgets import AdminSnippetChooser

from articles.corrections.actions import TEXT_AT_LEAST, TEXT_AT_MOST
from articles.corrections.models import CorrectionKind
from articles.pages.article import ArticleKind
from articles.pages.errors import EmbargoedError
from articles.people.models import Byline
from articles.tags.models import Topic, find_topics
from articles.text.folding import fold

HEADLINE_AT_MOST = 110


class FrontForm(WagtailAdminPageForm):
    """The form of sections, home and static pages."""


class ArticleForm(WagtailAdminPageForm):
    """The form of an article.

    Drafts are saved as they are; what publication needs is asked when publishing.
    A new article is signed by the author whose account opens the form.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        user = kwargs.get("for_user")
        if instance is not None and instance.pk is None and user is not None:
            _sign(instance, user)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Check what publication needs; a draft may lack all of it."""
        data = super().clean()
        title = data.get("title") or ""
        if len(title) > HEADLINE_AT_MOST:
            self.add_error(
                "title",
                _("%(now)d characters; a headline has at most %(most)d.")
                % {"now": len(title), "most": HEADLINE_AT_MOST},
            )
        if self.is_deferred_validation:
            return data
        self._check_embargo(data)
        if data.get("kind") == ArticleKind.OPINION and not data.get("disclosure"):
            self.add_error(
                "disclosure", _("An opinion says what its author has at stake: “None” will do.")
            )
        return data

    def _check_embargo(self, data: dict[str, Any]) -> None:
        until = data.get("embargoed_until")
        goes_live_at = data.get("go_live_at") or timezone.now()
        if "action-publish" in self.data and until and goes_live_at < until:
            self.add_error("embargoed_until", ValidationError(EmbargoedError(until=until).message))


def _sign(article: Any, user: Any) -> None:
    author = getattr(user, "author", None)
    if author is not None and not article.bylines.all():
        article.bylines.add(Byline(author=author))


class CorrectionForm(forms.Form):
    """A note to readers."""

    kind = forms.ChoiceField(label=_lazy("Kind"), choices=CorrectionKind.choices)
    text = forms.CharField(
        label=_lazy("Text"),
        min_length=TEXT_AT_LEAST,
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_lazy(
            "State what was wrong and what is right; do not repeat the error more than needed."
        ),
    )
    is_material = forms.BooleanField(
        label=_lazy("Material"),
        required=False,
        help_text=_lazy("It changes what the story says: shown above the lead photo."),
    )


class WithdrawForm(forms.Form):
    """Why an article is withdrawn."""

    reason = forms.CharField(
        label=_lazy("Reason"),
        max_length=255,
        help_text=_lazy("For the newsroom's record; readers do not see it."),
    )


class MergeTopicsForm(forms.Form):
    """Which topics become which; both fields complete what is typed, however many there are."""

    topics = TagField(
        label=_lazy("These topics"),
        tag_model=Topic,
        help_text=_lazy("They go; their articles, addresses and spellings stay."),
    )
    into = forms.ModelChoiceField(
        label=_lazy("Become"), queryset=Topic.objects.all(), widget=AdminSnippetChooser(Topic)
    )

    def clean_topics(self) -> list[Topic]:
        """Return the topics that bear the names; a name of none is refused."""
        names = self.cleaned_data["topics"]
        found = find_topics(names)
        unknown = [name for name in names if fold(name)[:100] not in found]
        if unknown:
            raise ValidationError(_("There is no topic “%(name)s”.") % {"name": unknown[0]})
        return list(dict.fromkeys(found.values()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        topics, into = data.get("topics"), data.get("into")
        if topics is not None and into is not None and set(topics) <= {into}:
            raise ValidationError(_("Choose at least one topic beside the one that stays."))
        return data
