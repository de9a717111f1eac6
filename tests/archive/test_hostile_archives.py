"""Archives that somebody made to do harm, or that were cut on their way: the rest comes in, the reason is told."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from section16 import limits
from section16.archive import Archive, Incoming
from section16.archive.members import files_below, incoming, incoming_from

from .conftest import loose

Files = list[tuple[str, bytes]]


def tar(files: Files, form: int = tarfile.USTAR_FORMAT, **headers: str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as target:
        for name, data in files:
            member = tarfile.TarInfo(name)
            member.size, member.pax_headers = len(data), headers
            headers = {}
            target.addfile(member, io.BytesIO(data))
    return made.getvalue()


def special(kind: bytes, link: str = "") -> bytes:
    member = tarfile.TarInfo("special")
    member.type, member.linkname = kind, link
    return member.tobuf(tarfile.GNU_FORMAT)


def zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files:
            target.writestr(name, data)
    return made.getvalue()


def changed(data: bytes, at: int, to: bytes) -> bytes:
    return data[:at] + to + data[at + len(to) :]


def holed() -> bytes:
    """A header of an old GNU file with holes: 49 MB of nothing."""
    header = bytearray(special(tarfile.GNUTYPE_SPARSE))
    header[483:495] = b"%011o\0" % (49 << 20)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def shared(data: bytes, times: int) -> bytes:
    """A zip whose directory names one member several times over."""
    at, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entry = data[at:end]
    entries = b"".join(entry[:46] + bytes([97 + number]) + entry[47:] for number in range(times))
    return data[:at] + entries + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, times, times, len(entries), at, 0)


@pytest.fixture
def one(texts: list[bytes]) -> bytes:
    return texts[0]


@pytest.fixture
def other(texts: list[bytes]) -> bytes:
    return texts[1]


Case = tuple[bytes, int, set[str]]


def tars(a: bytes, b: bytes) -> dict[str, Case]:
    """Tars with one thing wrong: the bytes, how many filings still come in, the reasons for the rest."""
    plain, last = tar([("a.txt", a), ("b.txt", b)]), tar([("b.txt", b)])
    second = tarfile.BLOCKSIZE + -(-len(a) // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
    extended = [("a.txt", a), ("b.txt", b)], tarfile.PAX_FORMAT
    links = special(tarfile.SYMTYPE, "/etc/passwd") + special(tarfile.LNKTYPE, "b.txt")
    path, kind, cut = {"ARCHIVE_PATH"}, {"ARCHIVE_TYPE"}, {"CONTAINER_MALFORMED"}
    return {
        "up.tar": (tar([("../../a.txt", a), ("b.txt", b)]), 1, path),
        "absolute.tar": (tar([("/etc/a.txt", a), ("b.txt", b)]), 1, path),
        "long.tar": (tar([("a" * 256, a), ("b.txt", b)], tarfile.GNU_FORMAT), 1, path),
        "pax-path.tar": (tar(*extended, path="../../x"), 1, path),
        "pax-size.tar": (tar(*extended, size="9" * 19), 0, {"LIMIT_SIZE", *cut}),
        "pax-back.tar": (tar(*extended, size="-1024"), 0, {"EMPTY_FILING", *cut}),
        "links.tar": (links + last, 1, kind),
        "devices.tar": (special(tarfile.CHRTYPE) + special(tarfile.FIFOTYPE) + last, 1, kind),
        "holes.tar": (holed() * 50 + last, 1, kind),
        "headers.tar": (special(tarfile.GNUTYPE_LONGNAME) * 5000 + last, 0, cut),
        "doubled.tar": (tar([("a.txt", a), ("a.txt", b)]), 0, cut),
        "bad-sum.tar": (changed(plain, second, b"zz"), 1, cut),
        "cut-between.tar": (plain[:second], 1, cut),
        "cut-within.tar": (plain[: second + 600], 1, cut),
        "two.tar": (tar([("a.txt", a)]) + last, 1, cut),
        "junk-after.tar.gz": (gzip.compress(last) + b"junk", 0, cut),
        "bomb.gz": (gzip.compress(bytes(8 << 20)), 0, {"ARCHIVE_BOMB"}),
        "bomb.tar.gz": (gzip.compress(tar([("z.txt", bytes(8 << 20))])), 0, {"ARCHIVE_BOMB"}),
    }


def zips(a: bytes, b: bytes) -> dict[str, Case]:
    """Zips, as `tars`."""
    last = ("b.txt", b)
    single = zipped([("a.txt", a)])
    directory = single.index(b"PK\1\2")
    path, kind, cut = {"ARCHIVE_PATH"}, {"ARCHIVE_TYPE"}, {"CONTAINER_MALFORMED"}
    nested = [("in.tar", tar([("a.txt", a)])), ("nested.zip", zipped([])), last]
    return {
        "drive.zip": (zipped([("C:a.txt", a), last]), 1, path),
        "nul.zip": (zipped([("aXb.txt", a), last]).replace(b"aXb.txt", b"a\0b.txt"), 1, path),
        "doubled.zip": (zipped([("a.txt", a), ("c.txt", b)]).replace(b"c.txt", b"a.txt"), 0, cut),
        "junk-before.zip": (b"junk" + single, 0, {"NOT_OWNERSHIP"}),
        "nested.zip": (zipped(nested), 1, kind),
        "encrypted.zip": (changed(single, directory + 8, b"\1"), 0, kind),
        "lying.zip": (changed(single, directory + 24, b"\x64\0\0\0"), 0, cut),
        "shared.zip": (shared(zipped([("a", a)]), 20), 0, {"ARCHIVE_BOMB"}),
        "bomb.zip": (zipped([("z.txt", bytes(4 << 20)), last]), 1, {"ARCHIVE_BOMB"}),
    }


NAMES = (*tars(b"a", b"b"), *zips(b"a", b"b"))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_archive_is_refused_with_the_reason_and_the_rest_comes_in(
    name: str, archive: Archive, tmp_path: Path, one: bytes, other: bytes
) -> None:
    data, sound, codes = (tars(one, other) | zips(one, other))[name]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(data)
    before = set(tmp_path.rglob("*"))
    added = archive.add(incoming(folder / name), jobs=1)
    aside = archive.quarantined()
    assert added.new == sound
    assert added.files == added.new + added.rejected
    assert len(aside) == added.rejected > 0
    assert all(kept.code and kept.reason for kept in aside)
    assert {kept.code for kept in aside} == codes
    assert {path for path in set(tmp_path.rglob("*")) - before if archive.layout.root not in path.parents} == set()
    again = archive.add(incoming(folder / name), jobs=1)
    assert (again.new, again.rejected, again.known, again.aside) == (0, 0, added.new, added.rejected)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, -1])
def test_every_usual_kind_of_tar_is_read(form: int, archive: Archive, tmp_path: Path, texts: list[bytes]) -> None:
    files = [("deep/" * 30 + f"{number}-\N{GREEK SMALL LETTER ALPHA}.txt", text) for number, text in enumerate(texts)]
    data = tar([(f"{number}.txt", text) for number, text in enumerate(texts)] if form < 0 else files, max(form, 0))
    if form < 0:  # of before POSIX: no mark
        at = 0
        while data[at]:
            size = int(data[at + 124 : at + 135], 8)
            header = bytearray(changed(data[at : at + 512], 257, bytes(255)))
            header[148:156] = b" " * 8
            header[148:156] = b"%06o\0 " % sum(header)
            data = changed(data, at, bytes(header))
            at += 512 + -(-size // 512) * 512
    (tmp_path / "a.tar").write_bytes(data)
    assert archive.add(incoming(tmp_path / "a.tar"), jobs=1).new == len(texts)


def test_a_name_that_is_no_utf_8_is_kept_with_escapes(archive: Archive, tmp_path: Path, one: bytes) -> None:
    (tmp_path / "a.tar").write_bytes(tar([("caf\udce9.txt", one), ("caf\udcea.txt", b"cut")]))
    added = archive.add(incoming(tmp_path / "a.tar"), jobs=1)
    assert (added.new, added.rejected) == (1, 1)
    (aside,) = archive.quarantined()
    assert aside.name == r"caf\udcea.txt"


def test_folders_hold_other_things_and_these_are_passed_over(archive: Archive, tmp_path: Path, one: bytes) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    files = {
        "a.txt": one,
        "b.pdf": b"%PDF-1.4\n\0",
        "c.png": b"\x89PNG\r\n\x1a\n",
        "d.html": b"<html>x</html>",
        "e": b"",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "cut.txt").write_bytes(one[:-300])
    added = archive.add((held for file in files_below(folder) for held in incoming(file, in_folder=True)), jobs=1)
    assert (added.new, added.passed, added.rejected) == (1, 4, 1)
    assert [aside.name for aside in archive.quarantined()] == ["cut.txt"]
    named = archive.add(incoming(folder / "b.pdf"), jobs=1)
    assert (named.passed, named.rejected, named.reasons[0].split(": ")[1]) == (0, 1, "NOT_OWNERSHIP")


def test_other_forms_in_a_daily_feed_are_passed_over(
    archive: Archive, tmp_path: Path, one: bytes, other: bytes
) -> None:
    annual = other.replace(b"CONFORMED SUBMISSION TYPE:\t", b"CONFORMED SUBMISSION TYPE:\t10-K/", 1)
    annual = annual[: annual.index(b"<DOCUMENT>")] + (
        b"<DOCUMENT>\n<TYPE>10-K\n<SEQUENCE>1\n<TEXT>\nannual\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )
    (tmp_path / "day.tar").write_bytes(tar([("1.nc", one), ("2.nc", annual), ("3.pdf", b"%PDF-1.4\n\0")]))
    generation = archive.ledger.generation()
    added = archive.add(incoming(tmp_path / "day.tar"), jobs=1)
    assert (added.new, added.passed, added.rejected) == (1, 1, 1)
    grown = archive.ledger.generation()
    again = archive.add(incoming(tmp_path / "day.tar"), jobs=1)
    assert (again.known, again.passed, again.aside, again.files) == (1, 1, 1, 3)
    assert generation < grown == archive.ledger.generation()


class Pipe(io.RawIOBase):
    """Bytes that come once, and cannot be gone back in."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self._data.readinto(buffer)


@pytest.mark.parametrize("make", [zipped, tar, lambda files: gzip.compress(tar(files)), lambda files: files[0][1]])
def test_a_pipe_holds_what_a_file_holds(make: Callable[[Files], bytes], tmp_path: Path, one: bytes) -> None:
    data = make([("a.txt", one)])
    (tmp_path / "a").write_bytes(data)
    pipe = io.BufferedReader(Pipe(data))  # type: ignore[type-var]
    piped = list(incoming_from(pipe, tmp_path / "a"))
    assert piped == list(incoming(tmp_path / "a"))
    assert [held.data for held in piped] == [one]


def test_a_file_at_its_limit_is_read_and_one_beyond_is_not(
    tmp_path: Path, one: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room, refused in ((len(one), False), (len(one) - 1, True)):
        monkeypatch.setattr(limits, "SUBMISSION_BYTES", room)
        for name, data in {"a.txt": one, "a.gz": gzip.compress(one), "a.zip": zipped([("a", one)])}.items():
            (tmp_path / name).write_bytes(data)
            (held,) = incoming(tmp_path / name)
            assert (held.refused is not None) is refused


def test_members_are_counted(tmp_path: Path, one: bytes, other: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [("a", one), ("b", other)]
    for most, whole in ((2, True), (1, False)):
        monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", most)
        for name, data in {"a.tar": tar(files), "a.zip": zipped(files)}.items():
            (tmp_path / name).write_bytes(data)
            held: list[Incoming] = list(incoming(tmp_path / name))
            assert all(each.refused is None for each in held) is whole
            assert held[-1].refused is None or held[-1].refused[0] == "LIMIT_COUNT"


def test_a_report_and_its_loose_twin_stay_apart_from_refused_names(
    archive: Archive, tmp_path: Path, one: bytes
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("a.zip", zipped([])), ("x.xml", loose(one))]))
    (tmp_path / "b.zip").write_bytes(zipped([("a.zip", zipped([]))])[:-5])
    added = archive.add([*incoming(tmp_path / "a.zip"), *incoming(tmp_path / "b.zip")], jobs=1)
    assert (added.new, added.rejected) == (1, 2)
    assert len({kept.sha256 for kept in archive.quarantined()}) == 2
