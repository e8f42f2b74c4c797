"""Titles, canonical links, Open Graph, JSON-LD.

Pure functions over plain data: what machines read is built from the same values that
readers see, by whoever has them (`articles/reading/`, `articles/listings/`). No queries.
"""
