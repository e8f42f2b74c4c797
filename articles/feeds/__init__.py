"""RSS and Atom feeds, sitemaps and robots."""
