"""The editor’s side: roles, workflow, listings, publication checks."""
