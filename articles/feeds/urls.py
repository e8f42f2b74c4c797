from django.urls import path

from articles.feeds.robots import robots_txt
from articles.feeds.sitemap_views import news_sitemap, sitemap_index, sitemap_part
from articles.feeds.views import (
    AuthorFeed,
    HomeFeed,
    NewsroomFeed,
    SectionFeed,
    TopicFeed,
    as_atom,
    as_rss,
)

LISTS: list[tuple[str, type[NewsroomFeed], str]] = [
    ("", HomeFeed, "home_feed"),
    ("tags/<str:slug>/", TopicFeed, "tag_feed"),
    ("authors/<str:slug>/", AuthorFeed, "author_feed"),
    # Last: sections are pages of the tree, and may have any address.
    ("<path:section_path>/", SectionFeed, "section_feed"),
]

urlpatterns = [
    path("robots.txt", robots_txt, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap, name="news_sitemap"),
    *(path(f"{url}feed/", as_rss(feed), name=name) for url, feed, name in LISTS),
    *(path(f"{url}feed/atom/", as_atom(feed), name=f"{name}_atom") for url, feed, name in LISTS),
]
