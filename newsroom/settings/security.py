"""Secrets, hosts, cookies and transport."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .env import env, is_production, networks, require, secret_key

PRODUCTION = is_production()

SECRET_KEY = secret_key()
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is on in production: unset it.")

if PRODUCTION:
    ALLOWED_HOSTS = [
        host.strip()
        for host in require(
            "ALLOWED_HOSTS", why="name the site's hosts, separated by commas."
        ).split(",")
    ]
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS holds '*': name the site's hosts.")
    BASE_URL = require(
        "BASE_URL", why="mails and the first Site record use it, e.g. https://news.example.com."
    ).rstrip("/")
else:
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    BASE_URL = env.str(
        "BASE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}"
    ).rstrip("/")

CSRF_TRUSTED_ORIGINS = [BASE_URL]
IS_HTTPS = urlsplit(BASE_URL).scheme == "https"
if PRODUCTION and not IS_HTTPS and not env.bool("ALLOW_HTTP", default=False):
    raise ImproperlyConfigured(
        "BASE_URL is not https: use an https address (or ALLOW_HTTP=1 for a closed test network)."
    )

TRUSTED_PROXIES = networks("TRUSTED_PROXIES")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = PRODUCTION and IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail lets its own previews into frames of the desk.
X_FRAME_OPTIONS = "DENY"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# The editor posts large forms: a long article has thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
