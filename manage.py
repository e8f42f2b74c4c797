#!/usr/bin/env python
"""Run a management command of the newsroom."""

import os
import sys


def main() -> None:
    """Hand the command line to Django, with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.default")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
