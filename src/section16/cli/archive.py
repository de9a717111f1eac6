"""`section16 archive ...`: one's own copy of all reports. Each command makes one call and presents its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from section16.cli.archive_sync import Folder, sync, watch
from section16.cli.options import Jobs, Json, Overwrite, Quiet

app = typer.Typer(
    name="archive",
    help="Your own copy of all reports: bytes kept whole, exact columns, questions in milliseconds.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(sync)
app.command()(watch)


NoWait = Annotated[bool, typer.Option("--no-wait", help="End with code 5 if another process writes to the archive.")]
"""Whether to wait for another writer."""

AsOf = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--as-of", metavar="T", help="As known then: 2024-03-01 (its end) or 2024-03-01T16:30, Eastern."),
]
"""What was public at a moment."""


@app.command()
def add(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Filings, folders, .zip, .tar and compressed ones, daily feeds, quarterly data sets.",
            show_default=False,
        ),
    ],
    archive: Folder = None,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
    no_wait: NoWait = False,
    cluster: Annotated[
        Optional[str],  # noqa: UP045 - read by typer at run time
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Read and build on a Ray cluster that sees the same paths; 'auto' is the one this machine is part of, "
            "'local' starts one here.",
        ),
    ] = None,
) -> None:
    """Add files. What is there already is left as it is; what cannot be read is kept aside with the reason."""
    from section16.cli.archive_add import add as run  # noqa: PLC0415

    raise typer.Exit(run(paths, archive, jobs=jobs, as_json=as_json, quiet=quiet, no_wait=no_wait, cluster=cluster))


@app.command()
def adopt(
    shards: Annotated[Path, typer.Argument(metavar="DIR", help="Shards built elsewhere, or left of another archive.")],
    archive: Folder = None,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
    no_wait: NoWait = False,
) -> None:
    """Take in a folder of shards: built on a cluster, or of an archive that lost its ledger. It stays as it is."""
    from section16.cli.archive_add import adopt as run  # noqa: PLC0415

    raise typer.Exit(run(shards, archive, jobs=jobs, as_json=as_json, quiet=quiet, no_wait=no_wait))


@app.command()
def status(archive: Folder = None, as_json: Json = False) -> None:
    """What the archive holds: counts by form and year, how new it is, its size, what is wrong."""
    from section16.cli.archive_status import status as run  # noqa: PLC0415

    raise typer.Exit(run(archive, as_json=as_json))


@app.command()
def search(
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS",
            help='Words that must all be there; "side by side" in quotes; begin*; gift OR donation; trust NOT option.',
            show_default=False,
        ),
    ],
    archive: Folder = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="At most so many places.")] = 20,
    as_json: Json = False,
) -> None:
    """Footnotes and remarks that have some words, the newest first."""
    from section16.cli.archive_search import search as run  # noqa: PLC0415

    raise typer.Exit(run(words, archive, limit=limit, as_json=as_json))


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


@app.command()
def verify(
    archive: Folder = None,
    quick: Annotated[bool, typer.Option("--quick", help="Records, files and counts; bytes are not read.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="All filings parsed again and compared with all columns.")
    ] = False,
    against_dataset: Annotated[
        Optional[Path],  # noqa: UP045 - read by typer at run time
        typer.Option(
            "--against-dataset",
            metavar="ZIP",
            help="List instead where a quarterly data set says other than the filings here.",
        ),
    ] = None,
    against_datasets: Annotated[
        bool, typer.Option("--against-datasets", help="The same for the data sets that were added to the archive.")
    ] = False,
    jobs: Jobs = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Every original re-read and its hash compared, counts proved, columns against bytes; exit code 1 if not clean."""
    if against_dataset is not None or against_datasets:
        from section16.cli.archive_against import against  # noqa: PLC0415

        raise typer.Exit(against(archive, against_dataset, as_json=as_json, quiet=quiet))
    from section16.cli.archive_verify import verify as run  # noqa: PLC0415

    raise typer.Exit(run(archive, quick=quick, full=full, jobs=jobs, as_json=as_json, quiet=quiet))


@app.command()
def compact(
    archive: Folder = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Write all shards anew, with columns made of the bytes.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    no_wait: NoWait = False,
) -> None:
    """Fold the newest filings into shards, merge small shards by quarter, make the index anew."""
    from section16.cli.archive_compact import compact as run  # noqa: PLC0415

    raise typer.Exit(run(archive, everything=everything, as_json=as_json, quiet=quiet, no_wait=no_wait))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)],
    archive: Folder = None,
    as_of: AsOf = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """All tables as Parquet, by year and quarter, with a manifest, for any engine."""
    from section16.cli.archive_export import export as run  # noqa: PLC0415

    raise typer.Exit(run(folder, archive, as_of=as_of, overwrite=overwrite, as_json=as_json, quiet=quiet))


@app.command()
def quarantine(
    archive: Folder = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Read them again; exit code 1 if some still cannot be.")
    ] = False,
    as_json: Json = False,
    no_wait: NoWait = False,
) -> None:
    """What could not be read: its name, where it came from, why, how often it was tried."""
    from section16.cli.archive_quarantine import quarantine as run  # noqa: PLC0415

    raise typer.Exit(run(archive, retry=retry, as_json=as_json, no_wait=no_wait))


def sql(  # noqa: PLR0917 - all but the question are given by name
    question: Annotated[
        Optional[str],  # noqa: UP045 - read by typer at run time
        typer.Argument(
            metavar="[QUESTION]", help="One statement that reads; - for standard input; without one: what there is."
        ),
    ] = None,
    archive: Folder = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    xlsx: Annotated[
        Optional[Path],  # noqa: UP045 - read by typer at run time
        typer.Option("--xlsx", metavar="FILE", help="Write an Excel file."),
    ] = None,
    arrow: Annotated[
        Optional[Path],  # noqa: UP045 - read by typer at run time
        typer.Option("--arrow", metavar="FILE", help="Write an Arrow IPC file."),
    ] = None,
    limit: Annotated[
        Optional[int],  # noqa: UP045 - read by typer at run time
        typer.Option(
            "--limit", min=0, metavar="N", help="At most so many rows; a screen shows 100 unless told; 0: all."
        ),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Ask the archive in SQL; it only reads."""
    from section16.cli.sql import Wanted  # noqa: PLC0415
    from section16.cli.sql import sql as run  # noqa: PLC0415

    wanted = Wanted(
        as_of=as_of, as_json=as_json, as_csv=as_csv, xlsx=xlsx, arrow=arrow, limit=limit, overwrite=overwrite
    )
    raise typer.Exit(run(question, archive, wanted))
