"""Wagtail."""

from .language import LANGUAGES
from .security import BASE_URL

WAGTAIL_SITE_NAME = "Newsroom"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_APPEND_SLASH = True
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

WAGTAILIMAGES_IMAGE_MODEL = "articles.NewsImage"
WAGTAILDOCS_DOCUMENT_MODEL = "articles.NewsDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "articles.media.forms.NewsImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp3", "mp4", "odt", "ogg", "pdf", "txt", "webm", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024

# An autosaved comma must not restart a review, and an urgent fix must not end it.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "articles.desk.workflow.publish_approved"
# Ours are written for a whole section in the background: `articles/pages/redirects.py`.
WAGTAILREDIRECTS_AUTO_CREATE = False
TAGGIT_CASE_INSENSITIVE = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
