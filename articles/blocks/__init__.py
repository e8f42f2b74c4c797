"""StreamField blocks of an article's body, a file per family."""
