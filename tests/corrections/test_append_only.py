import pytest
from django.db.models import ProtectedError
from wagtail.models import Page

from articles.corrections.models import Correction, CorrectionsAreAppendOnlyError
from articles.pages.errors import HasCorrectionsError

pytestmark = pytest.mark.django_db


@pytest.fixture
def correction(make_article):
    return Correction.objects.create(article=make_article(), text="It was Tuesday.")


def test_a_correction_cannot_be_saved_again(correction):
    correction.text = "It was Wednesday."
    with pytest.raises(CorrectionsAreAppendOnlyError):
        correction.save()


def test_corrections_refuse_update_and_delete(correction):
    for attempt in (
        lambda: Correction.objects.update(text="x"),
        lambda: Correction.objects.all().delete(),
        lambda: correction.article.corrections.all().delete(),
        lambda: Correction.objects.bulk_update([correction], ["text"]),
        correction.delete,
    ):
        with pytest.raises(CorrectionsAreAppendOnlyError):
            attempt()


def test_an_article_with_a_correction_is_not_deleted(correction):
    with pytest.raises(HasCorrectionsError):
        type(correction.article).objects.get(pk=correction.article_id).delete()


def test_the_row_protects_its_article_from_code_that_goes_round_the_service(correction):
    with pytest.raises(ProtectedError):
        Page.objects.filter(pk=correction.article_id).delete()
