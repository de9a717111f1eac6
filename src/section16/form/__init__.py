"""The ownership report in the form's own words: frozen records, and the field table behind them.

No I/O, SQL, HTML. Official text: EDGAR Ownership XML Technical Specification 5.5 and its schemas.
"""
