"""Inputs of `section16 check` judged by one another: read twice, once for their order, and never held together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from section16.cli.inputs import Input, read_input
from section16.errors import Section16Error
from section16.findings import Finding
from section16.positions import Split
from section16.reading import Filing
from section16.rules.between import Between, order_of


def findings_between(
    inputs: Sequence[Input], stopping: Callable[[], bool], splits: Sequence[Split] = ()
) -> Mapping[str, Sequence[Finding]]:
    """Return the findings by path. What cannot be read is left to the check of it; standard input can't be read twice.

    A path that is named twice counts once.
    """
    paths = {one.path: one for one in inputs if not one.is_standard_input}
    order = []
    for path, source in paths.items():
        if stopping():
            return {}
        filing = _filing(source)
        if filing is not None:
            order.append((order_of(filing), path))
    return _in_order([paths[path] for _, path in sorted(order)], stopping, splits)


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
