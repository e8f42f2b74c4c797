import pytest

from articles.search.marks import EXCERPT_LENGTH, Marker, is_form_of


def test_words_and_their_forms_are_marked_in_escaped_text() -> None:
    marked = Marker({"tariff", "elysee"}).mark("Tariffs & <b>Élysée</b>, tariffing no tar")
    assert marked == (
        "<mark>Tariffs</mark> &amp; &lt;b&gt;<mark>Élysée</mark>&lt;/b&gt;, "
        "<mark>tariffing</mark> no tar"
    )


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("elections", "election"),
        ("policies", "policy"),
        ("running", "run"),
        ("making", "make"),
        ("national", "nations"),
    ],
)
def test_endings_make_no_other_word(word: str, wanted: str) -> None:
    assert is_form_of(word, wanted)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("car", "care"), ("port", "portrait"), ("us", "use"), ("chip", "child")],
)
def test_other_words_are_not_marked(word: str, wanted: str) -> None:
    assert not is_form_of(word, wanted)


def test_excerpt_shows_the_place_with_most_of_the_words() -> None:
    text = (
        "Copper is red. " + "Filler words go on. " * 60 + "The copper tariff rose by a tenth. End."
    )
    excerpt = Marker({"copper", "tariff"}).excerpt(text)
    assert excerpt.startswith("… ")
    assert "<mark>copper</mark> <mark>tariff</mark>" in excerpt
    assert len(excerpt) < EXCERPT_LENGTH + 60


def test_excerpt_of_a_text_without_the_words_is_empty() -> None:
    assert Marker({"copper"}).excerpt("Nothing here.") == ""


def test_excerpt_of_one_endless_word_is_cut() -> None:
    assert len(Marker({"copper"}).excerpt("copper " + "x" * 5000)) < EXCERPT_LENGTH + 60


def test_single_characters_of_chinese_are_marked() -> None:
    assert Marker({"京"}).mark("北京") == "北<mark>京</mark>"
