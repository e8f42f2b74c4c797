from django.urls import path

from articles.feeds.robots import robots_txt
from articles.feeds.sitemap_views import news_sitemap, sitemap_index, sitemap_part

urlpatterns = [
    path("robots.txt", robots_txt, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap, name="news_sitemap"),
]
