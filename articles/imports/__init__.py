"""Archives in: readers, cleaner, writer, media, links, redirects, audit and report.

The way of the data: file → reader (one per format) → items → cleaner → blocks →
writer → database. Readers and cleaner are pure: they import neither Django nor
Wagtail, and hold one item at a time.
"""
