"""Extraction of any size: the bytes of one clean run whatever the workers, the order, the moment it was stopped."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as na
from analysis import schema
from analysis.__main__ import main
from analysis.dataset import pieces, run, shards, versions
from analysis.dataset.locks import locked
from analysis.dataset.storage import Storage
from analysis.dataset.workers import Failed, Fatal, Processes, Serial
from analysis.errors import InputError
from fuzz import targets

ROOT = Path(__file__).parent.parent
HERE = os.environ | {"PYTHONPATH": str(ROOT)}
SMALL = 2000  # bytes: a few of these articles make a shard


def text(number: int) -> str:
    return (
        f"المجلس يعرض خطة رقم {number}\n\nقال رئيس المجلس سمير حداد إن الخطة تكلف {number + 2} ملايين دولار، "
        f"وأضاف أن العمل يبدأ في {number % 27 + 1} حزيران بمشاركة قوات سوريا الديمقراطية.\n"
    )


def write_lines(path: Path, records: list[object]) -> None:
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records]
    data = "\n".join(lines).encode() + b"\n"
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def fill(folder: Path) -> Path:
    """A source with every kind of file, ids that are there twice, metadata, and things that cannot be read."""
    for name in ("a", "b", "b/c"):
        (folder / name).mkdir(parents=True)
    for number in range(4):
        (folder / "a" / f"{number}.txt").write_text(text(number), encoding="utf-8")
    (folder / "b" / "1.txt").write_text(text(11), encoding="utf-8")
    (folder / "b" / "c" / "1.txt").write_text(text(12), encoding="utf-8")
    (folder / "b" / "page.html").write_text(
        f"<html><head><title>خبر</title></head><body><article><p>{text(3) * 3}</p></article></body></html>", encoding="utf-8"
    )
    (folder / "b" / "empty.txt").write_text("", encoding="utf-8")
    (folder / "b" / "notes.docx").write_text("", encoding="utf-8")
    (folder / "metadata.csv").write_text(
        "article_id,outlet,published\n0,الدار,2020-04-07\na/1,النهر,2020-05-01\nlost,النهر,2020-05-01\n", encoding="utf-8"
    )
    lines: list[object] = [{"id": f"r{n}", "title": f"عنوان {n}", "outlet": "الدار", "text": text(n)} for n in range(8)]
    lines[2:2] = ["", "{broken", {"text": text(50)}, {"id": "r1", "text": text(51)}, {"id": "r1-2", "text": text(52)}, {"id": "x"}]
    write_lines(folder / "lines.jsonl", lines)
    write_lines(folder / "packed.jsonl.gz", [{"id": f"g{n}" if n != 3 else "r0", "text": text(n)} for n in range(6)])
    rows = [f'c{n},"{text(n).strip()}",النهر' for n in range(9)]
    (folder / "table.csv").write_text("\n".join(["id,text,outlet", *rows]) + "\n", encoding="utf-8")
    frame = pd.DataFrame({"id": [f"p{n}" for n in range(7)], "body": [text(n) for n in range(7)], "extra": range(7)})
    frame.to_parquet(folder / "rows.parquet", row_group_size=3)
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("mixed") / "news")


@pytest.fixture(scope="module")
def dataset(source: Path, tmp_path_factory: pytest.TempPathFactory) -> na.Dataset:
    """One clean run by one process."""
    out = tmp_path_factory.mktemp("clean") / "out"
    done = na.extract_dataset(source, out, shard_size=SMALL)
    assert done.read > 6
    return na.open_dataset(out)


@pytest.fixture(scope="module")
def clean(dataset: na.Dataset) -> dict[str, bytes]:
    """Every file of it."""
    return tree(Path(dataset.storage.address))


@pytest.fixture(scope="module")
def expected(source: Path) -> na.Tables:
    """What one reading in memory gives."""
    return na.extract(na.read_articles(source))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def assert_equal(tables: na.Tables, expected: na.Tables) -> None:
    for each in fields(expected):
        one, other = getattr(tables, each.name), getattr(expected, each.name)
        if each.name == "problems":
            one, other = (table.sort_values(list(table.columns), ignore_index=True) for table in (one, other))
        pd.testing.assert_frame_equal(one, other)


# ------------------------------------------------------------------------------------------------------------------ what comes out


def test_the_tables_are_those_of_one_reading_in_memory(dataset: na.Dataset, expected: na.Tables) -> None:
    assert_equal(na.load_tables(dataset.storage.address), expected)
    assert dataset.rows == {each.name: len(getattr(expected, each.name)) for each in fields(expected)}
    assert expected.articles["article_id"].is_unique
    assert {"a/1", "b/1", "b/c/1", "r1-3", "lines-5", "r0-2"} <= set(expected.articles["article_id"])


@pytest.mark.parametrize("size", [900, 10**9])
def test_whatever_the_size_of_a_shard_the_rows_are_the_same(size: int, source: Path, expected: na.Tables, tmp_path: Path) -> None:
    na.extract_dataset(source, tmp_path / "out", shard_size=size)
    assert_equal(na.load_tables(tmp_path / "out"), expected)


def test_a_large_compressed_file_is_read_in_pieces_and_as_far_as_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_MOST", 1)
    write_lines(tmp_path / "all.jsonl.gz", [{"id": f"z{n}" if n % 5 else None, "text": f"{n} " + text(n)} for n in range(60)])
    data = (tmp_path / "all.jsonl.gz").read_bytes()
    for name, kept in (("whole", data), ("broken", data[: len(data) * 2 // 3])):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "all.jsonl.gz").write_bytes(kept)
        done = na.extract_dataset(folder, tmp_path / f"{name}-out", shard_size=2500)
        assert done.read > 3
        tables, expected = na.load_tables(tmp_path / f"{name}-out"), na.extract(na.read_articles(folder))
        assert len(tables.articles) > 20
        assert_equal(tables, expected)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    os.mkfifo(tmp_path / "news" / "pipe.txt")
    na.extract_dataset(tmp_path / "news", tmp_path / "out")
    assert na.load_tables(tmp_path / "out").problems["path"].tolist() == ["pipe.txt"]


def test_no_articles_give_typed_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    done = na.extract_dataset(tmp_path / "news", tmp_path / "out")
    assert done.rows["problems"] == 1
    tables = na.load_tables(tmp_path / "out")
    for name in ("articles", "statements", "hedges"):
        table = getattr(tables, name)
        assert [table[column.name].dtype for column in schema.TABLES[name]] == [
            schema.dtype(name, column.name) for column in schema.TABLES[name]
        ]


def test_two_processes_leave_the_same_bytes(source: Path, clean: dict[str, bytes], tmp_path: Path) -> None:
    na.extract_dataset(source, tmp_path / "out", shard_size=SMALL, workers=2)
    assert tree(tmp_path / "out") == clean


def test_the_order_in_which_files_are_named_changes_nothing(source: Path, clean: dict[str, bytes], tmp_path: Path) -> None:
    named = [
        source / "table.csv",
        source / "b",
        source / "rows.parquet",
        source / "lines.jsonl",
        source / "packed.jsonl.gz",
        source / "a",
    ]
    one, other = (pieces.cut(pieces.find(order).files, SMALL) for order in (named, named[::-1]))
    assert one == other
    other = tmp_path / "copy"
    for path in sorted(source.rglob("*"), reverse=True):  # another order on the disk
        if path.is_file():
            (other / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (other / path.relative_to(source)).write_bytes(path.read_bytes())
    na.extract_dataset(other, tmp_path / "out", shard_size=SMALL)
    assert tree(tmp_path / "out") == clean


def test_other_programs_read_the_folders(dataset: na.Dataset) -> None:
    out, rows = Path(dataset.storage.address), dataset.rows
    from pyarrow import dataset as arrow

    for name in schema.TABLES:
        assert len(pd.read_parquet(out / name)) == rows[name]
        assert arrow.dataset(out / name).count_rows() == rows[name]
        assert arrow.dataset(out / name).schema.names == [column.name for column in schema.TABLES[name]]
    assert pd.read_parquet(out / "mentions")["stance"].dtype == schema.dtype("mentions", "stance")


def test_dask_reads_the_folders(dataset: na.Dataset) -> None:
    frames = pytest.importorskip("dask.dataframe")
    assert len(frames.read_parquet(Path(dataset.storage.address) / "statements")) == dataset.rows["statements"]


# ------------------------------------------------------------------------------------------------------------------- again, and on


def test_a_second_run_reads_what_has_changed_and_leaves_the_bytes_of_a_clean_one(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "news"), tmp_path / "out"
    first = na.extract_dataset(source, out, shard_size=SMALL)
    again = na.extract_dataset(source, out, shard_size=SMALL)
    assert (again.read, again.kept) == (0, first.read)

    (source / "a" / "2.txt").write_text(text(77), encoding="utf-8")
    (source / "a" / "0a.txt").write_text(text(78), encoding="utf-8")  # every part after it has another number now
    with (source / "lines.jsonl").open("a", encoding="utf-8") as handle:
        handle.write(json.dumps({"id": "last", "text": text(79)}) + "\n")
    (source / "metadata.csv").write_text(
        "article_id,outlet,published\n0,الدار,2020-04-08\na/1,النهر,2020-05-01\n", encoding="utf-8"
    )
    changed = na.extract_dataset(source, out, shard_size=SMALL)
    assert changed.read < first.read / 2
    assert changed.kept > first.read / 2
    na.extract_dataset(source, tmp_path / "new", shard_size=SMALL)
    assert tree(out) == tree(tmp_path / "new")


@pytest.mark.parametrize("changed", ["lexicon_hash", "code_hash"])
def test_another_lexicon_or_version_reads_all_anew(
    changed: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    na.extract_dataset(source / "a", tmp_path / "out", shard_size=SMALL)
    monkeypatch.setattr(run, changed, lambda: "another")
    assert na.extract_dataset(source / "a", tmp_path / "out", shard_size=SMALL).kept == 0


def test_the_code_that_reads_articles_is_hashed_whole(tmp_path: Path) -> None:
    """Every module of the package that a run loads is in the hash, but those that only carry the work and name the results."""
    code = (
        "import sys, analysis as na; na.extract_dataset(sys.argv[1], sys.argv[2]);"
        "print(*sorted(module.__file__ for name, module in sys.modules.items() if name.startswith('analysis')))"
    )
    (tmp_path / "one.txt").write_text(text(1), encoding="utf-8")
    command = [sys.executable, "-c", code, str(tmp_path / "one.txt"), str(tmp_path / "out")]
    said = subprocess.run(
        command, capture_output=True, text=True, check=True, env=HERE | {"ANALYSIS_COMPILED": "0"}, cwd=ROOT
    ).stdout
    loaded = {str(Path(each).relative_to(ROOT / "analysis")) for each in said.split()}
    hashed = {str(path.relative_to(ROOT / "analysis")) for path in versions.readers()}
    carrying = {"dataset/workers.py", "processes.py", "corpus.py", "cluster.py", "compiled/__init__.py"}
    assert {each for each in loaded - hashed - carrying if not each.endswith("__init__.py")} == set()
    assert "formats/encodings.py" in hashed & loaded


class Stopped(BaseException):
    """What a test raises in the place of `kill -9`."""


@contextlib.contextmanager
def stopping(at: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stop the run before its `at`-th change to the destination; half of them after a part of the bytes were written."""
    left = at

    def step(storage: Storage, name: str, target: str = "") -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped(name, target)

    with monkeypatch.context() as patched:
        for method in ("put", "move", "write", "remove", "copy"):
            real = getattr(Storage, method)

            def wrapped(self: Storage, *arguments: object, _real: object = real) -> object:
                step(self, *map(str, arguments[:2]))
                return _real(self, *arguments)  # type: ignore[operator]

            patched.setattr(Storage, method, wrapped)
        yield


def seen(folder: Path) -> set[str] | None:
    """The articles that `load_tables` shows, None where there are none as yet; what it shows is whole."""
    try:
        tables = na.load_tables(folder)
    except InputError as error:
        assert "not finished" in str(error) or "make the tables" in str(error)  # noqa: PT017
        return None
    for name in ("blocks", "statements", "amounts"):
        assert set(getattr(tables, name)["article_id"]) <= set(tables.articles["article_id"])
    return set(tables.articles["article_id"])


def plainly_seen(folder: Path) -> None:
    """What a reader sees who knows of no manifest: whole files, and for every row its article."""
    if (folder / "statements").is_dir():
        articles = set(pd.read_parquet(folder / "articles")["article_id"])
        for name in ("statements", "blocks", "amounts", "dates", "mentions", "hedges"):
            if (folder / name).is_dir():
                assert set(pd.read_parquet(folder / name)["article_id"]) <= articles


def test_stopped_before_any_change_a_run_goes_on_to_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        for number in range(2):
            (folder / f"{number}.txt").write_text(text(number + (9 if folder is new and number else 0)), encoding="utf-8")
    (new / "0a.txt").write_text(text(5), encoding="utf-8")
    monkeypatch.setattr(pieces, "_ends", lambda *_: True)
    na.extract_dataset(old, tmp_path / "before")
    na.extract_dataset(new, tmp_path / "clean")
    expected = tree(tmp_path / "clean")
    before = {"0", "1"}
    steps = 0
    for at in range(0, 10_000, 3):  # on and on to the run's end, and again from the state that it was left in
        out = tmp_path / f"out-{at}"
        shutil.copytree(tmp_path / "before", out)
        with stopping(at, monkeypatch):
            try:
                na.extract_dataset(new, out)
                break
            except Stopped:
                steps += 1
        assert seen(out) in (before, before | {"0a"})
        plainly_seen(out)
        with contextlib.suppress(Stopped), stopping(at // 2, monkeypatch):
            na.extract_dataset(new, out)
        na.extract_dataset(new, out)
        assert tree(out) == expected
    assert steps > 8


RUNS = """
import os, sys
import analysis as na, analysis.extract.pipeline, pyarrow.parquet

if __name__ == "__main__":
    source, out = sys.argv[1:]
    for line in sys.stdin:  # each run in a process of its own, whose imports are not what is tested
        run = os.fork()
        if not run:
            na.extract_dataset(source, out, shard_size=15_000, workers=int(line))
            os._exit(0)
        print(run, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]), flush=True)
"""


# What is left to say after a run with two workers was killed, by what outlived it: the tracker of semaphores that it cleans up, and
# a worker that was not yet told what to do.
OF_PYTHONS_OWN = (
    r".*UserWarning: resource_tracker: .* semaphore.*\n.*\n",
    r"Traceback \(most recent call last\):\n(?:  .*\n)*  File \".*multiprocessing/spawn\.py\".*\n(?:  .*\n)*EOFError: .*\n",
)


def test_killed_at_ten_moments_a_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    source, out, script = tmp_path / "news.jsonl", tmp_path / "out", tmp_path / "run.py"
    ids = {f"k{n}" for n in range(80)}
    write_lines(source, [{"id": each, "text": text(n) * 8} for n, each in enumerate(sorted(ids))])
    script.write_text(RUNS, encoding="utf-8")
    chance = random.Random(7)
    na.extract_dataset(source, tmp_path / "clean", shard_size=15_000)
    command = [sys.executable, str(script), str(source), str(out)]
    with subprocess.Popen(command, env=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as starter:
        assert starter.stdin is not None
        assert starter.stdout is not None
        assert starter.stderr is not None

        def start(workers: int) -> int:
            starter.stdin.write(b"%d\n" % workers)
            starter.stdin.flush()
            return int(starter.stdout.readline())

        killed = 0
        for number in range(10):
            run = start(1 + (number % 5 == 2))
            deadline = time.monotonic() + 30
            while not (out / "_work").is_dir() and not (out / "_manifest.json").is_file() and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.4))
            with contextlib.suppress(ProcessLookupError):  # it was faster
                os.kill(run, signal.SIGKILL)
            killed += int(starter.stdout.readline()) == -signal.SIGKILL
            assert seen(out) in (None, ids)
            plainly_seen(out)
            if number == 5:
                shutil.rmtree(out)  # what came to its end is begun anew
        assert killed >= 5
        start(1)
        assert int(starter.stdout.readline()) == 0
        starter.stdin.close()
        told = starter.stderr.read().decode()
        assert re.sub("|".join(OF_PYTHONS_OWN), "", told) == ""
    assert tree(out) == tree(tmp_path / "clean")


def test_a_reader_sees_one_run_or_the_other(tmp_path: Path) -> None:
    source, out = tmp_path / "news", tmp_path / "out"
    source.mkdir()

    def write(version: int) -> None:
        for number in range(3):
            (source / f"{number}.txt").write_text(text(version).replace("المجلس", f"المجلس{version}"), encoding="utf-8")

    write(0)
    na.extract_dataset(source, out)
    stop, faults = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                tables = na.load_tables(out)
                texts = set(tables.articles["text"])
                words = {each.split()[1] for each in tables.statements["text"]}
                if len(texts) != 1 or len(tables.articles) != 3 or len(words) > 2:
                    faults.append(texts)
            except Exception as error:
                faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for version in range(1, 6):
        write(version)
        na.extract_dataset(source, out)
    stop.set()
    reader.join()
    assert faults == []


def test_a_second_run_at_once_is_told_so(source: Path, tmp_path: Path) -> None:
    with locked(Storage(str(tmp_path / "out"))), pytest.raises(InputError, match=f"another run.*process {os.getpid()} on"):
        na.extract_dataset(source, tmp_path / "out")
    na.extract_dataset(source / "a", tmp_path / "out")


# ----------------------------------------------------------------------------------------------------------------- what goes wrong


def test_a_shard_that_always_fails_is_named_and_the_rest_is_done(
    source: Path, clean: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries = []
    real = pieces.records

    def records(piece: pieces.Piece, file: object) -> object:
        if piece.unit == "rows" and piece.start == 3:
            tries.append(piece)
            raise MemoryError("too much of it")
        return real(piece, file)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(pieces, "records", records)
        done = na.extract_dataset(source, tmp_path / "out", shard_size=SMALL)
    assert len(tries) == 3
    assert [each.path for each in done.failed] == ["rows.parquet"]
    assert "tried 3 times (MemoryError: too much of it)" in done.failed[0].reason
    tables = na.load_tables(tmp_path / "out")
    assert {"p0", "p6", "r7"} <= set(tables.articles["article_id"])
    assert "p4" not in set(tables.articles["article_id"])
    assert tables.problems["reason"].str.contains("MemoryError").sum() == 1
    capsys.readouterr()
    na.extract_dataset(source, tmp_path / "out", shard_size=SMALL)
    assert tree(tmp_path / "out") == clean


def test_where_every_shard_fails_what_was_there_stays(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    na.extract_dataset(source / "a", tmp_path / "out")
    before = tree(tmp_path / "out")
    monkeypatch.setattr(run, "code_hash", lambda: "another")
    monkeypatch.setattr(pieces, "records", lambda *_: 1 / 0)
    assert len(na.extract_dataset(source / "a", tmp_path / "out", retries=0).failed) == 1
    after = tree(tmp_path / "out")
    assert {name: after[name] for name in before} == before


TASKS = """
import os

def odd(number):
    if number == 3:
        os._exit(9)
    if number == 5:
        raise ValueError("odd")
    return number * number
"""


def test_a_process_that_dies_takes_no_other_task_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tasks_that_fail.py").write_text(TASKS, encoding="utf-8")  # a module that a new process imports in no time
    monkeypatch.syspath_prepend(tmp_path)
    from tasks_that_fail import odd

    crew = Processes(2)
    try:
        results = dict(crew.run(odd, range(8), retries=1))
    finally:
        crew.close()
    assert {place: each for place, each in results.items() if not isinstance(each, Failed)} == {
        n: n * n for n in (0, 1, 2, 4, 6, 7)
    }
    assert results[5] == Failed("ValueError: odd", 2)
    assert "killed" in results[3].reason


def test_a_disk_that_cannot_be_written_ends_the_run(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Storage, "put", put)
    with pytest.raises(OSError, match="No space left on device"):
        na.extract_dataset(source / "a", tmp_path / "out")
    with pytest.raises(Fatal):
        list(Serial().run(lambda _: (_ for _ in ()).throw(Fatal("full")), [1], retries=5))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("no/such/place", "no/such/place"),
        (["news", "memory://news"], "mixes paths and addresses"),
        (["memory://a", "file:///b"], "mixes addresses of file and memory"),
        ("nothing://x", "nothing"),
        ("memory://no/such/place", "there is no article at"),
    ],
)
def test_a_source_that_is_not_there_is_one_sentence(source: object, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        na.extract_dataset(source, tmp_path / "out")  # type: ignore[arg-type]


def test_tables_are_not_written_among_the_articles(source: Path) -> None:
    with pytest.raises(InputError, match="lies within the source"):
        na.extract_dataset(source, source / "out")
    assert not (source / "out").exists()


# ------------------------------------------------------------------------------------------------------------------- hostile input


def both_ways(source: Path, size: int) -> None:
    """Read a source at once and in shards of `size` bytes: the articles and the problems must be the same."""
    import tempfile
    import warnings

    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as name:
        warnings.simplefilter("ignore")
        expected = na.read_articles(source)
        storage = Storage(name)
        problems = list((found := pieces.find(source)).problems)
        cut = pieces.cut(found.files, size, work=storage, problems=problems)
        job = run._Run(storage, found, shards.Chosen(found.base, None, None), Serial(), size, 0, False)
        read = []
        for task in job._tasks(*job._surveyed(cut)):
            with shards._brought(task.shard, task.chosen) as (files, metadata):
                read += list(shards._batches(task, files, metadata, problems))
        assert job.failed == []
    told = [each.replace("\ufffd", "") for each in map(str, [each for each in problems if each.path != "metadata.csv"])]
    wanted = [pieces.Problem(**each) for each in expected.attrs["problems"] if each["path"] != "metadata.csv"]
    assert Counter(told) == Counter(each.replace("\ufffd", "") for each in map(str, wanted))
    frames = [each.drop(columns="n_words") for each in read if len(each)]
    articles = pd.concat(frames, ignore_index=True) if frames else schema.frame("articles", {}).drop(columns="n_words")
    pd.testing.assert_frame_equal(articles, expected.drop(columns="n_words"), check_like=True)


@pytest.mark.parametrize("size", [60, 400])
def test_hostile_files_are_read_alike_both_ways(size: int) -> None:
    import tempfile

    @settings(max_examples=25)
    @given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), st.integers(1, 9), st.integers(0, 7))
    def alike(parts: list[bytes], times: int, turn: int) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            targets._write(folder, b"\xff\xfe\xfd".join(part * times for part in parts) + bytes(turn))
            both_ways(folder, size)

    alike()


def hostile() -> Iterator[tuple[str, bytes]]:
    """Files that go wrong where they are cut, or are more than they look."""
    row = json.dumps({"text": text(1)}).encode() + b"\n"
    line = f'1,"{text(1).strip()}"\n'.encode()
    yield "blank.jsonl", b" \n" * 3000
    yield "wide.jsonl", (row * 9).decode().encode("utf-16")
    yield "array.jsonl", b"\n\n[\n" + row * 9 + b"]\n"
    yield "marked.jsonl", b"\xef\xbb\xbf" + row * 9 + b"\xef\xbb\xbf" + row
    yield "windows.jsonl", json.dumps({"text": text(1)}, ensure_ascii=False).encode("cp1256") + b"\n" + row * 9
    yield "deep.jsonl", row * 3 + b"[" * 9000 + b"\n" + row * 3
    yield "long.jsonl", row + b'{"text": "' + b"x" * 9000 + b'"}\n' + row * 3
    for name, data in {
        "bomb": row + b"\n" * 10**6,
        "one": row + b"x" * 10**6,
        "wide": b"\0" * 10**6,
        "blank": b"\n" * 5000,
        "utf16": (row * 9).decode().encode("utf-16"),
        "long": row + b'"' + random.Random(1).randbytes(9000).hex().encode() + b'"\n' + row * 9,
        "array": b"[\n" + row * 9,
    }.items():
        yield f"{name}.jsonl.gz", gzip.compress(data)
    packed = gzip.compress(b"".join(json.dumps({"text": text(n)}).encode() + b"\n" for n in range(60)))
    yield "torn.jsonl.gz", packed[:-300]
    yield "changed.jsonl.gz", packed[:700] + bytes([packed[700] ^ 255]) + packed[701:]
    yield "first.jsonl.gz", packed[:12] + b"\xff" * 200
    yield "open.csv", b"id,text\n" + line + b'2,"never closed\n' + line * 9
    yield "inch.csv", b"id,text\n" + b'2,a 5" pipe\n' * 3 + line * 9
    yield "ends.csv", b"id,text\r" + line * 9
    yield "mixed.csv", b"id,text\n" + line * 3 + b"1,a\r2,b\r" + line * 9
    yield "none.csv", b"id,body text\n" + line * 9
    yield "header.csv", b"id,text\n" + b"\n" * 3000
    yield "late.csv", b"\n\n \n\xef\xbb\xbfid;text\n" + line.replace(b",", b";") * 9
    yield "windows.csv", b"id,text\n" + line * 5 + f"2,{text(2).strip()[:20]}\n".encode("cp1256") + line * 5
    yield "wide.csv", (b"id,text\n" + line * 9).decode().encode("utf-16")
    yield "marked.csv", b"\xef\xbb\xbfid,text\r\n" + (line.strip() + b"\r\n") * 9 + b"1,2,3\r\n" + line
    yield "nul.csv", b"id,text\n" + line * 20 + b"1,a\x00b\n" + line * 9
    frame = pd.DataFrame({"id": [f"p{n}" for n in range(40)], "text": [text(n) + "كلمة " * n for n in range(40)]})
    sink = io.BytesIO()
    frame.to_parquet(sink, row_group_size=9, compression=None)
    table = sink.getvalue()
    yield "whole.parquet", table
    for at in (300, len(table) // 3, len(table) // 2, len(table) - 40, *range(len(table) - 900, len(table) - 500, 40)):
        yield f"changed{at}.parquet", table[:at] + bytes([table[at] ^ 0x42]) + table[at + 1 :]
    yield "torn.parquet", table[:-9]
    sink = io.BytesIO()
    pd.DataFrame({"text": [None] * 200_000}, dtype="string").to_parquet(sink)
    yield "rows.parquet", sink.getvalue()
    pd.DataFrame({"text": [b"%PDF-1.4", text(1).encode(), b" ", b"\xd8"] * 9}).to_parquet(sink := io.BytesIO())
    yield "bytes.parquet", sink.getvalue()
    yield "1.txt", b"%PDF-1.4"
    yield "b/1.html", b"<p>"
    yield "c/1.txt", text(1).encode()
    yield "c/2.html", f"<p>{text(2) * 3}</p>".encode()
    yield "d/2.txt", text(2).encode()
    yield "halves.jsonl", b"".join(b'{"id": "a\\ud8%02x", "text": "\\ud800 %d"}\n' % (n, n) for n in range(20))


@pytest.mark.parametrize("size", [500, 5000])
def test_files_made_to_break_are_read_alike_both_ways(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_MOST", 1)
    monkeypatch.setattr("analysis.formats.limits.LONGEST", 8000)
    monkeypatch.setattr("analysis.articles._MOST_NAMED", 60)
    for name, data in hostile():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    both_ways(tmp_path, size)


def test_a_table_that_cannot_be_cut_is_held_whole_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,a\n" + '2,"never closed\n' * 90, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text(1), encoding="utf-8")
    monkeypatch.setattr("analysis.formats.limits.LONGEST", 900)
    done = na.extract_dataset(tmp_path, tmp_path.parent / f"{tmp_path.name}-out", shard_size=100)
    tables = na.load_tables(done.folder.address)
    assert tables.articles["path"].tolist() == ["b.txt"]
    assert "too large to be held whole" in tables.problems["reason"].tolist()[0]


def test_problems_of_a_shard_beyond_number_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.articles._MOST_NAMED", 3)
    (tmp_path / "a.jsonl").write_text("5\n" * 400, encoding="utf-8")
    tables = na.load_tables(na.extract_dataset(tmp_path, tmp_path.parent / f"{tmp_path.name}-out").folder.address)
    assert tables.problems["line"].tolist() == [1, 2, 3, 400]
    assert tables.problems["reason"].tolist()[-1].startswith("397 more problems")


# ----------------------------------------------------------------------------------------------------------------------- addresses


def test_source_and_destination_may_be_addresses(source: Path, clean: dict[str, bytes]) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(source), "/archive/news", recursive=True)
    try:
        done = na.extract_dataset("memory://archive/news", "memory://archive/tables", shard_size=SMALL)
        assert done.failed == []
        found = {name.removeprefix("/archive/tables/"): memory.cat(name) for name in memory.find("/archive/tables")}
        assert found == clean
        assert na.extract_dataset("memory://archive/news", "memory://archive/tables", shard_size=SMALL).read == 0
        assert_equal(na.load_tables("memory://archive/tables"), na.extract(na.read_articles(source)))
        assert na.open_dataset("memory://archive/tables").rows == done.rows
        memory.pipe("/archive/tables/_lock", json.dumps({"by": "1 on another", "time": time.time()}).encode())
        with pytest.raises(InputError, match="another run is writing memory://archive/tables"):
            na.extract_dataset("memory://archive/news/*.csv", "memory://archive/tables")
        some = na.extract_dataset("memory://archive/news/*.csv", "memory://archive/some")
        assert some.rows["articles"] == 9
    finally:
        memory.rm("/archive", recursive=True)


# -------------------------------------------------------------------------------------------------------------------- command line


def test_the_command_writes_a_dataset_where_asked_or_where_it_is_large(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert main(["extract", str(source / "a"), "--out", out]) == 0
    assert (tmp_path / "out" / "statements.parquet").is_file()
    assert main(["extract", str(source / "a"), "--out", out, "--partitioned"]) == 0
    assert not (tmp_path / "out" / "statements.parquet").exists()  # one set of tables, not two
    assert len(na.load_tables(out).articles) == 4
    assert main(["extract", str(source / "a"), "--out", out]) == 0  # a dataset stays one
    assert not (tmp_path / "out" / "statements.parquet").exists()
    monkeypatch.setattr(run, "_LARGE", 1000)
    assert main(["extract", str(source), "--out", str(tmp_path / "large"), "--workers", "1"]) == 1
    told = capsys.readouterr()
    assert "lines.jsonl:4: the line is no JSON" in told.err
    assert "metadata.csv:4: no article goes by the article_id «lost»" in told.err
    assert (tmp_path / "large" / "articles").is_dir()
    assert main(["show", out, "--article", "1", "--out", str(tmp_path / "page.html")]) == 0


def test_a_scheduler_that_does_not_answer_is_one_sentence(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("analysis.cluster._PATIENCE", 0.5)
    assert main(["extract", str(source / "a"), "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "no Dask scheduler answers at 'tcp://127.0.0.1:1'" in capsys.readouterr().err


# -------------------------------------------------------------------------------------------------------------------------- memory


MEASURED = """
import sys
import analysis as na

for source in sys.argv[1:]:
    na.extract_dataset(source, source + "-out", shard_size=500_000)
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the system does not say how much memory a process needed")
def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    """The most that a process needed after a corpus of three shards, and after one of 15 MB."""
    for name, count in (("small", 30), ("large", 300)):
        filling = ("w" * 99 + " ") * 500
        write_lines(tmp_path / f"{name}.jsonl", [{"id": f"m{n}", "text": f"{n} {filling}"} for n in range(count)])
    command = [sys.executable, "-c", MEASURED, *(str(tmp_path / f"{name}.jsonl") for name in ("small", "large"))]
    small, large = map(int, subprocess.run(command, env=HERE, capture_output=True, check=True).stdout.split())
    assert large < 1.1 * small
