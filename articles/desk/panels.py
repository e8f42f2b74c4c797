"""Panels of the desk's forms that are not fields."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from articles.corrections.actions import may_correct


class SectionPanel(Panel):
    """The section an article lives in, and the way to move it."""

    class BoundPanel(Panel.BoundPanel):
        """One query; two for an article that is in the tree already."""

        template_name = "desk/section_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the template's variables: `trail` of titles, `move_url` (may be empty)."""
            context = super().get_context_data(parent_context)
            section = self.form.parent_page
            above = section.get_ancestors(inclusive=True).filter(depth__gt=2)
            may_move = bool(
                self.instance.pk
                and self.instance.permissions_for_user(self.request.user).can_move()
            )
            move_url = (
                reverse("wagtailadmin_pages:move", args=[self.instance.pk]) if may_move else ""
            )
            return context | {
                "trail": list(above.values_list("title", flat=True)),
                "move_url": move_url,
            }


class CorrectionsPanel(Panel):
    """The corrections of an article, to be read, and the way to add one."""

    class BoundPanel(Panel.BoundPanel):
        """One query; none for an article that is being made."""

        template_name = "desk/corrections_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the template's variables: `corrections` and `add_url` (may be empty)."""
            context = super().get_context_data(parent_context)
            article = self.instance
            corrections = list(article.corrections.all()) if article.pk else []
            may_add = bool(
                article.pk
                and article.published_at
                and may_correct(self.request.user, article=article)
            )
            add_url = reverse("newsroom_add_correction", args=[article.pk]) if may_add else ""
            return context | {"corrections": corrections, "add_url": add_url}
