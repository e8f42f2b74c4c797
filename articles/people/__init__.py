"""Authors and bylines; a byline needs no account."""
