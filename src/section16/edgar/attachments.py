"""The other documents of a submission text: from what is stored to the document itself, and back.

Exhibits are text or HTML as filed; pictures and PDF are uuencoded. Nothing here opens an attachment further.
"""

from __future__ import annotations

import re
from typing import Final

from section16.edgar import uuencoded
from section16.edgar.containers import Attachment
from section16.edgar.sgml_documents import StoredDocument
from section16.errors import SourceError, excerpt

_ENDS_DOCUMENT: Final = re.compile(rb"</TEXT>\s*</DOCUMENT>")
_NOT_IN_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def read_attachment(document: StoredDocument, notes: list[str], *, decode: bool = True) -> Attachment:
    """Return a stored document as an attachment, decoded if it is uuencoded; if that fails, as text, with a note.

    Without `decode` a uuencoded one has no content, only what is stored.
    """
    facts = document.facts
    name, stored = facts.get("FILENAME"), document.content
    content, encoded = stored, None
    is_encoded = uuencoded.looks_uuencoded(stored.lstrip())
    if is_encoded and not decode:
        content, encoded = b"", stored
    elif is_encoded:
        decoded = uuencoded.decode(stored.lstrip())
        is_encoded = decoded.fault is None
        if is_encoded:
            content = decoded.content
            encoded = None if uuencoded.is_own_encoding(stored, content, name) else stored
        else:
            notes.append(f"attachment '{excerpt(name or '')}' is kept as the text it is: {decoded.fault}")
    return Attachment(
        type=facts.get("TYPE"),
        sequence=facts.get("SEQUENCE"),
        name=name,
        description=facts.get("DESCRIPTION"),
        other_lines=document.other_lines,
        content=content,
        encoding="uuencode" if is_encoded else "text",
        wrapper=document.wrapper,
        encoded=encoded,
    )


def stored_content(attachment: Attachment) -> bytes:
    """Return an attachment as it stands inside `<TEXT>`, its wrapper included; what is no text is uuencoded.

    Raises:
        SourceError: `CONTAINER_MALFORMED` if its text holds the tags that end a document.
    """
    content = attachment.content
    if attachment.encoded is not None:
        content = attachment.encoded
    elif attachment.encoding == "uuencode" or (attachment.encoding == "base64" and _NOT_IN_TEXT.search(content)):
        content = uuencoded.encode(content, attachment.name)
    if _ENDS_DOCUMENT.search(content):
        raise SourceError(
            "CONTAINER_MALFORMED",
            f"the text of attachment '{excerpt(attachment.name or '')}' holds </TEXT></DOCUMENT>, which would end it",
            mend="Take the tags out of the text",
        )
    if attachment.wrapper is None:
        return content
    tag = attachment.wrapper.encode()
    return b"<%b>\n%b\n</%b>" % (tag, content, tag)
