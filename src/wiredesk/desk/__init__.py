"""`wiredesk desk`: the warehouse for people who would rather look than write SQL.

`serve` puts the marimo app of `app` on loopback; each module of `pages` asks the warehouse its
named statements (`warehouse/desk/`) and makes HTML and charts of the answers.  Only `app` knows
marimo, only `charts` knows Altair, so a page can be tested without either.
"""
