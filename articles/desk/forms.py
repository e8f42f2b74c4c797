"""The small forms of the desk; those of pages are in `page_forms.py`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.forms.tags import TagField
from wagtail.snippets.widgets import AdminSnippetChooser

from articles.corrections.actions import TEXT_AT_LEAST, TEXT_AT_MOST
from articles.corrections.models import CorrectionKind
from articles.desk.roles import SECTION_ROLES
from articles.desk.sections import OneSectionField
from articles.tags.models import Topic, find_topics
from articles.text.folding import fold


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


class SectionRoleForm(forms.Form):
    """Which role, for which section, held by whom."""

    role = forms.ChoiceField(
        label=_lazy("Role"), choices=[(role, _lazy(role)) for role in SECTION_ROLES]
    )
    section = OneSectionField(
        label=_lazy("For the section"), help_text=_lazy("And for what lies below it.")
    )
    users = forms.ModelMultipleChoiceField(
        label=_lazy("Held by"),
        queryset=get_user_model().objects.filter(is_active=True).order_by("username"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Others can be added later, in their account."),
    )
