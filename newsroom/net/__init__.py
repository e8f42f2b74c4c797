"""Outgoing HTTP: every request that leaves the site goes through this room.

Owns where a request may go (public addresses only), how long it may take, how
much it may bring, and when it is tried again. Knows nothing of Django, of
articles, or of what the bytes are for.
"""
