"""Every way of the desk to change something, walked as a browser would, by name."""
