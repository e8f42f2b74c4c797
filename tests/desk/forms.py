"""What a browser would post from the desk's forms."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import Page

UNSENT = frozenset({"button", "file", "image", "reset", "submit"})


def form_of(client: Client, page: Page) -> dict[str, Any]:
    """Open the editor of a page and return its form's data, with an empty body."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return sent_by(response)


def new_article_form(client: Client, section: Page) -> dict[str, Any]:
    """Open the form of a new article in a section and return its data."""
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])
    response = client.get(url)
    assert response.status_code == 200
    return sent_by(response)


def sent_by(response: Any) -> dict[str, Any]:
    """Return the data of the editor's form on a page; bodies, which scripts make, are empty."""
    document = html.fromstring(response.content.decode())
    form = next(form for form in document.forms if "data-edit-form" in form.attrib)
    data: dict[str, Any] = {}
    for field in form.iterdescendants("input", "select", "textarea"):
        name = field.get("name")
        if name and not any(above.tag == "template" for above in field.iterancestors()):
            _add(data, name, field)
    for block in form.iterdescendants("div"):
        if "data-block" in block.attrib:
            data[f"{block.get('id')}-count"] = "0"
    return data


def _add(data: dict[str, Any], name: str, field: Any) -> None:
    kind = field.get("type", "text")
    if kind in UNSENT or field.get("disabled") is not None:
        return
    if kind in {"checkbox", "radio"}:
        if field.get("checked") is not None:
            data.setdefault(name, []).append(field.get("value", "on"))
    elif field.tag == "select":
        chosen = [
            option.get("value") for option in field.iter("option") if "selected" in option.attrib
        ]
        first = [option.get("value") for option in field.iter("option")][:1]
        data[name] = (chosen or first) if not field.get("multiple") else chosen
    elif field.tag == "textarea":
        data[name] = (field.text or "").removeprefix("\n")
    else:
        data[name] = field.get("value", "")


def a_row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    """Return the data of a further row of a list in a form, such as `related_links`."""
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return row | {f"{prefix}-{number}-ORDER": number + 1, f"{prefix}-{number}-DELETE": ""}


def no_rows(prefix: str) -> dict[str, Any]:
    """Return the data of an empty list in a form."""
    counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {f"{prefix}-{key}": value for key, value in counts.items()}
