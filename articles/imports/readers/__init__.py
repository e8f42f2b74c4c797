"""Readers: one file per format turns bytes into `items` records, one at a time.

Front door is `registry.open_source`. A reader reads its whole source strictly once
before it yields a record, so that a damaged file leaves nothing behind. Pure: neither
Django nor Wagtail is imported, and nothing is fetched.
"""
