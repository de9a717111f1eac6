"""`section16 archive ...`: one's own copy of all reports. Each command makes one call and presents its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from section16.cli.options import Jobs, Json, Overwrite, Quiet

app = typer.Typer(
    name="archive",
    help="Your own copy of all reports: bytes kept whole, exact columns, questions in milliseconds.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[
    Optional[Path],  # noqa: UP045 - read by typer at run time
    typer.Option("--archive", metavar="DIR", help="The archive. Else $SECTION16_ARCHIVE, else in your data directory."),
]
"""The folder of the archive."""


@app.command()
def add(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Filings, folders, .zip, .tar and compressed ones, daily feeds.",
            show_default=False,
        ),
    ],
    archive: Folder = None,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Add files. What is there already is left as it is; what cannot be read is kept aside with the reason."""
    from section16.cli.archive_add import add as run  # noqa: PLC0415

    raise typer.Exit(run(paths, archive, jobs=jobs, as_json=as_json, quiet=quiet))


@app.command()
def status(archive: Folder = None, as_json: Json = False) -> None:
    """What the archive holds: counts by form and year, how new it is, its size, what is wrong."""
    from section16.cli.archive_status import status as run  # noqa: PLC0415

    raise typer.Exit(run(archive, as_json=as_json))


@app.command()
def get(
    accession: Annotated[str, typer.Argument(metavar="ACCESSION", help="0001234567-26-000001, with hyphens or not.")],
    archive: Folder = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045 - read by typer at run time
        typer.Option("--output", "-o", metavar="FILE", help="Where to. Else standard output."),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """The bytes of a filing as they came."""
    from section16.archive import open_archive  # noqa: PLC0415
    from section16.cli.outputs import save_new  # noqa: PLC0415
    from section16.cli.standard_output import write_out  # noqa: PLC0415

    with open_archive(archive, create=False) as opened:
        data = opened.original(accession)
    if output is None:
        write_out(data)
    else:
        save_new(output, data, overwrite=overwrite)
