"""The command line: translate the request, make one call, present the answer."""

from __future__ import annotations


def main() -> None:
    """Run the command line; the entry point of the `section16` script."""
    from section16.cli.app import run  # noqa: PLC0415 - `import section16.cli` stays free of charge

    run()
