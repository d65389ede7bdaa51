"""Tasks on a Dask cluster: the same functions as on one machine, run by `dask.distributed`.

In goes the address of a scheduler or a client, out comes what `extract_dataset` runs its shards on. Through the scheduler go names,
places and counts alone; articles and tables go from the source to the destination, which every worker must be able to open: a
folder that all machines share, or an address such as `s3://…`. A worker that is lost costs the shards that it was at.

    import analysis as na
    from distributed import Client

    na.extract_dataset("s3://archive/2020", "s3://archive/tables", client=Client("tcp://scheduler:8786"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from analysis.dataset.workers import Failed, Fatal
from analysis.errors import InputError, why

if TYPE_CHECKING:
    from distributed import Client

_AT_ONCE = 2000  # tasks given to the scheduler before some are done
_PATIENCE = 30  # seconds to wait for a scheduler that does not answer


class Cluster:
    """Tasks on the workers of a Dask client; see `analysis.dataset.workers.Workers`."""

    def __init__(self, client: Client, *, owned: bool = False) -> None:
        self.client = client
        self._owned = owned

    def run(self, work: Callable[[Any], Any], tasks: Sequence[Any], *, retries: int) -> Iterator[tuple[int, Any]]:
        """See `analysis.dataset.workers.Workers`."""
        from distributed import as_completed

        name, run, left = work.__name__, uuid4().hex[:8], iter(enumerate(tasks))
        places: dict[str, int] = {}

        def submitted() -> Iterator[Any]:
            for place, task in left:
                key = f"{name}-{run}-{place}"
                places[key] = place
                yield self.client.submit(work, task, key=key, pure=False, retries=retries)

        coming = submitted()
        ready = as_completed(list(islice(coming, _AT_ONCE)))  # type: ignore[no-untyped-call]
        for future in ready:
            place = places.pop(future.key)
            try:
                result = future.result()
            except Fatal:
                raise
            except Exception as error:
                result = Failed(why(error), retries + 1)
            yield place, result
            if (following := next(coming, None)) is not None:
                ready.add(following)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Leave the cluster as it is; a client that was made for an address is closed."""
        if self._owned:
            self.client.close()  # type: ignore[no-untyped-call]


def connect(address: str) -> Cluster:
    """The cluster of the scheduler at `address` (`tcp://host:8786`).

    Raises `InputError` where Dask is not installed or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("`--scheduler` needs Dask; install it with: pip install 'arabic-news-analysis[cluster]'") from error
    try:
        return Cluster(Client(address, timeout=_PATIENCE), owned=True)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {address!r} ({why(error)}); start one with: dask scheduler") from error
