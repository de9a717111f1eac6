"""What workers need in any case, imported once by the server they are forked from."""

import duckdb  # noqa: F401
