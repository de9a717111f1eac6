"""Inputs of `section16 check` judged by one another: read twice, once for their order, and never held together."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path

from section16.archive import open_archive
from section16.cli.inputs import Input, read_input
from section16.errors import Section16Error
from section16.findings import Finding
from section16.identifiers import cik
from section16.positions import Split
from section16.reading import Filing
from section16.rules.between import Between, order_of


def findings_between(
    inputs: Sequence[Input],
    stopping: Callable[[], bool],
    splits: Sequence[Split] = (),
    against: Path | None = None,
) -> Mapping[str, Sequence[Finding]]:
    """Return the findings by path. What cannot be read is left to the check of it; standard input can't be read twice.

    A path that is named twice counts once. With `against`, the folder of an archive, the filings there of the same
    owners at the same issuers are judged along, and said nothing of. Raises Section16Error if there is no archive.
    """
    paths = {one.path: one for one in inputs if not one.is_standard_input}
    order: list[tuple[tuple[str, str, str], str]] = []
    pairs: set[tuple[str, str]] = set()
    numbers: set[str] = set()
    for path, source in paths.items():
        if stopping():
            return {}
        filing = _filing(source)
        if filing is not None:
            order.append((order_of(filing), path))
            pairs |= _pairs(filing)
            numbers.add(filing.accession or "")
    if against is not None:
        beside = _kept_of(against, pairs, numbers)
        order += [(order_of(filing), path) for path, one in beside.items() if (filing := _filing(one)) is not None]
        found = _in_order([(beside | paths)[path] for _, path in sorted(order)], stopping, splits)
        return {path: findings for path, findings in found.items() if path in paths}
    return _in_order([paths[path] for _, path in sorted(order)], stopping, splits)


def _pairs(filing: Filing) -> set[tuple[str, str]]:
    """The CIKs of issuer and owner that a report brings together."""
    document = filing.document
    issuer = cik.compact(document.issuer.cik) if document.issuer and document.issuer.cik else ""
    owners = [cik.compact(owner.cik) for owner in document.reporting_owners if owner.cik]
    return {(issuer, owner) for owner in owners if cik.is_valid(issuer) and cik.is_valid(owner)}


def _kept_of(archive: Path, pairs: Iterable[tuple[str, str]], numbers: Container[str]) -> dict[str, Input]:
    """The filings of an archive of these pairs of issuer and owner, but those with these accession numbers."""
    with open_archive(archive, create=False) as opened:
        keys = {key for issuer, owner in sorted(pairs) for key in opened.keys(issuer=issuer, owner=owner)}
    return {key: Input(key, key, archive=str(archive)) for key in sorted(keys) if key not in numbers}


def _in_order(
    inputs: Sequence[Input], stopping: Callable[[], bool], splits: Sequence[Split]
) -> Mapping[str, Sequence[Finding]]:
    between = Between(splits)
    found: dict[str, Sequence[Finding]] = {}
    for source in inputs:
        if stopping():
            break
        filing = _filing(source)
        findings = between.add(filing) if filing is not None else []
        if findings:
            found[source.path] = findings
    return found


def _filing(source: Input) -> Filing | None:
    try:
        return read_input(source)
    except Section16Error:
        return None
