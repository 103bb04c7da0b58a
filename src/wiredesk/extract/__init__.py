"""Copy to Story: one reader a fact, and `story.py` that calls them in the order of the page."""
