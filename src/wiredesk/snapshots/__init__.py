"""Snapshots: what one is made of, where it lies, how it is written."""
