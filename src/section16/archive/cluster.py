"""Several machines: the same building of shards as tasks of Ray, behind the interface of `concurrent.futures`.

A task gets paths and writes its shards to storage that all machines share; a worker that dies has its task done again
by another. The ledger is written by the one process that hands out the work, or later, by `Archive.adopt`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from section16.archive.pieces import build_piece, pieces
from section16.archive.shards import UNFINISHED, Built, finish
from section16.archive.workers import in_order
from section16.errors import ConflictError, MissingExtraError, RemoteError

R = TypeVar("R")

BUILT: Final = ".built"
"""Ends the name of the file beside a shard that says what the ledger has to know of it."""

_RETRIES: Final = 3
_STORE_BYTES: Final = 256 * 1024 * 1024
"""Of Ray's store of objects on a machine that is started here: what goes through it is small."""

_PACK: Final = msgspec.msgpack.Encoder()
_UNPACK: Final = msgspec.msgpack.Decoder(Built)


class RayExecutor(Executor):
    """Tasks on a Ray cluster. A cluster that was joined goes on when this ends, one that was started here stops."""

    def __init__(self, address: str | None = None, *, cpus: int | None = None, retries: int = _RETRIES) -> None:
        """Join the cluster at `address` (`auto` for the one this machine is part of), else start one here.

        `cpus` is how many workers one that is started here has. A task whose worker dies is tried `retries` times more.
        Raises MissingExtraError without Ray, RemoteError if the cluster cannot be joined.
        """
        try:
            import ray  # noqa: PLC0415 - an extra, and heavy
        except ImportError:
            raise MissingExtraError.of("cluster", "Work on a cluster") from None
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
        own: dict[str, Any] = (
            {} if address else {"num_cpus": cpus, "object_store_memory": _STORE_BYTES, "include_dashboard": False}
        )
        try:
            ray.init(address=address, log_to_driver=False, logging_level="ERROR", ignore_reinit_error=True, **own)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            message = f"the cluster cannot be joined: {type(error).__name__}"
            raise RemoteError("CLUSTER_FAILED", message, mend="See `ray status` on this machine") from None
        self._ray: Any = ray
        self._task: Any = ray.remote(max_retries=retries)(_call)

    @property
    def width(self) -> int:
        """How many tasks run at once."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Hand out a call; `fn` and what it takes and returns must be known on the other machines."""
        future: Future[R] = self._task.remote(fn, args, kwargs).future()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as inherited
        """Leave the cluster; what still runs there for this process ends."""
        self._ray.shutdown()


def _call(fn: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
    return fn(*args, **kwargs)


def built_by(
    executor: Executor, paths: Iterable[Path], shards: Path, width: int, but: Collection[Path] = ()
) -> Iterable[Built]:
    """Shards of what the paths name, built by an executor, in the order of the paths; see `pieces`."""
    for done in in_order(executor, build_piece, pieces(paths, shards, but), ahead=2 * width + 1):
        yield from done


def write_shards(executor: Executor, paths: Iterable[Path], target: Path, *, width: int) -> int:
    """Build shards into a folder without an archive, for `Archive.adopt`; return how many files they hold.

    Nothing is locked and no ledger is written, so this may run where many machines share a file system that knows no
    locks. Raises ConflictError if the folder holds something already.
    """
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        message = "the folder for the shards is not empty"
        raise ConflictError("OUTPUT_EXISTS", message, path=str(target), mend="Name a new folder")
    files = 0
    for built in built_by(executor, paths, target, width):
        if (target / (built.name + UNFINISHED)).is_dir():
            finish(target, [built.name])
        made = target / f"{built.name}{UNFINISHED}{BUILT}"
        made.write_bytes(_PACK.encode(built))
        made.rename(target / f"{built.name}{BUILT}")
        files += len(built.entries)
    return files


def read_built(file: Path) -> Built:
    """What `write_shards` wrote beside a shard. Raises msgspec.DecodeError."""
    return _UNPACK.decode(file.read_bytes())
