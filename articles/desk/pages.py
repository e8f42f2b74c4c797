"""The editor's views of our page types, where they differ from Wagtail's."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.errors import StaleVersionError
from articles.pages.home import HomePage
from articles.pages.static import StaticPage


class CarefulEditView(EditView):
    """Refuses a version that does not know the latest one.

    Wagtail stops a stale autosave only; a full save or a publication by someone who
    has not seen a colleague's version is stopped by a dialog of the browser alone.
    Here the form comes back with everything that was typed and a word of warning;
    saving it again then is a decision.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, unless somebody saved in between."""
        if not self.expects_json_response and self.is_out_of_date:
            form.add_error(None, StaleVersionError().message)
            form.restore_required_fields()
            return self.form_invalid(form)
        return super().form_valid(form)


class NewsroomPageViewSet(PageViewSet):
    """The views of one of our page types; explorers stay Wagtail's."""

    edit_view_class = CarefulEditView
    parent_models: list[Any] = []


def page_viewsets() -> list[NewsroomPageViewSet]:
    """Return the views of each page type."""
    return [
        NewsroomPageViewSet(model.__name__.lower(), model=model)
        for model in (ArticlePage, CategoryPage, HomePage, StaticPage)
    ]
