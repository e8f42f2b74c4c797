"""Where an item goes, decided before its body is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.imports.items import ArticleItem, Problem
from articles.imports.writer.records import fingerprint_of, record_key
from articles.imports.writer.sections import Section, Sections
from articles.imports.writer.status import StatusRules, decide


@dataclass(slots=True)
class Decision:
    """An item with its sections, the primary one first; pages outside the news have none.

    `fingerprint` is that of the item and of these decisions: other options, other result.
    """

    item: ArticleItem
    sections: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fingerprint: str = ""

    @property
    def key(self) -> str:
        return record_key(self.item.external_id)

    @property
    def kind(self) -> str:
        """The kind of its record."""
        return self.item.kind


def decide_place(item: ArticleItem, *, sections: Sections, rules: StatusRules) -> Decision:
    """Find the sections of an item; those that are missing are noted to be made."""
    decision = Decision(item=item)
    if item.kind == "article":
        _find_sections(decision, sections=sections)
    status, moments = decide(item, rules=rules, tell=lambda kind, detail: None)
    words = [" / ".join(section.titles()) for section in decision.sections]
    decision.fingerprint = fingerprint_of(item, status, repr(moments.updated_at), *words)
    return decision


def _find_sections(decision: Decision, *, sections: Sections) -> None:
    item = decision.item
    found = [section for path in item.categories if (section := sections.find(path))]
    if not found and item.breadcrumb_text:
        section, problems = sections.find_by_breadcrumb(item.breadcrumb_text, item=item.external_id)
        decision.problems.extend(problems)
        found = [section]
    if not found:
        found = [sections.default()]
    # A map may send several of them to one.
    for section in found:
        if section not in decision.sections:
            decision.sections.append(section)
