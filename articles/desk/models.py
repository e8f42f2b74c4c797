"""Steps of the newsroom's reviews."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, GroupPagePermission, Page, TaskState


class SectionApprovalTask(AbstractGroupApprovalTask):
    """A step of a review that a group takes where it has rights, and nowhere else.

    Wagtail's own lets every member of a group into every article at the step; with
    this one *Section editor: Technology* reviews what lies below Technology. Someone in
    several groups reviews where any of them has a right on the page.
    """

    class Meta:
        verbose_name = _("approval by section")
        verbose_name_plural = _("approvals by section")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the groups approve in the sections where their group has rights"))

    def is_open_to(self, user: Any, page: Any) -> bool:
        """Tell whether an account takes this step for a page; one query an account and step."""
        if user.is_superuser:
            return True
        return any(page.path.startswith(path) for path in self._paths(user))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.is_open_to(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.is_open_to(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.is_open_to(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        return super().get_actions(obj, user) if self.is_open_to(user, obj) else []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Return what waits at this step for an account; three queries at most."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        if user.is_superuser or not self._user_in_groups(user):
            return states
        waiting = dict(states.values_list("pk", "workflow_state__object_id"))
        pages = Page.objects.filter(pk__in=[int(page_id) for page_id in waiting.values()])
        open_ids = {
            str(pk)
            for pk, path in pages.values_list("pk", "path")
            if any(path.startswith(own) for own in self._paths(user))
        }
        ids = [pk for pk, page_id in waiting.items() if page_id in open_ids]
        return TaskState.objects.filter(pk__in=ids)

    def _paths(self, user: Any) -> list[str]:
        """Return the places in the tree where the account's groups of this step have rights."""
        # Kept on the account, whose life is one request, as Wagtail does in `_user_in_groups`.
        kept: dict[int, list[str]] = user.__dict__.setdefault("_section_approval_paths", {})
        if self.pk not in kept:
            rights = GroupPagePermission.objects.filter(
                group__in=self.groups.all(), group__user=user
            )
            kept[self.pk] = list(rights.values_list("page__path", flat=True).distinct())
        return kept[self.pk]
