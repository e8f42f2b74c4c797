import pytest
from django.contrib.auth import get_user_model
from django.core import serializers
from django.db import connection
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
        lambda: Correction.objects.filter(pk=correction.pk)._raw_delete("default"),
        lambda: Correction.objects.update_or_create(pk=correction.pk, defaults={"text": "x"}),
        lambda: Correction.objects.bulk_create([correction]),
        lambda: Correction._base_manager.filter(pk=correction.pk).update(text="x"),
        lambda: correction.article.corrections.update(text="x"),
        lambda: correction.save_base(raw=True),
        correction.delete,
    ):
        with pytest.raises(CorrectionsAreAppendOnlyError):
            attempt()


def test_a_correction_is_not_given_to_another_article(correction, make_article):
    article_id, other = correction.article_id, make_article()
    for attempt in (
        lambda: other.corrections.add(correction),
        lambda: other.corrections.set([correction]),
    ):
        with pytest.raises(CorrectionsAreAppendOnlyError):
            attempt()
    assert Correction.objects.get().article_id == article_id


def test_an_account_that_goes_leaves_its_name_on_what_it_signed(make_article):
    user = get_user_model().objects.create_user("lin", first_name="Lin", last_name="Meifeng")
    note = Correction.objects.create(article=make_article(), text="It was.", published_by=user)
    user.delete()
    note.refresh_from_db()
    assert (note.published_by, note.published_by_name) == (None, "Lin Meifeng")


def test_a_dump_of_corrections_can_be_loaded_where_there_are_none(correction):
    row = serializers.serialize("json", [correction])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_correction")
    for loaded in serializers.deserialize("json", row):
        loaded.save()
    assert Correction.objects.get().text == correction.text


def test_an_article_with_a_correction_is_not_deleted(correction):
    with pytest.raises(HasCorrectionsError):
        type(correction.article).objects.get(pk=correction.article_id).delete()


def test_the_row_protects_its_article_from_code_that_goes_round_the_service(correction):
    with pytest.raises(ProtectedError):
        Page.objects.filter(pk=correction.article_id).delete()
