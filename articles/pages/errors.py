"""Why the newsroom refused to publish, withdraw, move, rename or delete a page.

Each message says what happened and what to do; desk, API and worker show it as it is.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class PublishingError(Exception):
    """The newsroom's own refusal; nothing has been written when it is raised."""

    code = "refused"

    @property
    def message(self) -> str:
        """The sentence people read."""
        return str(self.args[0])


class NotAllowedError(PublishingError):
    """The account lacks the right."""

    code = "not_allowed"


class PageLockedError(PublishingError):
    """Somebody holds the page."""

    code = "locked"


class StaleVersionError(PublishingError):
    """Somebody saved a newer version since."""

    code = "stale"

    def __init__(self) -> None:
        super().__init__(
            _("Someone saved a newer version. Look at what changed, then publish again.")
        )


class EmbargoedError(PublishingError):
    """Nothing leaves the building before the embargo ends."""

    code = "embargoed"

    def __init__(self, *, until: datetime, title: str = "") -> None:
        self.until = until
        moment = date_format(timezone.localtime(until), "DATETIME_FORMAT")
        words = (
            _("“%(title)s” is embargoed until %(moment)s. Schedule it for that time or later.")
            if title
            else _("Embargoed until %(moment)s. Schedule it for that time or later.")
        )
        super().__init__(words % {"moment": moment, "title": title})


class AddressTakenError(PublishingError):
    """Another page has this address, or the project itself."""

    code = "address_taken"


class NotReadyError(PublishingError):
    """The page does not pass its own validation."""

    code = "not_ready"


class HasCorrectionsError(PublishingError):
    """A published correction stands on the article: it can be withdrawn, not deleted."""

    code = "has_corrections"

    def __init__(self, *, titles: list[str]) -> None:
        super().__init__(
            _("Corrections stand on “%(titles)s”: withdraw it instead of deleting it.")
            % {"titles": "”, “".join(titles)}
        )


def as_publishing_error(error: ValidationError) -> PublishingError:
    """Return the newsroom's own refusal for one of a model's validation."""
    is_address = "slug" in getattr(error, "error_dict", {})
    kind = AddressTakenError if is_address else NotReadyError
    return kind(" ".join(error.messages))
