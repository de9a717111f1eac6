"""Pure engines over records: what is owed, what is late, what a trade would do. No clock, no database, no files.

Each takes records and dates and returns an answer that says why: the steps, the rules with their citations, what was
assumed and what could not be said.
"""
