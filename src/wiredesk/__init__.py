"""wiredesk: news-wire copy, from bytes to tables."""

__version__ = "0.1.0"
