"""Panels of the desk's first screen."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from articles.pages.failures import ReleaseFailure

SHOWN_AT_MOST = 8


class FailedReleasesPanel(Component):
    """Scheduled items that did not go out: which, when and why. One query."""

    name = "failed_releases"
    template_name = "desk/failed_releases.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the template's variables: `failures` that this account may see to."""
        user = parent_context["request"].user
        failures = ReleaseFailure.objects.select_related("page", "page__content_type")
        shown = [
            failure
            for failure in failures[: SHOWN_AT_MOST * 4]
            if failure.page.permissions_for_user(user).can_edit()
        ]
        return {"failures": shown[:SHOWN_AT_MOST]}
