from django.urls import path

from articles.search.views import search

urlpatterns = [path("search/", search, name="search")]
