"""Accounts of those who work in the newsroom; a byline needs none."""
