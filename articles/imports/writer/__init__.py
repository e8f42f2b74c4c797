"""From items to rows: everything a batch writes, in bulk, in one transaction.

Knows the tables; knows no format. `batch.Writer` is the front door. What it leaves is
what Wagtail's own API would leave (`tests/imports/test_writer_rows.py` compares).
"""
