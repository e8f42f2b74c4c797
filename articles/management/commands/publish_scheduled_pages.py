"""The older name of `publish_scheduled`, which Wagtail still has."""

from articles.management.commands.publish_scheduled import Command

__all__ = ["Command"]
