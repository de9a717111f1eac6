"""EDGAR's bytes, read and written: ownership XML, submission files, full submission text. No network."""
