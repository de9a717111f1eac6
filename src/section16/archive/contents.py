"""One container's content: read, judged by what it says, hashed. Pure; the same here, in a worker and on a cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

import msgspec
from msgspec.structs import replace

from section16.archive.incoming import LOOSE, Incoming
from section16.edgar.submission_text import looks_like_submission_text
from section16.errors import Section16Error, SourceError
from section16.identifiers import accession, cik
from section16.reading.filing import Filing, SourceKind
from section16.reading.sources import read_stored

_PACK: Final = msgspec.msgpack.Encoder()
_DIGEST: Final = 16
_BLANK_ENDS: Final = re.compile(rb"[ \t]+\n")
_RICHNESS: Final = {SourceKind.FULL_TEXT: 2, SourceKind.NC: 1}
_PUBLISHED: Final = frozenset({SourceKind.FULL_TEXT, SourceKind.NC, SourceKind.OWNERSHIP_XML})
UNPUBLISHED: Final = "FIELD_FORBIDDEN"
"""Code of what holds a filer's confirmation code: it was never published, and its bytes are not kept."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger has to know of one container.

    `mismatch` says where header and report disagree. `code` and `message` are set if it was refused, `is_passed` if it
    is plainly another thing than an ownership report, where such are to be expected.
    """

    sha256: bytes
    name: str
    origin: str
    size: int
    key: str = ""
    kind: str = ""
    document: bytes = b""
    exhibits: bytes | None = None
    richness: int = 0
    filed_on: str | None = None
    mismatch: str = ""
    code: str = ""
    message: str = ""
    is_passed: bool = False


def entry_of(incoming: Incoming) -> tuple[Entry, Filing | None]:
    """Read a container; a refusal is an entry with its code and words, never an error."""
    digest = incoming.digest
    name, origin = _written(incoming.name), _written(incoming.origin)
    plain = Entry(sha256=digest, name=name, origin=origin, size=len(incoming.data))
    filing: Filing | None = None
    try:
        if incoming.refused is not None:
            raise SourceError(*incoming.refused)
        filing = read_stored(incoming.data)
        key = _key(filing, digest)
    except Section16Error as error:
        message = str(error).removeprefix(f"{error.code}: ")
        is_passed = filing is None and _is_other(incoming, error.code)
        return replace(plain, code=error.code, message=message, is_passed=is_passed), None
    except (RecursionError, MemoryError, ValueError, ArithmeticError) as error:
        return replace(plain, code="INTERNAL", message=f"reading it failed: {type(error).__name__}"), None
    loose = filing.kind is SourceKind.OWNERSHIP_XML
    return (
        replace(
            plain,
            key=key,
            kind=filing.kind.value,
            document=document_digest(filing),
            exhibits=None if loose else exhibits_digest(filing),
            richness=_richness(filing),
            filed_on=filing.filed_on.isoformat() if filing.filed_on else None,
            mismatch="; ".join(_mismatches(filing)),
        ),
        filing,
    )


def _richness(filing: Filing) -> int:
    """How much the container's header tells: the richest stands for the filing, in whatever order they come."""
    timed = filing.kind is SourceKind.FULL_TEXT and filing.accepted_at is not None
    return _RICHNESS.get(filing.kind, 0) + timed


def _written(text: str) -> str:
    """A name as it can be stored: bytes in it that are no UTF-8 become escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _is_other(incoming: Incoming, code: str) -> bool:
    """Whether a file is no ownership report, in a folder, or a whole submission of another form, as in a daily feed."""
    if incoming.refused is not None or not incoming.within:
        return False
    if incoming.within == "archive":
        return code == "NOT_OWNERSHIP" and looks_like_submission_text(incoming.data)
    return code in {"NOT_OWNERSHIP", "EMPTY_FILING", "JSON_INVALID"}


def _key(filing: Filing, digest: bytes) -> str:
    """The accession number, else the hash of the bytes. Raises SourceError for what was never published."""
    if filing.kind is SourceKind.SUBMISSION_FILE or any(
        owner.id is not None and owner.id.ccc is not None for owner in filing.document.reporting_owners
    ):
        message = "this is a submission to EDGAR, with room for confirmation codes, not what EDGAR published"
        raise SourceError(UNPUBLISHED, message, mend="Add the published filing")
    if filing.kind not in _PUBLISHED:
        message = f"this is {filing.kind.value}, not what EDGAR published"
        mend = "Add full submissions, .nc files or ownership XML; `section16 convert` makes XML of it"
        raise SourceError("NOT_OWNERSHIP", message, mend=mend)
    if filing.accession is None:
        return f"{LOOSE}{digest.hex()}"
    return accession.format(filing.accession)


def _mismatches(filing: Filing) -> Iterator[str]:
    """Where the header and the report disagree: type, issuer, owners."""
    document, header = filing.document, filing.form_type
    said = (document.document_type or "").strip()
    if header and said and header.strip() != said:
        yield f"the header says form {header.strip()}, the report {said}"
    parties = {document.issuer.cik if document.issuer else None, *[owner.cik for owner in document.reporting_owners]}
    if parties <= {filer.cik for filer in filing.filers}:
        return
    named = {cik.compact(filer.cik) for filer in filing.filers if filer.cik}
    for number in sorted(filter(None, parties)) if named else ():
        if cik.compact(number) not in named:
            yield f"CIK {number.strip()} of the report is not in the header"


def document_digest(filing: Filing) -> bytes:
    """16 bytes that are equal exactly if two reports say the same in the same elements and order."""
    return blake2b(_PACK.encode(filing.document), digest_size=_DIGEST).digest()


def exhibits_digest(filing: Filing) -> bytes:
    """16 bytes for the other documents of a container as stored; line ends aside, in which its kinds differ."""
    made = blake2b(digest_size=_DIGEST)
    for attachment in filing.attachments:
        stored = (attachment.content if attachment.encoded is None else attachment.encoded).strip()
        if b"\r" in stored:
            stored = stored.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b" \n" in stored or b"\t\n" in stored:
            stored = _BLANK_ENDS.sub(b"\n", stored)
        made.update(_PACK.encode((attachment.type, attachment.name, stored)))
    return made.digest()
