"""What happened to pages, told to rooms above without knowing them."""

from django.dispatch import Signal

articles_written = Signal()
"""Articles were written in bulk, past Wagtail's own signals (imports).

Sent after the batch's transaction; `article_ids` is a list of primary keys, at most a
batch of them. Receivers work in bulk (one pass over the ids), and may be slow: no reader
waits. `is_text_changed=False` says that only pictures or the targets of links came: what
readers see has changed, what they may search for has not.
"""
