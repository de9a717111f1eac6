"""The printed form, one layout per form and look, as HTML, PDF, Markdown and terminal text; pages read back.

A document becomes a `printed.PrintedForm`, and every format is drawn from that. No I/O beyond the package's own files.
"""
