"""Logging: one line an event on standard error."""

from .env import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "newsroom": {"level": env.str("LOG_LEVEL", default="INFO")},
        "articles": {"level": env.str("LOG_LEVEL", default="INFO")},
        "django.request": {"level": "ERROR"},
    },
}
