"""The readers of a news page, one idea each; formats/page.py calls them."""
