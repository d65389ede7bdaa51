"""One run at a time in a destination: a lock that ends with its process, or at an address a claim that is kept fresh."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.processes import LOCK, alone_in, owner

if TYPE_CHECKING:
    from analysis.dataset.storage import Storage

_SILENT = 600  # seconds after which a run on an object store is taken for dead


@contextmanager
def locked(storage: Storage) -> Iterator[None]:
    """Keep other runs out of the destination. The lock of a run that was killed is no lock."""
    storage.make()
    if not storage.local:
        _claim(storage)
        try:
            yield
        finally:
            storage.remove(LOCK)
        return
    with alone_in(Path(storage.path("")), storage.shown()):
        yield


def _claim(storage: Storage) -> None:
    """The same at an address, where no lock ends with its process: a claim that is kept fresh."""
    said = storage.read(LOCK)
    if said:
        claim = json.loads(said)
        if time.time() - claim["time"] < _SILENT:
            raise InputError(
                f"another run is writing {storage.shown()} (process {claim['by']}); wait until it ends. Was it killed, remove "
                f"{storage.shown(LOCK)}, or wait {_SILENT // 60} minutes"
            )
    touch(storage)


def touch(storage: Storage) -> None:
    """Say again that a run at an address is alive."""
    if not storage.local:
        storage.write(LOCK, json.dumps({"by": owner(), "time": time.time()}).encode())
