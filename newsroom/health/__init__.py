"""`/healthz` (alive) and `/readyz` (database and cache answer)."""
