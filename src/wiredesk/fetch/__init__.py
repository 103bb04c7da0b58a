"""How bytes come in: files, folders, HTTP; and the archive they land in.  Knows no format."""
