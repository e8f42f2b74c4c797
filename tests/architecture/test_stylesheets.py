"""The stylesheets keep the design's colors, layers and weights."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
JS = CSS.parent / "js"
DECLARATION = re.compile(r"(--[\w-]+):\s*(#[0-9A-Fa-f]{6});")
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')


def themes() -> dict[str, dict[str, str]]:
    """Return the colors of the light theme and of both spellings of the dark one."""
    text = (CSS / "tokens.css").read_text()
    light, rest = text.split("@media (prefers-color-scheme: dark)")
    by_device, by_choice = rest.split(':root[data-theme="dark"]')
    return {
        "light": dict(DECLARATION.findall(light)),
        "device": dict(DECLARATION.findall(by_device)),
        "dark": dict(DECLARATION.findall(by_choice)),
    }


def luminance(color: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAPERS = ("--paper", "--paper-2", "--paper-3")
TEXTS = (
    "--ink",
    "--ink-2",
    "--ink-3",
    "--link",
    "--link-hover",
    "--visited",
    "--accent",
    "--live",
    "--analysis",
    "--opinion",
    "--sponsored",
)
FILLS = (
    ("--button-ink", "--button"),
    ("--button-ink", "--button-hover"),
    ("--banner-ink", "--banner"),
    ("--chip-ink", "--chip"),
    ("--ink", "--correction"),
    ("--ink", "--mark"),
    ("--analysis", "--analysis-tint"),
    ("--opinion", "--opinion-tint"),
    ("--ink", "--opinion-tint"),
    ("--ink-2", "--opinion-tint"),
    ("--link", "--opinion-tint"),
    ("--sponsored", "--sponsored-tint"),
    ("--footer-ink", "--footer"),
    ("--footer-link", "--footer"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_reaches_4_5_to_1_on_every_surface(theme: str) -> None:
    colors = themes()[theme]
    pairs = [(text, paper) for text in TEXTS for paper in PAPERS] + list(FILLS)
    pairs += [(state, "--paper") for state in ("--ok", "--warn", "--err")]
    low = {pair: contrast(*(colors[name] for name in pair)) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_controls_reach_3_to_1(theme: str) -> None:
    colors = themes()[theme]
    for paper in PAPERS:
        assert contrast(colors["--line-2"], colors[paper]) >= 3


def test_dark_by_device_and_dark_by_choice_are_the_same() -> None:
    found = themes()
    assert found["device"] == found["dark"]
    assert found["dark"].keys() == found["light"].keys()


def test_every_stylesheet_is_imported_once_into_a_declared_layer() -> None:
    entry = (CSS / "site.css").read_text()
    imported = IMPORT.findall(entry)
    declared = entry.split(";")[0].removeprefix("@layer ").split(", ")
    files = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")} - {"site.css"}
    assert sorted(name for name, _ in imported) == sorted(files)
    assert {layer for _, layer in imported} <= set(declared)


def test_colors_stand_in_tokens_only() -> None:
    strays = [
        f"{path.name}: {line.strip()}"
        for path in CSS.rglob("*.css")
        if path.name not in {"tokens.css", "print.css"}
        for line in path.read_text().splitlines()
        if re.search(r":.*#[0-9a-fA-F]{3,8}\b", line) and "mask-image" not in line
    ]
    assert strays == []


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_stylesheet_is_ready_for_right_to_left_scripts(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"(margin|padding|border)-(left|right)|^\s*(left|right):", text, re.M)
    assert not re.search(r"text-align:\s*(left|right)|float:\s*(left|right)", text)
    assert "!important" not in text


def test_stylesheets_and_scripts_stay_within_their_budgets() -> None:
    css = "".join(path.read_text() for path in sorted(CSS.rglob("*.css")))
    scripts = "".join(path.read_text() for path in sorted(JS.glob("*.js")))
    fonts = [
        CSS.parent / "fonts" / name
        for name in ("newsreader-latin.woff2", "public-sans-latin.woff2")
    ]
    assert len(gzip.compress(css.encode())) <= 14 * 1024
    assert len(gzip.compress(scripts.encode())) <= 8 * 1024
    assert sum(path.stat().st_size for path in fonts) <= 60 * 1024


def test_every_variable_that_is_used_is_defined_or_has_a_fallback() -> None:
    text = "".join(path.read_text() for path in CSS.rglob("*.css"))
    defined = set(re.findall(r"(--[\w-]+):", text))
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used - defined == set()
