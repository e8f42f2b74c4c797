"""Public addresses of the newsroom that are not pages of the tree."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from articles.popularity.urls import urlpatterns as popularity_urls

urlpatterns: list[URLPattern | URLResolver] = [*popularity_urls]
