"""Which function fills the template of which page type."""

from __future__ import annotations

from articles.pages.article import ArticlePage
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from articles.pages.presentation import register_presenter
from articles.pages.static import StaticPage
from articles.reading.article_page import present_article
from articles.reading.category_page import present_category
from articles.reading.home_page import present_home
from articles.reading.static_page import present_static


def register() -> None:
    """Register them; called once, from `apps.py`."""
    register_presenter(HomePage, present_home)
    register_presenter(CategoryPage, present_category)
    register_presenter(ArticlePage, present_article)
    register_presenter(StaticPage, present_static)
