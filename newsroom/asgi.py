"""The ASGI application, for servers that want one; `make run` uses WSGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.default")

application = get_asgi_application()
