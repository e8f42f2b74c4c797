"""Datelines are lifted when there is no doubt, and left alone otherwise."""

from __future__ import annotations

import pytest

from articles.imports.cleaner.datelines import lift_dateline, read_dateline
from articles.imports.items import Dateline


@pytest.mark.parametrize(
    ("text", "place", "agency", "day"),
    [
        ("Beijing, 9 March 2024 (TDI): The talks", "Beijing", "TDI", "2024-03-09"),
        ("GENEVA (AP) — The talks", "GENEVA", "AP", ""),
        ("GROSSETO, Italy (AP) -- The talks", "GROSSETO, Italy", "AP", ""),
        ("San Diego (tca/dpa) - The talks", "San Diego", "tca/dpa", ""),
        ("Mindelo (TDI): The talks", "Mindelo", "TDI", ""),
        ("Harare, July 19 (The SDNewTester) - The talks", "Harare", "The SDNewTester", ""),
        ("WASHINGTON — The talks", "WASHINGTON", "", ""),
        ("PARIS, Sept. 3, 2021 (AFP) – The talks", "PARIS", "AFP", "2021-09-03"),
        ("Rio de Janeiro, 31 February 2020 (EFE): The talks", "Rio de Janeiro", "EFE", ""),
    ],
)
def test_a_dateline_gives_place_agency_and_day(
    text: str, place: str, agency: str, day: str
) -> None:
    found = read_dateline(text)
    assert found is not None
    assert found[0] == Dateline(place=place, agency=agency, date=day)
    assert text[found[1] :] == "The talks"


@pytest.mark.parametrize(
    "text",
    [
        "Washington — the film — opened.",
        "The minister (a farmer) said: no.",
        "Yesterday: a summary",
        "By Tester Harare, July 19 (The SDNewTester) - The talks",
        "He left Geneva (AP) — and so did she.",
        "UPDATE: The talks",
        "Q: What then?",
        "The European Union and its many members, says Ann (42) — well",
        "GENEVA (AP) — ",
        "x" * 200 + " (AP) — text",
        "",
    ],
)
def test_other_beginnings_are_left_alone(text: str) -> None:
    assert read_dateline(text) is None


def test_the_text_goes_on_intact_with_its_markup() -> None:
    lifted = lift_dateline(
        '<p><b>Beijing, 9 March 2024 (TDI): </b>A &amp; <a href="/b">b</a> met.</p>', known=None
    )
    assert lifted is not None
    assert lifted[0] == '<p>A &amp; <a href="/b">b</a> met.</p>'


def test_a_dateline_within_a_bold_sentence_keeps_the_bold() -> None:
    lifted = lift_dateline("<p><b>GENEVA (AP) — All of it</b> is bold.</p>", known=None)
    assert lifted is not None
    assert lifted[0] == "<p><b>All of it</b> is bold.</p>"
