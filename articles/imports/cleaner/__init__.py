"""Foreign bodies in, body blocks out: the step between readers and the writer.

Pure: neither Django nor Wagtail is imported, and nothing is fetched. Front door is
`clean.clean`. What is left out is counted, what is unknown is kept as text and named
in a problem; every step takes time in proportion to its input.
"""
