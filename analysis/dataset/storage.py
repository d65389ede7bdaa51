"""Where a dataset is kept: a folder of this machine, or any address that fsspec opens (`s3://…`, `gs://…`, `memory://…`).

In goes a path or an address, out comes a `Storage`: names below it, each written whole or not at all. In a folder a file is written
beside its place and moved there; what an object store holds becomes visible only when it is whole, so there it is put in place.

>>> import tempfile
>>> storage = Storage(tempfile.mkdtemp())
>>> storage.write("_work/one.json", b"{}")
>>> storage.names("_work"), storage.read("_work/one.json"), storage.read("two.json")
(['one.json'], b'{}', None)
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from analysis.errors import InputError


def is_address(source: object) -> bool:
    """Whether a source is an address for fsspec rather than a path of this machine.

    >>> is_address("s3://bucket/news"), is_address("news/2020"), is_address(Path("news"))
    (True, False, False)
    """
    return isinstance(source, str) and "://" in source


def open_filesystem(address: str) -> tuple[Any, str]:
    """An address's file system and the path in it. Raises `InputError` where fsspec knows no such kind, or lacks its package."""
    from fsspec.core import url_to_fs

    try:
        filesystem, path = url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise InputError(f"the address {address!r} cannot be opened: {' '.join(str(error).split())}") from error
    return filesystem, str(path).rstrip("/")


class Storage:
    """A folder or an address; `address` is what was given. Names are relative to it, with slashes."""

    def __init__(self, address: str | os.PathLike[str]) -> None:
        self.address = address if isinstance(address, str) else os.fspath(address)
        self.local = not is_address(self.address)
        self._root = os.path.abspath(self.address) if self.local else ""  # noqa: PTH100 - links are kept as they are named
        self._filesystem: Any = None
        if not self.local:
            self._filesystem, self._root = open_filesystem(self.address)

    def __reduce__(self) -> tuple[Any, ...]:
        return Storage, (self._root if self.local else self.address,)  # a worker may run in another folder

    def path(self, name: str) -> str:
        """The place of a name: a path, or what the file system takes for one."""
        return f"{self._root}/{name}" if name else self._root

    def shown(self, name: str = "") -> str:
        """The place of a name, as a user would write it."""
        return f"{self.address.rstrip('/')}/{name}" if name else self.address

    def is_file(self) -> bool:
        """Whether the address itself is a file, where a folder is needed."""
        return Path(self._root).is_file() if self.local else bool(self._filesystem.isfile(self._root))

    def make(self, folder: str = "") -> None:
        """Make a folder; an object store has none and needs none."""
        if self.local:
            Path(self.path(folder)).mkdir(parents=True, exist_ok=True)

    def names(self, folder: str) -> list[str]:
        """The names of the files and folders in a folder, sorted; none where it is not there."""
        try:
            if self.local:
                return sorted(each.name for each in Path(self.path(folder)).iterdir())
            self._filesystem.invalidate_cache()
            return sorted(str(each).rstrip("/").rpartition("/")[2] for each in self._filesystem.ls(self.path(folder), detail=False))
        except FileNotFoundError:
            return []

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none."""
        try:
            return Path(self.path(name)).read_bytes() if self.local else bytes(self._filesystem.cat_file(self.path(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole, in the place of one that is there."""
        if not self.local:
            self._filesystem.pipe_file(self.path(name), data)
            return
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
        try:
            unfinished.write_bytes(data)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def put(self, file: Path, name: str) -> None:
        """Move a file that was made in `scratch` to its place."""
        if self.local:
            Path(self.path(name)).parent.mkdir(parents=True, exist_ok=True)
            file.replace(self.path(name))
        else:
            self._filesystem.put_file(str(file), self.path(name))

    def move(self, name: str, target: str) -> None:
        """Move a file within the storage, in the place of one that is there."""
        if self.local:
            Path(self.path(target)).parent.mkdir(parents=True, exist_ok=True)
            Path(self.path(name)).replace(self.path(target))
        else:
            self._filesystem.mv(self.path(name), self.path(target))

    def copy(self, name: str, target: str) -> None:
        """Have a file under a second name, too; in a folder it is one file with two names."""
        if not self.local:
            self._filesystem.copy(self.path(name), self.path(target))
            return
        unfinished = f"{target.rpartition('/')[0]}/.{uuid.uuid4().hex}"
        try:
            os.link(self.path(name), self.path(unfinished))
        except OSError:  # a file system without links
            shutil.copyfile(self.path(name), self.path(unfinished))
        self.move(unfinished, target)

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all in it, if it is there."""
        place = self.path(name)
        if self.local:
            if os.path.isdir(place):  # noqa: PTH112
                shutil.rmtree(place, ignore_errors=True)
            else:
                Path(place).unlink(missing_ok=True)
            return
        with suppress(FileNotFoundError):
            self._filesystem.rm(place, recursive=True)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder to make files in before `put`: on the same disk where the storage is a folder, and gone afterwards."""
        within = None
        if self.local:
            self.make("_work")
            within = self.path("_work")
        with tempfile.TemporaryDirectory(prefix=".making-", dir=within, ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    def open(self, name: str) -> Any:
        """A file to read from, as pyarrow takes it."""
        return self.path(name) if self.local else self._filesystem.open(self.path(name), "rb")


def digest(*parts: object) -> str:
    """A short hash of values by their text: the same in every process and on every machine."""
    from hashlib import blake2b

    made = blake2b(digest_size=10)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "little"))
        made.update(data)
    return made.hexdigest()
