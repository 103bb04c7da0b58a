"""Benches: how fast this machine reads, loads and fetches.  Figures of one run are comparable."""
