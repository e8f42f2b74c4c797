"""Public addresses of the newsroom that are not pages of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from articles.feeds.urls import urlpatterns as feeds_urls
from articles.listings.urls import urlpatterns as listings_urls
from articles.popularity.urls import urlpatterns as popularity_urls
from articles.search.urls import urlpatterns as search_urls

urlpatterns: list[URLPattern | URLResolver] = [
    *popularity_urls,
    *feeds_urls,
    *listings_urls,
    *search_urls,
]
