"""The public search: index, query parsing, results."""
