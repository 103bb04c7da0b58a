"""Reading again: what the archive keeps, by today's rules."""
