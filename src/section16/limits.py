"""The sizes at which an input is refused instead of read, in one place. A refusal carries a code `LIMIT_...`.

They are far above every report known (the longest ownership document of 2023 has 104 kB, the fullest 59 rows) and low
enough that no single input takes more than two seconds or 200 MB. The form's own limits (30 rows a table, 99 footnotes,
1,000 characters a footnote) are not here: a report beyond them is read and reported on.
"""

from __future__ import annotations

_MEGABYTE = 1024 * 1024

OWNERSHIP_XML_BYTES = 5 * _MEGABYTE
"""Bytes of one ownership document."""

XML_DEPTH = 24
"""Elements inside one another, the root counted as 1."""

XML_ELEMENTS = 50_000
"""Elements of one document."""

XML_ATTRIBUTES = 16
"""Attributes of one element."""

XML_NAME_CHARACTERS = 128
"""Characters of an element's or attribute's name."""

SUBMISSION_BYTES = 50 * _MEGABYTE
"""Bytes of one full submission text, `.nc` file or submission file."""

SUBMISSION_DOCUMENTS = 200
"""Documents in one full submission text."""

SUBMISSION_HEADER_LINES = 1_000
"""Lines of a full submission's header."""

SUBMISSION_LINE_BYTES = 1 * _MEGABYTE
"""Bytes of one line of a full submission, outside uuencoded parts."""

JSON_BYTES = 50 * _MEGABYTE
"""Bytes of one JSON document."""

JSON_DEPTH = 32
"""Objects and lists inside one another, the outermost counted as 1."""

JSON_FIELD_BYTES = 1 * _MEGABYTE
"""Bytes of one text in a JSON document, as UTF-8."""

NUMBER_DIGITS = 40
"""Digits of one number, before and after the period together, that are still read as a number."""

INDEX_BYTES = 256 * _MEGABYTE
"""Bytes of one index of filings, unpacked: a whole quarter of all forms has some 60 MB."""

INDEX_LINES = 2_000_000
"""Lines of one index of filings: a whole quarter of all forms has some 400,000."""

FEED_XML_BYTES = 5 * _MEGABYTE
"""Bytes of one page of the feed of newest filings: a hundred entries have 60 kB."""

LISTED_FILES = 20_000
"""Files in one folder listing, pages in one list of submissions, data sets on one page."""

DOWNLOAD_BYTES = 8 * 1024 * _MEGABYTE
"""Bytes of one daily feed or data set as it is sent: a busy day's feed has some 2 GB."""

FEED_MEMBERS = 100_000
"""Files in one daily feed: a busy day has some 15,000."""

FEED_UNPACKED_BYTES = 64 * 1024 * _MEGABYTE
"""Bytes of one daily feed, unpacked."""

UNPACKED_RATIO = 200
"""How many times longer than what was read an archive may unpack, past its first megabytes."""

ARCHIVE_MEMBERS = 2_000_000
"""Members of one zip or tar."""

ARCHIVE_BYTES = 64 * 1024 * _MEGABYTE
"""Bytes that one zip or tar unpacks to, all members together; each is bounded by `SUBMISSION_BYTES`."""

ARCHIVE_RATIO = 200
"""Times its own size that an archive may unpack to, counted on bytes really unpacked, beyond the first megabyte."""

NAME_BYTES = 255
"""Bytes of the name of a member of an archive."""

DATA_SET_TABLE_BYTES = 2 * 1024 * _MEGABYTE
"""Bytes of one table of a quarterly data set, unpacked: the largest of 2024 has some 40 MB."""
