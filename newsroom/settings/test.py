"""Settings of the test suite: fast hashes, files in a temporary place, tasks at once."""

import os
import tempfile

# Never the working folder: tests must not touch a developer's own site.
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="newsroom-tests-")
os.environ["NEWSROOM_ENV"] = "development"

from .database import database
from .default import *  # noqa: F403
from .env import env

TEST_DATABASE_URL = env.str("TEST_DATABASE_URL", default="")
if TEST_DATABASE_URL:
    DATABASES = {"default": database(TEST_DATABASE_URL)}
    DATABASES["default"]["OPTIONS"].pop("pool", None)
else:
    DATABASES = {"default": database("sqlite://:memory:")}

SECRET_KEY = "tests-only-" + "x" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "media", "mail"],
    }
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
