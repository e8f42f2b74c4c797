"""Hooks of Wagtail's admin: each room registers its own when it is imported."""

from articles.desk import hooks as desk_hooks
from articles.desk import menus as desk_menus

__all__ = ["desk_hooks", "desk_menus"]
