"""Trails whose titles run together, as `TechnologyArtificial intelligence` of a saved page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from articles.text.folding import fold

_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
"""A small letter with a capital behind it and no blank between."""


class Node(Protocol):
    """A section with its children."""

    @property
    def title(self) -> str: ...

    @property
    def children(self) -> Sequence[Node]: ...


def divide(text: str, *, root: Node, into: Sequence[str]) -> tuple[list[str], str, str]:
    """Divide a trail into titles from the top.

    The known tree decides, else the section that the operator named; else the seams
    between a small letter and a capital do, which is told.

    Returns:
        Titles, empty if nothing tells them apart; a problem's kind, "" if there is none,
        and its detail.
    """
    known = _known_titles(fold(text), node=root)
    if known is not None:
        return known, "", ""
    if into and fold(text) == fold("".join(into)):
        return list(into), "", ""
    parts = [part.strip() for part in _SEAM.split(text) if part.strip()]
    if into:
        detail = f"The trail “{text}” names no known section: the item went to {' › '.join(into)}."
        return list(into), "breadcrumb_unknown", detail
    if 1 <= len(parts) <= 5 and all(len(part) <= 60 for part in parts):
        detail = (
            f"The trail “{text}” was divided by its capitals into {' › '.join(parts)}:"
            " check it, or name the section with --into."
        )
        return parts, "breadcrumb_guessed", detail
    detail = f"The trail “{text[:80]}” cannot be divided: name the section with --into."
    return [], "breadcrumb_unknown", detail


def _known_titles(rest: str, *, node: Node) -> list[str] | None:
    """Return the titles along a path of the tree whose names, run together, are the rest."""
    if not rest:
        return []
    for child in node.children:
        name = fold(child.title)
        if name and rest.startswith(name):
            below = _known_titles(rest[len(name) :], node=child)
            if below is not None:
                return [child.title, *below]
    return None
