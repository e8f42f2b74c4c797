"""The WSGI application that the server runs: trusted proxies → Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.default")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # they are configured now

from newsroom.security.proxies import TrustedProxies  # noqa: E402

application = TrustedProxies(django_application, trusted=settings.TRUSTED_PROXIES)
