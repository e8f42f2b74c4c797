"""The demo newsroom, loaded through the public import pipeline."""
