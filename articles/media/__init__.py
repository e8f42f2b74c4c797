"""Images, renditions, documents, credit and rights."""
