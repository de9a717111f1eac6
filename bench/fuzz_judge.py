"""Whether a spoiled filing was read as it should be: `faults(case)` names what went wrong, and nothing if all is well.

What must hold for any bytes at all: the reader gives a filing or raises its own error, in at most two seconds; its
error is one printable line; malformed XML and XML with a DOCTYPE never become a document (the judge is expat, a parser
our reader does not use); JSON gives the same document back, XML the same tree; hostile text never leaves a picture
unescaped.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

import byte_mutations
import section16
from fuzz_cases import Case

LONGEST_SECONDS = 2.0
LONGEST_ERROR = 300

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*?\?>")
_LABEL = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_OPEN = re.compile(rb"<XML>", re.IGNORECASE)
_CLOSE = re.compile(rb"</XML>", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN_LINK = re.compile(rb"(?<!\\)\]\(javascript:")
_PLAIN_BLANKS = " \t\r\n"


class Verdict(NamedTuple):
    """The outcome in a word (`read` or the code of the error), the faults, and the seconds of CPU it took to read."""

    outcome: str
    faults: tuple[str, ...]
    seconds: float


def judge(case: Case, *, thorough: bool) -> Verdict:
    """Reads a case and judges the result; `thorough` writes it in every format too."""
    begun = time.process_time()
    try:
        filing = section16.read(case.data)
    except section16.Section16Error as error:
        seconds = time.process_time() - begun
        return Verdict(error.code, (*_slow("reading", seconds), *_error_text(error)), seconds)
    except BaseException:  # noqa: BLE001 - whatever else comes out is the find
        seconds = time.process_time() - begun
        return Verdict("raised", (f"reading raised: {_last_line()}",), seconds)
    seconds = time.process_time() - begun
    faults = [*_slow("reading", seconds), *_unsound(case)]
    if thorough:
        faults += _round_trips(case, filing)
        faults += _pictures(filing)
    return Verdict("read", tuple(faults), seconds)


def faults(case: Case) -> tuple[str, ...]:
    """Everything wrong with how a case is read and written; empty if all is well."""
    return judge(case, thorough=True).faults


def _last_line() -> str:
    lines = traceback.format_exc().strip().splitlines()
    place = next((line.strip() for line in reversed(lines) if line.lstrip().startswith("File ")), "")
    return f"{lines[-1][:200]} at {place}"


def _slow(what: str, seconds: float) -> Iterator[str]:
    if seconds > LONGEST_SECONDS:
        yield f"{what} took {seconds:.1f} s"


def _error_text(error: section16.Section16Error) -> Iterator[str]:
    text = str(error)
    if len(text) > LONGEST_ERROR or not text.isprintable() or not error.code:
        yield f"the error is not one printable line of at most {LONGEST_ERROR} characters: {text[:200]!r}"


def _unsound(case: Case) -> Iterator[str]:
    """A document out of XML that is malformed or has a DOCTYPE. Markdown and HTML are no XML and are not judged so."""
    if case.shape not in {"xml", "container"}:
        return
    sound = [text for text in _candidates(case.data) if well_formed(text)]
    if not sound:
        yield "malformed XML became a document"
    elif all(_has_doctype(text) for text in sound):
        yield "XML with a DOCTYPE became a document"


def _candidates(data: bytes) -> Iterator[str]:
    """The texts that may be the ownership XML: the whole, what stands between XML tags, that with its lines joined."""
    whole = decoded(data)
    if whole is not None:
        yield whole
    ends = [tag.start() for tag in _CLOSE.finditer(data)]
    for begin in [tag.end() for tag in _OPEN.finditer(data)]:
        for end in ends:
            text = decoded(data[begin:end].strip()) if begin < end else None
            if text is not None:
                yield text
                yield re.sub(r"\r?\n", "", text)


def decoded(data: bytes) -> str | None:
    """Bytes as text by their mark, else their label, else UTF-8, strictly; without the mark and the declaration."""
    marks = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    label = _LABEL.match(data)
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in marks if data.startswith(mark)),
        (b"", label[1].decode("ascii") if label else "utf-8"),
    )
    try:
        return _DECLARATION.sub("", data[len(mark) :].decode(encoding), count=1)
    except (UnicodeError, LookupError):
        return None


def well_formed(text: str) -> bool:
    """Whether expat takes a text as XML.

    It knows the names of XML 1.0's fourth edition only, so a text that it refuses is tried once more with one plain
    letter in place of every character beyond ASCII: none of them is markup.
    """
    return _taken(text) or (not text.isascii() and _taken(_BEYOND_ASCII.sub("\u00e9", text)))


def _taken(text: str) -> bool:
    parser = expat.ParserCreate(encoding="utf-8")
    try:
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 - expat takes it by place
    except (expat.ExpatError, UnicodeError):
        return False
    return True


def _has_doctype(text: str) -> bool:
    parser, seen = expat.ParserCreate(encoding="utf-8"), []
    parser.StartDoctypeDeclHandler = lambda *parts: seen.append(parts)
    with contextlib.suppress(expat.ExpatError):  # a name of the fifth edition, behind any DOCTYPE
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 - expat takes it by place
    return bool(seen)


def _attempt(what: str, work: Callable[[], Iterator[str]]) -> list[str]:
    """The faults of a piece of work; an exception of any kind and more than two seconds are faults themselves."""
    begun = time.process_time()
    try:
        found = list(work())
    except Exception:  # noqa: BLE001 - whatever comes out is the find
        return [f"{what} raised: {_last_line()}"]
    return [*found, *_slow(what, time.process_time() - begun)]


def _round_trips(case: Case, filing: section16.Filing) -> list[str]:
    """Faults of writing JSON and XML and reading them again."""

    def by_json() -> Iterator[str]:
        if section16.read(section16.write(filing, "json")).document != filing.document:
            yield "JSON gives another document back"

    def by_xml() -> Iterator[str]:
        written = section16.write(filing, "xml")
        if section16.write(section16.read(written), "xml") != written:
            yield "the written XML is no fixed point"
        if case.shape == "xml" and tree_of(decoded(case.data) or "") != tree_of(decoded(written) or ""):
            yield "the written XML is another tree"

    return _attempt("JSON and back", by_json) + _attempt("XML and back", by_xml)


def tree_of(text: str) -> list[tuple[str, ...]]:
    """A document as events: elements, attributes by name, trimmed texts, comments, instructions."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8"), parser)
    outside = [("before", _markup(node)) for node in root.itersiblings(preceding=True)]
    outside += [("after", _markup(node)) for node in root.itersiblings()]
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    return [*outside, *(event for action, node in walk for event in _events(action, node))]


def _markup(node: etree._Element) -> str:
    return etree.tostring(node, with_tail=False, encoding="unicode")


def _events(action: str, node: etree._Element) -> Iterator[tuple[str, ...]]:
    if action == "start":
        attributes = sorted((str(name), str(value)) for name, value in node.attrib.items())
        yield ("begin", str(node.tag), *(f"{name}={value}" for name, value in attributes))
    elif action == "end":
        yield ("end",)
    else:
        yield (action, str(getattr(node, "target", "")), node.text or "")
    text = ((node.text if action == "start" else node.tail) or "").strip(_PLAIN_BLANKS)
    if text:
        yield ("text", text)


def _read_again(picture: bytes) -> None:
    """Reads our own picture; being refused is no fault, anything else that is raised becomes one."""
    with contextlib.suppress(section16.Section16Error):
        section16.read(picture)


def _shows(character: str) -> bool:
    """Whether a character is seen for what it is; a blank of any width is."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _pictures(filing: section16.Filing) -> list[str]:
    """Faults of drawing: unescaped markup in HTML and Markdown, control characters in terminal text."""

    def by_html() -> Iterator[str]:
        page = section16.write(filing, "html").decode("utf-8")
        if byte_mutations.MARK in page or re.search(r"(?i)(href|src)\s*=\s*[\"']?javascript:", page):
            yield "hostile text stands unescaped in HTML"
        _read_again(page.encode("utf-8"))

    def by_text() -> Iterator[str]:
        lines = section16.write(filing, "text").decode("utf-8").split("\n")
        if not all(line.isprintable() or all(map(_shows, line)) for line in lines):
            yield "control or direction characters stand in the terminal text"

    def by_markdown() -> Iterator[str]:
        words = section16.write(filing, "md")
        if byte_mutations.MARK.encode() in words or _MARKDOWN_LINK.search(words):
            yield "hostile text stands unescaped in Markdown"
        _read_again(words)

    return [
        *_attempt("HTML", by_html),
        *_attempt("terminal text", by_text),
        *_attempt("Markdown", by_markdown),
    ]
