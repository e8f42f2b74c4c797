"""Related links that an editor chose, and computed ones that fill the rest."""
