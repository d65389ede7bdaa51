"""A real Dask cluster on this machine: a scheduler and two workers, one of which is killed at its work."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis as na
from analysis.__main__ import main

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'arabic-news-analysis[cluster]'")
ROOT = Path(__file__).parent.parent
SIZE = 20_000  # bytes of a shard


def text(number: int) -> str:
    return (
        f"قال رئيس المجلس سمير حداد إن الخطة رقم {number} تكلف {number + 2} ملايين دولار، "
        f"وأضاف أن العمل يبدأ في {number % 27 + 1} حزيران بمشاركة قوات سوريا الديمقراطية.\n"
    )


class Machine:
    """The processes of a cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        _, log = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--no-show")
        self.address = self.told(log, r"Scheduler at:\s+(tcp://[\d.:]+)")

    def start(self, *command: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = self.folder / f"{len(self.processes)}.log"
        with log.open("wb") as handle:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command],
                cwd=self.folder,
                stdout=handle,
                stderr=handle,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
        self.processes.append(process)
        return process, log

    def worker(self) -> subprocess.Popen[bytes]:
        process, log = self.start(
            "worker",
            self.address,
            "--nthreads",
            "1",
            "--no-nanny",
            "--host",
            "127.0.0.1",
            "--no-dashboard",
            "--local-directory",
            str(self.folder),
        )
        self.told(log, r"Registered to:\s+(tcp://[\d.:]+)")
        return process

    def told(self, log: Path, pattern: str) -> str:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
                return found[1]
            time.sleep(0.05)
        raise TimeoutError(log.read_text(encoding="utf-8", errors="replace"))

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    cluster = Machine(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.worker()
        cluster.worker()
        yield cluster
    finally:
        cluster.end()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    with (folder / "lines.jsonl").open("w", encoding="utf-8") as handle:
        for number in range(300):
            handle.write(json.dumps({"id": f"d{number % 290}", "text": text(number) * 3}, ensure_ascii=False) + "\n")
    for number in range(5):
        (folder / f"{number}.txt").write_text(text(number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def clean(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("clean") / "out"
    assert na.extract_dataset(source, out, shard_size=SIZE).read > 10
    return tree(out)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_cluster_leaves_the_bytes_of_one_process(
    machine: Machine, source: Path, clean: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis.dataset import run

    monkeypatch.setattr(run.extract_dataset, "__kwdefaults__", run.extract_dataset.__kwdefaults__ | {"shard_size": SIZE})
    status = main(["extract", str(source), "--out", str(tmp_path / "out"), "--scheduler", machine.address])
    assert status == 1  # ten ids are there twice
    assert tree(tmp_path / "out") == clean


def test_a_worker_that_is_lost_costs_no_row(machine: Machine, source: Path, clean: dict[str, bytes], tmp_path: Path) -> None:
    from distributed import Client

    out = tmp_path / "out"
    lost = machine.processes[-1]
    killed: list[int] = []

    def kill() -> None:
        """Once some shards are done and others are not."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            done = len(list(out.glob("_work/done/*.json")))
            if done >= 2:
                lost.send_signal(signal.SIGKILL)
                killed.append(done)
                return
            time.sleep(0.005)

    with Client(machine.address, timeout=60) as client:
        thread = threading.Thread(target=kill)
        thread.start()
        done = na.extract_dataset(source, out, client=client, shard_size=SIZE)
        thread.join()
    assert lost.wait(10) == -signal.SIGKILL
    assert killed
    assert killed[0] < done.read
    assert done.failed == []
    assert tree(out) == clean


def test_a_shard_that_fails_on_every_worker_is_named(machine: Machine, source: Path, tmp_path: Path) -> None:
    from distributed import Client

    from analysis.cluster import Cluster
    from analysis.dataset.workers import Failed

    with Client(machine.address, timeout=60) as client:
        results = dict(Cluster(client).run(int, ["1", "two", "3"], retries=1))
    assert results[0] == 1
    assert results[2] == 3
    assert isinstance(results[1], Failed)
    assert "ValueError: invalid literal" in results[1].reason
