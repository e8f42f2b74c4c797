"""Screens of one small form: a correction, a withdrawal, merged topics, a section's role."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from articles.corrections.actions import add_correction, may_correct
from articles.desk.forms import CorrectionForm, MergeTopicsForm, SectionRoleForm, WithdrawForm
from articles.desk.section_roles import make_section_role
from articles.pages import actions
from articles.pages.article import ArticlePage
from articles.pages.errors import PublishingError
from articles.tags.actions import merge_topics


class SmallFormView(WagtailAdminTemplateMixin, FormView):
    """A form, a sentence before it, and the way back.

    `act` does what the form is for; a `PublishingError` of it becomes the form's.
    """

    template_name = "desk/form_page.html"
    intro: Any = ""
    submit: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look whether the account may, before anything is read or shown."""
        self.prepare()
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Fetch what the form is about."""

    def is_allowed(self) -> bool:
        """Tell whether the account may do this."""
        raise NotImplementedError

    def act(self, data: dict[str, Any]) -> str:
        """Do it, and return the sentence that says so."""
        raise NotImplementedError

    def back(self) -> tuple[Any, str]:
        """Return name and address of the screen this one belongs to."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            done = self.act(form.cleaned_data)
        except PublishingError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.back()[1])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        label, url = self.back()
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": url, "label": label}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the template's variables, as its head comment names them."""
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "intro": self.intro,
            "submit": self.submit,
            "back_url": self.back()[1],
        }


class ArticleFormView(SmallFormView):
    """One of these that is about an article."""

    article: ArticlePage

    def prepare(self) -> None:
        self.article = get_object_or_404(ArticlePage, pk=self.kwargs["page_id"])

    def get_page_subtitle(self) -> str:
        return self.article.title

    def back(self) -> tuple[Any, str]:
        return self.article.title, reverse("wagtailadmin_pages:edit", args=[self.article.pk])


class AddCorrectionView(ArticleFormView):
    """Publishes a note on an article."""

    form_class = CorrectionForm
    page_title = _lazy("Add a correction")
    header_icon = "edit"
    submit = _lazy("Publish the note")
    intro = _lazy("It is published at once and cannot be changed or taken back.")

    def is_allowed(self) -> bool:
        return may_correct(self.request.user, article=self.article)

    def act(self, data: dict[str, Any]) -> str:
        add_correction(self.article, actor=self.request.user, now=timezone.now(), **data)
        return _("The note stands on the article and in the log.")


class WithdrawView(ArticleFormView):
    """Takes an article off the site with a reason."""

    form_class = WithdrawForm
    page_title = _lazy("Withdraw")
    header_icon = "download"
    submit = _lazy("Withdraw the article")
    intro = _lazy("Readers no longer see it. Publishing it again ends the withdrawal.")

    def is_allowed(self) -> bool:
        return self.article.permissions_for_user(self.request.user).can_publish()

    def act(self, data: dict[str, Any]) -> str:
        actions.withdraw(self.article, actor=self.request.user, now=timezone.now(), **data)
        return _("Withdrawn. Its address answers that it is gone.")


class MergeTopicsView(SmallFormView):
    """Turns topics into one."""

    form_class = MergeTopicsForm
    page_title = _lazy("Merge topics")
    header_icon = "tag"
    submit = _lazy("Merge")
    intro = _lazy("Old spellings and old addresses go on working. This cannot be undone.")

    def is_allowed(self) -> bool:
        return self.request.user.has_perm("articles.delete_topic")

    def back(self) -> tuple[Any, str]:
        return _("Topics"), reverse("wagtailsnippets_articles_topic:list")

    def act(self, data: dict[str, Any]) -> str:
        moved = merge_topics(data["into"], data["topics"])
        message = ngettext(
            "Merged into “%(name)s”; %(count)d article got it.",
            "Merged into “%(name)s”; %(count)d articles got it.",
            moved,
        )
        return message % {"name": data["into"].name, "count": moved}


class SectionRoleView(SmallFormView):
    """Makes a role's group for one part of the tree."""

    form_class = SectionRoleForm
    page_title = _lazy("Role for a section")
    header_icon = "group"
    submit = _lazy("Give the role")
    intro = _lazy(
        "Makes a group such as “Section editor: Technology”, with the role’s rights in that "
        "section alone. Done again, it brings the group’s rights up to date."
    )

    def is_allowed(self) -> bool:
        user = self.request.user
        return user.has_perm("auth.add_group") and user.has_perm("users.change_user")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"section": self.request.GET.get("section")}

    def back(self) -> tuple[Any, str]:
        return _("Groups"), reverse("wagtailusers_groups:index")

    def act(self, data: dict[str, Any]) -> str:
        group = make_section_role(data["role"], section=data["section"], users=data["users"])
        return _("“%(name)s” has its rights now.") % {"name": group.name}
