"""One of several processes that publish at once: `python -m tests.pages.publish_many 0 5`.

Publishes so many articles at addresses of its own, and as many at addresses that all
processes want; prints `published` or `taken` for each.
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.pages import actions  # noqa: E402
from articles.pages.category import CategoryPage  # noqa: E402
from articles.pages.errors import AddressTakenError  # noqa: E402
from tests.factories.pages import make_article  # noqa: E402


def main() -> None:
    number, count = int(sys.argv[1]), int(sys.argv[2])
    section = CategoryPage.objects.get()
    for each in range(count):
        for slug in (f"own-{number}-{each}", f"shared-{each}"):
            try:
                draft = make_article(parent=section, title=slug, slug=slug, live=False)
                actions.publish(draft, actor=None, now=timezone.now())
            except (AddressTakenError, ValidationError):
                print("taken")  # noqa: T201
            else:
                print("published")  # noqa: T201


main()
