"""The tag vocabulary: folding, aliases, merging."""
