"""The rules of the house that no single room can keep: imports, migrations, docs."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
READ = re.compile(
    r"""(?:env\.\w+|require|networks|os\.environ\.get)\(\s*["']([A-Z][A-Z_]+)["']""", re.VERBOSE
)
OUR_APPS = {"articles", "newsroom"}
TOP_LEVEL = {
    "articles", "benchmarks", "deploy", "docs", "newsroom", "static", "templates", "tests",
    "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "locale", "manage.py", "pyproject.toml",
    "requirements-dev.in", "requirements-dev.txt", "requirements.in", "requirements.txt",
}  # fmt: skip


def test_import_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports() == 0, "run .venv/bin/lint-imports to see which import it is"


@pytest.mark.django_db
def test_no_model_lacks_its_migration() -> None:
    output = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=output)
    except SystemExit:
        pytest.fail(output.getvalue())


def test_every_variable_that_is_read_is_in_the_docs() -> None:
    sources = [*(ROOT / "newsroom").rglob("*.py"), *(ROOT / "articles").rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text())}
    documented = set(re.findall(r"`([A-Z][A-Z_]+)`", (DOCS / "settings.md").read_text()))
    assert "DATABASE_URL" in read
    assert sorted(read - documented - {"TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}) == []


def test_every_command_is_in_the_docs_and_no_other() -> None:
    ours = {name for name, app in get_commands().items() if app in OUR_APPS}
    documented = set(re.findall(r"^## `(\w+)", (DOCS / "commands.md").read_text(), re.MULTILINE))
    assert ours == documented


def test_every_option_of_a_command_is_in_its_part_of_the_docs() -> None:
    parts = re.split(r"^## `", (DOCS / "commands.md").read_text(), flags=re.MULTILINE)[1:]
    missing = [
        f"{name}: {option}"
        for name, part in ((part.split("`")[0].split()[0], part) for part in parts)
        for option in _own_options(name)
        if option not in part
    ]
    assert missing == []


def _own_options(name: str) -> list[str]:
    shared = _options(BaseCommand())
    return sorted(_options(load_command_class(get_commands()[name], name)) - shared)


def _options(command: BaseCommand) -> set[str]:
    parser = command.create_parser("manage.py", "command")
    return {option for action in parser._actions for option in action.option_strings[-1:]}


def test_links_of_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_top_level_holds_nothing_else() -> None:
    seen = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert sorted(seen - TOP_LEVEL - {"var", "shared"}) == []
