"""Menus, footer, breaking banner, and the outlet's settings."""
