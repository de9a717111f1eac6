"""The form as a tagged PDF (PDF/UA-1) on letter paper, landscape, drawn by typst with the fonts it brings.

The report goes in as JSON data, never as markup. The same report gives the same bytes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from section16.errors import MissingExtraError
from section16.render import layouts
from section16.render.paper_widths import paper_widths
from section16.render.printed import PrintedForm, PrintedOwner
from section16.render.status import Status, StatusKind
from section16.render.visible import shown

if TYPE_CHECKING:
    import typst

_WORDS: Final = {
    "agency": layouts.AGENCY,
    "city": layouts.CITY,
    "pursuant": layouts.PURSUANT,
    "omb_approval": layouts.OMB_APPROVAL,
    "omb_number": layouts.OMB_NUMBER,
    "omb_burden": layouts.OMB_BURDEN,
    "name_and_address": layouts.NAME_AND_ADDRESS,
    "name_parts": layouts.NAME_PARTS,
    "street": layouts.STREET,
    "city_and_state": layouts.CITY_AND_STATE,
    "check_all": layouts.CHECK_ALL,
    "relationships": layouts.RELATIONSHIPS,
    "filed_by": layouts.FILED_BY,
    "explanation": layouts.EXPLANATION,
    "no_securities": layouts.NO_SECURITIES,
    "remarks": layouts.REMARKS,
    "signature": layouts.SIGNATURE,
}


def pdf(form: PrintedForm, status: Status | None) -> bytes:
    """The form as PDF. `status` is `None` only where what surrounds the file says already what it is.

    Raises MissingExtraError if typst is not installed.
    """
    compiler, refusal = _compiler()
    try:
        return _compile(compiler, _sheet(form, status, _printable))
    except refusal:
        # A character that none of the fonts has; PDF/UA does not allow a box in its place.
        return _compile(compiler, _sheet(form, status, _in_ascii))


def _printable(text: str) -> str:
    """Visible text in which a very long word may be broken."""
    return _LONG_WORD.sub("\\g<0>\u200b", shown(text))


def _in_ascii(text: str) -> str:
    return _printable(text.encode("ascii", errors="backslashreplace").decode("ascii"))


_LONG_WORD: Final = re.compile(r"\S{16}(?=\S{8})")


def _sheet(form: PrintedForm, status: Status | None, clean: Callable[[str], str]) -> str:
    """Everything that the template draws, as JSON."""
    sheet = {
        "form": _cleaned(msgspec.to_builtins(form), clean),
        "words": _WORDS,
        "name": clean(f"SEC {form.name}"),
        "title": clean(", ".join(part for part in _title_parts(form) if part)),
        "status": clean(status.words) if status else "",
        "alarm": status is not None and status.kind in {StatusKind.DRAFT, StatusKind.TEST},
        "small_print": layouts.small_print(form.layout),
        "nobody": PrintedOwner(),
        "widths": (paper_widths(form.table1), paper_widths(form.table2)),
    }
    return msgspec.json.encode(sheet).decode()


def _title_parts(form: PrintedForm) -> tuple[str, ...]:
    """Form, issuer, first owner, period."""
    return f"SEC {form.name}", form.issuer.name, form.owners[0].name if form.owners else "", form.period


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(part, clean) for key, part in value.items()}
    return [_cleaned(part, clean) for part in value] if isinstance(value, (list, tuple)) else value


def _compile(compiler: typst.Compiler, sheet: str) -> bytes:
    result = compiler.compile(_template(), format="pdf", sys_inputs={"sheet": sheet}, pdf_standards=["ua-1"])
    return cast("bytes", result)


def _compiler() -> tuple[typst.Compiler, type[Exception]]:
    """Typst with no fonts but its own, one a thread; and the error by which it refuses a sheet."""
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError.of("pdf", "writing PDF") from error
    if not hasattr(_OF_THREAD, "compiler"):
        _OF_THREAD.compiler = typst.Compiler(ignore_system_fonts=True)
    return _OF_THREAD.compiler, typst.TypstError


_OF_THREAD: Final = threading.local()


@cache
def _template() -> bytes:
    return files(__package__).joinpath("form.typ").read_bytes()
