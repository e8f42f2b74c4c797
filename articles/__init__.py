"""The newsroom's model and everything built on it: one Django app, divided into rooms."""
