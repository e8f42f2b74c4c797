"""The content security policy of public pages.

Static: cached pages carry it, so it holds no nonce. The one inline script (the
theme, before first paint) is allowed by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from django.template.loader import get_template

THEME_SCRIPT_TEMPLATE = "components/theme_script.html"

DIRECTIVES = {
    "default-src": "'self'",
    "img-src": "'self' data: https:",
    "media-src": "'self' https:",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    # Posts and films from elsewhere load when the reader asks for them.
    "frame-src": "https:",
}


@lru_cache(maxsize=1)
def theme_script_hash() -> str:
    """Return the source expression that allows the theme's inline script."""
    script = get_template(THEME_SCRIPT_TEMPLATE).render().strip()
    body = script.removeprefix("<script>").removesuffix("</script>")
    digest = hashlib.sha256(body.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def public_policy(*, inline_styles: bool) -> str:
    """Return the header's value; the static error pages alone have inline styles."""
    directives = {**DIRECTIVES, "script-src": f"'self' {theme_script_hash()}"}
    if inline_styles:
        directives["style-src"] = "'self' 'unsafe-inline'"
    return "; ".join(f"{name} {value}" for name, value in directives.items())
