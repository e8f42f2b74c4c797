"""The worker: one process that empties the queue and runs the jobs that rooms register."""
