"""Corrections, clarifications, retractions, and their public log."""
