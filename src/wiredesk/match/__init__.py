"""Identity: which sightings are one story, and what each is to the versions before it.  Pure."""
