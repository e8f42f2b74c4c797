"""How each database looks for words: one contract, one file per vendor."""
