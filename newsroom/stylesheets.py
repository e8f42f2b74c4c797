"""Joins a stylesheet with the ones it imports, so that a page loads one. Knows no Django."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

IMPORT = re.compile(
    r'^@import url\("(?P<name>[^":]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;\n?', re.M
)
URL = re.compile(r'url\("(?P<address>[^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/\n*", re.S)


class ImportInsideImport(ValueError):
    """An imported stylesheet imports another one, or an import has a form that is not known."""


def join_stylesheet(name: str, *, read: Callable[[str], str]) -> str:
    """Return a stylesheet's text with every imported one in its place and its layer.

    Relative addresses are rewritten to hold from the folder of `name`; comments are left out.

    Args:
        name: path of the entry below the static root, such as "css/site.css".
        read: returns the text of a path below the static root.

    Raises:
        ImportInsideImport: imports are nested, or carry media conditions.
    """
    folder = posixpath.dirname(name)

    def replace(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match["name"]))
        text = _rebase(COMMENT.sub("", read(target)), target=target, folder=folder)
        if "@import" in text:
            raise ImportInsideImport(target)
        return f"@layer {match['layer']} {{\n{text}}}\n" if match["layer"] else text

    joined = IMPORT.sub(replace, COMMENT.sub("", read(name)))
    if "@import" in joined:
        raise ImportInsideImport(name)
    return joined


def _rebase(text: str, *, target: str, folder: str) -> str:
    def replace(match: re.Match[str]) -> str:
        address = match["address"]
        if address.startswith(("/", "data:", "#")) or "//" in address:
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(target), address))
        return f'url("{posixpath.relpath(path, folder)}")'

    return URL.sub(replace, text)
