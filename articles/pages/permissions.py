"""What a person may do to a page: Wagtail's rules, and two of the newsroom's."""

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester


class NewsroomPermissionTester(PagePermissionTester):
    """Asked by forms, bulk actions, listings, workflow and both APIs.

    A lock holds against every route: Wagtail's stop editing only; here a page that
    somebody else locked is not published, moved or deleted either, by superusers
    neither: they unlock it first. What readers have seen is taken away, or brought to
    another address, only by those who may publish; Wagtail looks at what is live now.
    Looks at loaded fields only, so a listing asks it for every row without a query.
    """

    def is_held_by_another(self) -> bool:
        """Tell whether the page is locked against this person."""
        return self.page.locked and self.page.locked_by_id != self.user.pk

    def has_right_to_publish(self) -> bool:
        """Tell whether this person publishes here, whatever holds the page now."""
        return super().can_publish()

    def can_publish(self) -> bool:
        return self.has_right_to_publish() and not self.is_held_by_another()

    def can_unschedule(self) -> bool:
        return self.has_right_to_publish()

    def can_set_view_restrictions(self) -> bool:
        return self.has_right_to_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.is_held_by_another():
            return False
        if self.page.first_published_at is not None and not self.has_right_to_publish():
            return False
        if self.page.is_leaf() and self.user.is_active and not self.user.is_superuser:
            return self._can_delete_leaf()
        return super().can_delete(ignore_bulk)

    def _can_delete_leaf(self) -> bool:
        """Wagtail's rule for a page with nothing below it, which it looks for in a query."""
        if "change" not in self.permissions:
            is_own = "add" in self.permissions and self.page.owner_id == self.user.pk
            if not is_own:
                return False
        return "publish" in self.permissions or not self.page.live

    def can_move_to(self, destination: Page) -> bool:
        # Wagtail lets superusers pass before it asks whether the page may be moved.
        return not self.is_held_by_another() and super().can_move_to(destination)
