"""Pictures of the demo newsroom, drawn by code: nothing to license, nothing to fetch."""
