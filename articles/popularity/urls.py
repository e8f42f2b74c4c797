from django.urls import path

from articles.popularity import views

urlpatterns = [
    path("_v/<int:page_id>", views.beacon, name="beacon"),
    path("_v/<int:page_id>.gif", views.pixel, name="beacon_pixel"),
]
