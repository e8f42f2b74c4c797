"""Views counted by the hour, and the windows derived from them."""
