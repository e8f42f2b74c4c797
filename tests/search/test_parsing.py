import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.parsing import (
    MAX_CHARACTERS,
    MAX_WORDS,
    Alternative,
    ParsedQuery,
    Term,
    Trouble,
    UnsearchableError,
    parse_query,
)


def term(*words: str, is_quoted: bool = False) -> Term:
    return Term(words, is_quoted=is_quoted)


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("Chip export", [Alternative((term("chip"), term("export")))]),
        ('"chip export"', [Alternative((term("chip", "export", is_quoted=True),))]),
        ("“chip export”", [Alternative((term("chip", "export", is_quoted=True),))]),
        ('"chip export', [Alternative((term("chip", "export", is_quoted=True),))]),
        ("chip -export", [Alternative((term("chip"),), (term("export"),))]),
        (
            'chip -"export ban"',
            [Alternative((term("chip"),), (term("export", "ban", is_quoted=True),))],
        ),
        ("chip OR export", [Alternative((term("chip"),)), Alternative((term("export"),))]),
        ("chip OR", [Alternative((term("chip"),))]),
        ("OR OR chip -", [Alternative((term("chip"),))]),
        ("covid-19", [Alternative((term("covid", "19"),))]),
        ("the chip", [Alternative((term("chip"),))]),
        ("the who", [Alternative((term("the"), term("who")))]),
        ('"the" chip', [Alternative((term("the", is_quoted=True), term("chip")))]),
        ("chip OR -export", [Alternative((term("chip"),))]),
    ],
)
def test_language_of_search_engines_is_understood(
    text: str, alternatives: list[Alternative]
) -> None:
    assert parse_query(text) == ParsedQuery(tuple(alternatives))


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", Trouble.EMPTY),
        ('  "" -- !', Trouble.EMPTY),
        ("-chip", Trouble.ONLY_UNWANTED),
        ("a" * (MAX_CHARACTERS + 1), Trouble.TOO_LONG),
        (" ".join("ab" for _ in range(MAX_WORDS + 1)), Trouble.TOO_MANY_WORDS),
    ],
)
def test_what_cannot_be_searched_says_why(text: str, trouble: Trouble) -> None:
    with pytest.raises(UnsearchableError) as caught:
        parse_query(text)
    assert caught.value.trouble is trouble


@given(st.text(max_size=220))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except UnsearchableError:
        return
    assert query.alternatives
    assert all(alternative.wanted for alternative in query.alternatives)
    assert query.wanted_words
