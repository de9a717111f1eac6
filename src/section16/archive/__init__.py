"""The archive of all reports: original bytes kept whole, exact columns, questions in milliseconds.

with open_archive("archive") as archive:
    archive.add([Incoming(name="0001.txt", data=data)])
    archive.sql("select count(*) from transactions").fetchone()
"""

from section16.archive.archive import Archive, open_archive
from section16.archive.incoming import Added, Incoming

__all__ = ["Added", "Archive", "Incoming", "open_archive"]
