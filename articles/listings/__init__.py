"""Lists that are not pages of the tree: by author, by tag, by day, corrections."""
