"""Pure functions on text and HTML; this room imports neither Django nor Wagtail."""
