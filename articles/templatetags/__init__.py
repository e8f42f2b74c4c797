"""Thin template tags: each calls a query of one room."""
