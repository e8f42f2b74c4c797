"""The forms of pages: tabs, the order of fields, and what stands beside them.

Models know nothing of the admin, so the forms are attached to them from here, once,
when the application starts.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput

from articles.desk.outlet import outlet_editor
from articles.desk.page_forms import ArticleForm, FrontForm, NewsroomCopyForm
from articles.desk.panels import CorrectionsPanel, SectionPanel
from articles.navigation.models import NewsroomSettings
from articles.pages.article import ArticlePage
from articles.pages.base import NewsroomPage
from articles.pages.category import CategoryPage
from articles.pages.home import HomePage
from articles.pages.static import StaticPage


def counted(name: str, *, soft: int, hard: int, **options: Any) -> FieldPanel:
    """Return a panel whose field counts characters: amber past `soft`, red past `hard`."""
    panel = TitleFieldPanel if name == "title" else FieldPanel
    return panel(name, attrs=counter_attributes(soft=soft, hard=hard), **options)


def counter_attributes(*, soft: int, hard: int) -> dict[str, str]:
    """Return the attributes that `static/desk/counter.js` reads from a panel."""
    return {
        "data-controller": "newsroom-counter",
        "data-newsroom-counter-soft-value": str(soft),
        "data-newsroom-counter-hard-value": str(hard),
    }


WRITE = [
    counted("title", soft=70, hard=110, help_text=_("Say what happened and to whom. Names first.")),
    counted("standfirst", soft=160, hard=300),
    FieldRowPanel([FieldPanel("kind"), counted("kicker", soft=24, hard=32)]),
    SectionPanel(heading=_("Section")),
    InlinePanel(
        "bylines",
        heading=_("Authors"),
        label=_("Author"),
        max_num=8,
        panels=[FieldRowPanel([FieldPanel("author"), FieldPanel("role")])],
        help_text=_("The order is the order of the byline. A desk signs agency copy."),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("dateline_place"),
                    FieldPanel("dateline_date"),
                    FieldPanel("dateline_agency"),
                ]
            )
        ],
        heading=_("Dateline"),
        help_text=_("Shown as “Beijing, 9 March 2024 (TDI):” before the first paragraph."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("lead_image", heading=_("Photo")),
            counted("lead_caption", soft=160, hard=300, heading=_("Caption")),
            counted("lead_credit", soft=80, hard=120, heading=_("Credit")),
            counted("lead_alt_text", soft=125, hard=250, heading=_("Alt text")),
        ],
        heading=_("Lead photo"),
    ),
    FieldPanel("body"),
]

FRONTS_AND_SHARING = [
    counted("short_headline", soft=55, hard=70),
    MultiFieldPanel(
        [
            counted(
                "seo_title",
                soft=60,
                hard=70,
                heading=_("SEO title"),
                help_text=_("Empty uses the headline."),
            ),
            counted(
                "search_description",
                soft=155,
                hard=300,
                help_text=_("Empty uses the standfirst."),
            ),
            FieldPanel(
                "slug",
                widget=SlugInput,
                help_text=_("The address. A change after publication leaves a redirect."),
            ),
            FieldPanel("canonical_url", heading=_("Canonical address")),
            FieldPanel("is_noindex"),
        ],
        heading=_("Search engines"),
    ),
    MultiFieldPanel(
        [
            counted("social_title", soft=70, hard=100),
            counted("social_text", soft=200, hard=200),
            FieldPanel("social_image"),
        ],
        heading=_("Sharing"),
        help_text=_("Empty uses the article’s own headline, standfirst and photo."),
    ),
]

TOPICS_AND_LINKS = [
    FieldPanel("tags", help_text=_("Three to eight, separated by commas.")),
    FieldPanel(
        "further_categories",
        help_text=_("The article lives in one section; it is listed in these as well."),
    ),
    InlinePanel(
        "related_links",
        heading=_("Related articles"),
        label=_("Related article"),
        max_num=8,
        panels=[
            FieldPanel("target"),
            FieldRowPanel([FieldPanel("url"), FieldPanel("title")]),
        ],
        help_text=_("Three are enough; the rest is filled automatically."),
    ),
]

RECORD = [
    FieldPanel("sources_and_method"),
    counted("disclosure", soft=200, hard=400),
    MultiFieldPanel(
        [FieldPanel("embargoed_until"), FieldPanel("embargo_reason")], heading=_("Embargo")
    ),
    FieldPanel("materially_updated_at"),
    CorrectionsPanel(heading=_("Corrections")),
    FieldRowPanel([FieldPanel("source_name"), FieldPanel("issuer")]),
    FieldPanel("language"),
    FieldPanel("internal_notes"),
    PublishingPanel(),
    CommentPanel(),
]

ADDRESS = [
    FieldPanel("slug", widget=SlugInput),
    counted("seo_title", soft=60, hard=70, heading=_("SEO title")),
    counted("search_description", soft=155, hard=300),
    FieldPanel("show_in_menus"),
    PublishingPanel(),
    CommentPanel(),
]


def article_editor() -> TabbedInterface:
    """Return the form of an article; most stories never leave the first tab."""
    return TabbedInterface(
        [
            ObjectList(WRITE, heading=_("Write")),
            ObjectList(FRONTS_AND_SHARING, heading=_("Fronts and sharing")),
            ObjectList(TOPICS_AND_LINKS, heading=_("Topics and links")),
            ObjectList(RECORD, heading=_("Record")),
        ],
        base_form_class=ArticleForm,
    )


def simple_editor(*content: Any) -> TabbedInterface:
    """Return the form of a page with one tab of content and one for its address."""
    return TabbedInterface(
        [
            ObjectList(list(content), heading=_("Content")),
            ObjectList(ADDRESS, heading=_("Address and search")),
        ],
        base_form_class=FrontForm,
    )


def attach_editors() -> None:
    """Give every page type, and the settings, their form; called once, from `apps.py`."""
    editors: dict[type[Model], TabbedInterface] = {
        ArticlePage: article_editor(),
        CategoryPage: simple_editor(
            TitleFieldPanel("title"), counted("description", soft=160, hard=300), FieldPanel("pins")
        ),
        HomePage: simple_editor(TitleFieldPanel("title"), FieldPanel("pins")),
        StaticPage: simple_editor(TitleFieldPanel("title"), FieldPanel("body")),
    }
    editors[NewsroomSettings] = outlet_editor()
    for model, editor in editors.items():
        model.edit_handler = editor  # type: ignore[attr-defined]
        if issubclass(model, NewsroomPage):
            model.copy_form_class = NewsroomCopyForm  # type: ignore[attr-defined]
