"""Backfills: a source's stories of some days, split into parts, each loaded in one transaction."""
