from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The project itself: commands about the site; it has no tables."""

    name = "newsroom"
    verbose_name = "Newsroom site"
