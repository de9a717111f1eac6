"""Where filings come from: EDGAR over the network, within its access rules. Nothing else in the package fetches.

`EdgarClient` asks, `plan` says in advance what a fetch takes, `sync` carries it out, `watch` follows what is new.
"""
