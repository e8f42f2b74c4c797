"""Hooks of Wagtail's admin: each room registers its own when it is imported."""

from articles.desk import hooks as desk_hooks

__all__ = ["desk_hooks"]
