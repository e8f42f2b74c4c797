"""What a browser would post from the editor's form."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text


def form_of(client: Client, page: Page) -> dict[str, Any]:
    """Open the editor of a page and return its data, with an empty body."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return posted(response.context["form"])


def posted(form: Any) -> dict[str, Any]:
    """Return a form's data, with an empty body and no rows in its lists."""
    data = {field.html_name: field.value() for field in form}
    for formset in form.formsets.values():
        counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
        data |= {f"{formset.prefix}-{key}": value for key, value in counts.items()}
    data |= {"body-count": 0, "sources_and_method": rich_text(""), "further_categories": []}
    data["tags"] = ""
    return {
        key: "" if value is None else value for key, value in data.items() if value is not False
    }
