import pytest
from django.http import Http404

from articles.pages.article import ArticlePage
from articles.reading.pager import build_pager, page_of

ids = ArticlePage.objects.order_by("pk").values_list("pk", flat=True)


def numbers(number, total):
    pager = build_pager(number=number, total=total, base_url="/x/")
    return [page for page, _url, _is_current in pager.links]


@pytest.mark.django_db
def test_list_is_cut_into_pages_in_two_queries(make_article, django_assert_num_queries):
    made = [make_article().pk for _ in range(5)]
    with django_assert_num_queries(2):
        found, pager = page_of(ids, number="2", base_url="/x/", query={"q": "a b"}, size=2)
    assert found == made[2:4]
    assert (pager.number, pager.total) == (2, 3)
    assert pager.previous_url == "/x/?q=a+b"
    assert pager.next_url == "/x/?q=a+b&page=3"


@pytest.mark.django_db
def test_first_page_of_an_empty_list_exists():
    found, pager = page_of(ids, number=None, base_url="/x/", query={}, size=20)
    assert found == []
    assert pager.total == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "number", ["0", "-1", "01", "+1", "1.0", "x", "", " 1", "٢", "3", "9" * 30]
)
def test_odd_or_missing_page_is_not_found(number, make_article):
    for _ in range(3):
        make_article()
    with pytest.raises(Http404):
        page_of(ids, number=number, base_url="/x/", query={}, size=2)


def test_first_page_has_one_address():
    pager = build_pager(number=2, total=2, base_url="/x/", query={"page": "2", "kind": ""})
    assert pager.previous_url == "/x/"
    assert pager.links == ((1, "/x/", False), (2, "/x/?page=2", True))


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 1, [1]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (1, 31, [1, 2, 3, 4, 5, None, 31]),
        (5, 31, [1, None, 4, 5, 6, None, 31]),
        (31, 31, [1, None, 27, 28, 29, 30, 31]),
        (28, 31, [1, None, 27, 28, 29, 30, 31]),
    ],
)
def test_at_most_seven_places_are_shown(number, total, shown):
    assert numbers(number, total) == shown
