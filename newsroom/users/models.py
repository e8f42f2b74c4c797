"""The user model: it must exist before Wagtail's tables point at it."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone who signs in to the desk.

    Rights come from groups (see `articles/desk/roles.py`), never from this table;
    who signs an article is an `Author`, which may point here.
    """

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
