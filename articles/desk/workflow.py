"""What happens when a review has passed its last step.

Wagtail imports this file while its own models are being defined, so nothing of them
may be imported at its head.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what a workflow approved; under embargo, schedule it for its end.

    The approval of every step stands for the right to publish. Nobody approves the
    last step of their own article, unless they may publish anyway.
    Called by Wagtail: `WAGTAIL_FINISH_WORKFLOW_ACTION`.

    Raises:
        PublishingError: the article goes back to the step it was in.
    """
    from articles.pages import actions
    from articles.pages.errors import NotAllowedError

    page = workflow_state.content_object
    if user is not None and page.owner_id == user.pk:
        may_publish = page.permissions_for_user(user).can_publish()
        if not may_publish:
            raise NotAllowedError(
                _("You cannot approve the last step of your own article: ask a colleague.")
            )
    actions.publish(
        page, actor=user, now=timezone.now(), schedule_if_embargoed=True, is_approved=True
    )
