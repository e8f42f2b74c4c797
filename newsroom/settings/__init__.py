"""Settings, a file per subject; every value can be set by the environment."""
