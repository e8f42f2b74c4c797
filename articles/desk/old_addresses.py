"""Old addresses of what is not a page: an author's, a topic's."""

from __future__ import annotations

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site


def lead_on(old: str, *, to: str) -> None:
    """Let an old address lead to a new one on every site, and so what led to the old one.

    Args:
        old: absolute path, such as `/authors/lin/`.
        to: absolute path; nothing happens when it is the same.
    """
    if old == to:
        return
    with transaction.atomic():
        # An address that is in use again leads nowhere else.
        Redirect.objects.filter(old_path=Redirect.normalise_path(to)).delete()
        Redirect.objects.filter(redirect_link=old).update(redirect_link=to)
        for site in Site.objects.all():
            Redirect.objects.update_or_create(
                site=site,
                old_path=Redirect.normalise_path(old),
                defaults={
                    "redirect_link": to,
                    "redirect_page": None,
                    "is_permanent": True,
                    "automatically_created": True,
                },
            )
