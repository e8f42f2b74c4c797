"""Titles, canonical links, Open Graph, JSON-LD."""
