"""What each block of the body looks like, for the editor's menu of blocks.

The samples are about nothing that happened, and lead nowhere. Pictures come from the
desk's static files: a preview asks for no article and no image of the site. Shown in
the site's own styles by `templates/wagtailcore/shared/block_preview.html`.
"""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

SAMPLE_SIZE = (1200, 800)


def sample_picture() -> dict[str, Any]:
    """Return a drawn picture, as the templates of public pages take one."""
    width, height = SAMPLE_SIZE
    return {
        "src": static("desk/sample.svg"),
        "width": width,
        "height": height,
        "sources": (),
        "alt": _("Hills below a low sun"),
        "caption": _("The valley at seven in the morning."),
        "credit": _("Name / Agency"),
    }


def preview_values() -> dict[str, Any]:
    """Return a sample of every block but raw HTML, by the block's name."""
    words = {
        "caption": _("The valley at seven in the morning."),
        "credit": _("Name / Agency"),
        "alt_text": _("Hills below a low sun"),
    }
    return {
        "paragraph": "<p>"
        + _(
            "The ferry has crossed the strait since 1911. On Monday it stayed at its berth, "
            "and four thousand people found out how far apart the two shores are."
        )
        + "</p>",
        "heading": {"text": _("What the council wants"), "level": "h2"},
        "quote": {
            "text": "<p>" + _("Nobody asked us whether we wanted to live on an island.") + "</p>",
            "attribution": _("A teacher on the north shore"),
        },
        "pull_quote": {
            "text": _("Four thousand people found out how far apart the shores are."),
            "attribution": "",
        },
        "key_points": {
            "points": [
                _("The ferry stopped on Monday without notice."),
                _("A replacement bus takes ninety minutes."),
                _("The council decides on Thursday."),
            ]
        },
        "fact_box": {
            "title": _("The crossing in numbers"),
            "text": "<p>" + _("Eleven kilometers, forty minutes, 4,200 passengers a day.") + "</p>",
        },
        "timeline": {
            "title": _("How it came to this"),
            "events": [
                {"when": "1911", "text": "<p>" + _("The first steamer crosses.") + "</p>"},
                {"when": "1987", "text": "<p>" + _("A second ship is bought.") + "</p>"},
                {"when": "2024", "text": "<p>" + _("Both fail an inspection.") + "</p>"},
            ],
        },
        "preformatted": {"text": "06:10   north   18 cars\n06:50   south   22 cars"},
        "divider": None,
        "image": {**words, "width": "column"},
        "gallery": {"title": _("The last crossing"), "images": [words, words]},
        "media": {
            "kind": "audio",
            "caption": _("The engine room, recorded in June."),
            "credit": _("Name / Agency"),
            "transcript": _("Captain: Half ahead. Engineer: Half ahead it is."),
        },
        "embed": {"url": "https://video.example/ferry", "caption": _("The last crossing, filmed.")},
        "also_read": {"wanted_headline": _("Who pays for the bridge")},
        "table": {
            "columns": [
                {"type": "rich_text", "heading": _("Year")},
                {"type": "rich_text", "heading": _("Passengers")},
            ],
            "rows": [
                {"values": ["2022", "1,480,000"]},
                {"values": ["2023", "1,530,000"]},
            ],
            "caption": _("Passengers a year"),
        },
    }


def preview_extras() -> dict[str, dict[str, Any]]:
    """Return what templates of blocks take beside the block's own value, by its name."""
    picture = sample_picture()
    image = {"picture": picture, "value": {}}
    return {
        "image": {"picture": picture},
        "gallery": {"images": [image, image]},
        "media": {"file_url": "#"},
        "embed": {"provider": "video.example"},
        "also_read": {"url": "#", "headline": _("Who pays for the bridge")},
    }


class Sampled:
    """A block whose template takes more than the block's own value."""

    name: str

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the variables of a preview; see `preview_extras`."""
        return {**(parent_context or {}), **preview_extras().get(self.name, {})}


def sample_of(name: str) -> Any:
    """Return the sample of a block, in the language of the moment."""
    return preview_values()[name]
