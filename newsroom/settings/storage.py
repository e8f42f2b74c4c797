"""Files: static ones as written, media in two places, public and not."""

from .env import PROJECT_DIR, VAR_DIR, env

STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not env.bool("STATIC_COLLECTED", default=False)
# Files without a hash in their name: long enough for one visit, short enough for an upgrade.
WHITENOISE_MAX_AGE = 60

MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = VAR_DIR / "media"

STORAGES = {
    # Renditions: public, at addresses that cannot be guessed.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Originals of pictures and documents: no web server reaches this folder.
    "originals": {
        "BACKEND": "newsroom.storage.OriginalsStorage",
        "OPTIONS": {"location": str(VAR_DIR / "originals")},
    },
    "staticfiles": {
        "BACKEND": (
            "newsroom.storage.JoinedStaticFilesStorage"
            if env.bool("STATIC_COLLECTED", default=False)
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
