"""What a person may do to a page: Wagtail's rules, and that a lock holds against every route."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class NewsroomPermissionTester(PagePermissionTester):
    """Asked by forms, bulk actions, listings, workflow and both APIs.

    Wagtail's locks stop editing only; here a page that somebody else locked is not
    published, moved or deleted either, by superusers neither: they unlock it first.
    Looks at loaded fields only, so a listing asks it for every row without a query.
    """

    def is_held_by_another(self) -> bool:
        """Tell whether the page is locked against this person."""
        return self.page.locked and self.page.locked_by_id != self.user.pk

    def can_publish(self) -> bool:
        return super().can_publish() and not self.is_held_by_another()

    def can_unschedule(self) -> bool:
        return super().can_publish()

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.is_held_by_another() and super().can_delete(ignore_bulk=ignore_bulk)
