"""What workers need in any case: imported, and made of the field table, once by the server they are forked from."""

import duckdb  # noqa: F401 - to be loaded is all it is for

from section16.archive.projection import Projection
from section16.reading.sources import read

_BLANK = b"<ownershipDocument><schemaVersion>X0508</schemaVersion><documentType>4</documentType></ownershipDocument>"

Projection().add(0, "", read(_BLANK))
