from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.desk.editors import attach_editors
        from articles.media import signal_handlers as media_signals
        from articles.pages import jobs as pages_jobs
        from articles.pages import signal_handlers as pages_signals
        from articles.popularity import jobs as popularity_jobs
        from articles.reading import presenters
        from articles.search import signal_handlers as search_signals

        media_signals.register_signal_handlers()
        pages_signals.register_signal_handlers()
        search_signals.register_signal_handlers()
        attach_editors()
        pages_jobs.register()
        popularity_jobs.register()
        presenters.register()
