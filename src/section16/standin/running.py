"""A stand-in running in this process, in a thread of its own, beside a test or as all that a command does."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.errors import ConflictError, MissingExtraError, StorageError, UsageError
from section16.samples import Sample
from section16.samples import generate as make_samples
from section16.standin.addresses import FEED_ENTRIES, Edgar
from section16.standin.control import Control
from section16.standin.fair_access import BLOCK_SECONDS, RateRule
from section16.standin.faults import Fault, Faults
from section16.standin.kept_files import KeptFiles
from section16.standin.publication import Publication, refuse_odd_pace
from section16.standin.request_log import Request, RequestLog
from section16.standin.scanning import Scanned, scan_folder, spool_samples
from section16.standin.serving import Application

if TYPE_CHECKING:
    from uvicorn import Server

_HOST: Final = "127.0.0.1"
_PATIENCE: Final = 10.0


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How a stand-in behaves; see docs/standin.md.

    `hold` filings are held back until published, `replay` times as fast as they once came. `block` is for how many
    seconds everything is refused after more than ten requests in a second. The feed goes `feed_entries` entries back.
    """

    faults: Sequence[str | Fault] = ()
    fault_seed: int = 0
    hold: int = 0
    replay: float | None = None
    rate_rule: bool = True
    agent_rule: bool = True
    block: float = BLOCK_SECONDS
    feed_entries: int = FEED_ENTRIES
    log: str | Path | None = None
    port: int = 0


class Standin:
    """A running stand-in. As text it is its address."""

    def __init__(self, scanned: Scanned, folder: Path, manners: Manners) -> None:
        """Start serving `scanned` on the loopback; what is made for it is kept in `folder`.

        Raises MissingExtraError without the extra [sync], ConflictError if the port is taken, UsageError, StorageError.
        """
        self.scanned = scanned
        self.token = secrets.token_urlsafe(24)
        self._faults = Faults(manners.faults, manners.fault_seed)
        self._publication = Publication(scanned.catalogue, hold=manners.hold, replay=manners.replay)
        self._socket = _listening(manners.port)
        try:
            self._log = RequestLog(Path(manners.log) if manners.log else None)
        except StorageError:
            self._socket.close()
            raise
        control = Control(self.token, self._faults, self._publication, self._log)
        application = Application(
            Edgar(self._publication, KeptFiles(folder), manners.feed_entries),
            self._faults,
            self._log,
            control,
            rate_rule=RateRule(block=manners.block) if manners.rate_rule else None,
            agent_rule=manners.agent_rule,
        )
        self.url = f"http://{_HOST}:{self._socket.getsockname()[1]}"
        self._server = _server(application)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        self._await_start()

    def __str__(self) -> str:
        """Return the address."""
        return self.url

    @property
    def requests(self) -> list[Request]:
        """Requests in the order they came, once those under way are answered (or two seconds have passed)."""
        return self._log.requests()

    @property
    def public(self) -> int:
        """How many filings are public."""
        return self._publication.public

    def publish(self, count: int) -> int:
        """Make the next `count` filings public; return how many are."""
        return self._publication.publish(count)

    def set_faults(self, *faults: str | Fault) -> None:
        """Put these faults in the place of all that are on. Raises UsageError."""
        self._faults.set(faults)

    def stop(self) -> None:
        """Stop serving; requests under way are cut off."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(_PATIENCE)
        self._socket.close()
        self._log.close()

    def _await_start(self) -> None:
        until = time.monotonic() + _PATIENCE
        while not self._server.started and self._thread.is_alive() and time.monotonic() < until:
            time.sleep(0.005)
        if not self._server.started:
            self.stop()
            raise ConflictError("PORT_TAKEN", "the server did not start", mend="Name another port")


@contextmanager
def running(
    folder: str | Path | None = None,
    *,
    generate: int = 0,
    seed: int = 0,
    manners: Manners | None = None,
    shown: Callable[[Iterator[Sample]], Iterable[Sample]] = iter,
    **changes: Any,
) -> Iterator[Standin]:
    """Run a stand-in over a folder of filings, or over `generate` fictional ones of a seed, while the block runs.

    `changes` are fields of `Manners`, in the place of those of `manners`; `shown` draws how far generating has come.
    Raises UsageError for a folder that is none and for unknown manners, MissingExtraError without the extra [sync].
    """
    _require_server()
    try:
        chosen = msgspec.structs.replace(manners or Manners(), **changes)
    except TypeError as error:
        raise UsageError("USAGE", str(error)) from None
    Faults(chosen.faults)
    refuse_odd_pace(chosen.hold, chosen.replay)
    with TemporaryDirectory(prefix="section16-standin-") as own:
        if folder is not None:
            scanned = scan_folder(Path(folder))
        else:
            scanned = spool_samples(shown(make_samples(generate, seed)), Path(own) / "spool")
        standin = Standin(scanned, Path(own), chosen)
        try:
            yield standin
        finally:
            standin.stop()


def _listening(port: int) -> socket.socket:
    # Named as TCP, so that asyncio turns Nagle's algorithm off: header and body are two writes, 40 ms apart with it.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        message = f"port {port} cannot be used: {getattr(error, 'strerror', None) or error}"
        raise ConflictError("PORT_TAKEN", message, mend="Name another port, or --port 0 for any free one") from None
    return listener


def _require_server() -> None:
    """Raise MissingExtraError without the extra [sync], before any work is done."""
    try:
        import uvicorn  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise MissingExtraError.of("sync", "the stand-in for EDGAR") from None


def _server(application: Application) -> Server:
    import uvicorn  # noqa: PLC0415 - an extra

    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=30,
    )
    return uvicorn.Server(config)
