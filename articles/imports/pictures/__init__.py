"""The media stage: pictures and files of imported pages, from a folder or from the web.

Addresses lead to originals (`addresses`), a source brings bytes (`folder`, `web`), content
decides what they are (`examine`), one stored file serves all that is the same (`store`),
what became of an address is remembered (`memory`), and pages get what they wait for
(`wants`, `place`). `stage` holds it together.
"""
