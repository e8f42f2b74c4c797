import pytest

from articles.search.words import fold_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Élysée Palace", "elysee palace"),
        ("China’s plans, China's plans", "china plans china plans"),
        ("Covid-19 (6G)", "covid 19 6g"),
        ("O’Brien", "o brien"),
        ("Straße", "strasse"),
        ("北京 2024年", "北 京 2024 年"),
        ("हिन्दी", "हिन्दी"),
        ("a\x00b\ud800c", "a b c"),
        ("… — !", ""),
    ],
)
def test_words_lose_case_accents_and_punctuation(text: str, words: str) -> None:
    assert fold_words(text) == words
