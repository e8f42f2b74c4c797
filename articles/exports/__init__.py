"""Articles out: JSON lines."""
