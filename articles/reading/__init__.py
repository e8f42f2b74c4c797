"""What readers see: the query plan of every page, and the plain data its template takes.

This room owns how a public page is read from the database: which queries it takes,
how ids become cards and pictures, how a body becomes HTML. Templates get plain data
(`records.py`) and reach for nothing. Pages do not know this room: it registers a
presenter for each page type with `articles/pages/presentation.py`.
"""
