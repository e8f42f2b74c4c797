"""Plain links by which readers pass a page on, or write about it; no script of others."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _


def share_links(title: str, *, url: str) -> list[tuple[str, str]]:
    """Return (label, address) for an absolute address. No cookie and no query is involved."""
    text = f"{title} {url}"
    return [
        (_("Email"), f"mailto:?{urlencode({'subject': title, 'body': url}, quote_via=quote)}"),
        ("WhatsApp", f"https://wa.me/?{urlencode({'text': text})}"),
        ("X", f"https://x.com/intent/post?{urlencode({'text': title, 'url': url})}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"),
        (
            "LinkedIn",
            f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}",
        ),
    ]


def report_link(title: str, *, url: str, email: str) -> str:
    """Return the address by which readers report an error; "" without a public mail address."""
    if not email:
        return ""
    subject = _("Error in: %(title)s") % {"title": title}
    return f"mailto:{email}?{urlencode({'subject': subject, 'body': url}, quote_via=quote)}"
