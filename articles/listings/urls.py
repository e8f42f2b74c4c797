from django.urls import path, register_converter

from articles.listings.archive_views import archive, archive_day, archive_month, archive_year
from articles.listings.author_views import author, authors
from articles.listings.converters import TwoDigitConverter, YearConverter
from articles.listings.correction_views import corrections
from articles.listings.topic_views import topic, topics

register_converter(YearConverter, "year")
register_converter(TwoDigitConverter, "two_digits")

urlpatterns = [
    path("authors/", authors, name="authors"),
    path("authors/<str:slug>/", author, name="author"),
    path("tags/", topics, name="tags"),
    path("tags/<str:slug>/", topic, name="tag"),
    path("archive/", archive, name="archive"),
    path("archive/<year:year>/", archive_year, name="archive_year"),
    path("archive/<year:year>/<two_digits:month>/", archive_month, name="archive_month"),
    path(
        "archive/<year:year>/<two_digits:month>/<two_digits:day>/", archive_day, name="archive_day"
    ),
    path("corrections/", corrections, name="corrections"),
]
