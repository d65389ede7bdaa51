"""Extraction of many articles: speed, memory and how both grow, on generated articles (`corpus.py`).

usage: scale.py [--articles N ...] [--workers N ...] [--stages] [--single] [--compare] [--report] [--folder DIR]

`make bench` measures 10 000 and 100 000 articles with one worker and with two; `make bench BENCH_ARTICLES=1000000` a million. Each
run is a process of its own. Seconds are of the clock, so nothing else should run meanwhile; seconds of the processor stand beside.
Memory is the most that any one process of the run held.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import corpus

import analysis as na
from analysis import schema
from analysis.dataset import pieces, shards
from analysis.dataset.storage import Storage
from analysis.extract.pipeline import read
from analysis.report import notebook_names

# Run in a process of its own, so that memory is its own, too.
_RUN = """
import json, resource, sys, time
import analysis as na

def high():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

if __name__ == "__main__":
    source, out, workers = sys.argv[1:4]
    began = time.perf_counter()
    na.extract_dataset(source, out, workers=int(workers))
    took = time.perf_counter() - began
    again = time.perf_counter()
    na.extract_dataset(source, out, workers=int(workers))
    again = time.perf_counter() - again
    usage = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    spent = sum(each.ru_utime + each.ru_stime for each in usage)
    peak = max(high(), usage[1].ru_maxrss) / 1024
    print(json.dumps({"seconds": took, "again": again, "processor": spent, "peak": peak}))
"""


def run(source: Path, out: Path, workers: int) -> dict[str, Any]:
    """One extraction, then a second one that finds nothing to do."""
    shutil.rmtree(out, ignore_errors=True)
    script = out.parent / "run.py"
    script.write_text(_RUN, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script), str(source), str(out), str(workers)], stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def whole(counts: list[int], workers: list[int], folder: Path) -> None:
    names = ("articles", "MB", "workers", "seconds", "processor", "MB/s", "articles/s", "peak MB", "again s")
    print(" ".join(f"{name:>10}" for name in names))
    for count in counts:
        source = folder / f"{count}.jsonl"
        size = corpus.write(count, source) / 1e6
        for crew in workers:
            got = run(source, folder / "tables", crew)
            took = got["seconds"]
            cells = (
                count,
                f"{size:.1f}",
                crew,
                f"{took:.1f}",
                f"{got['processor']:.1f}",
                f"{size / took:.2f}",
                f"{count / took:.0f}",
            )
            print(" ".join(f"{cell:>10}" for cell in (*cells, f"{got['peak']:.0f}", f"{got['again']:.1f}")), flush=True)
    print("again: the same command once more, which looks the source over and finds nothing changed")


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def stages(folder: Path, count: int = 2000) -> None:
    """What each step of a shard takes, and each table on its disk."""
    from pyarrow import Table, parquet

    source = folder / f"{count}.jsonl"
    size = corpus.write(count, source) / 1e6
    found = pieces.find(str(source))
    shard = pieces.cut(found.files, 2**40)[0]
    chosen = shards.Chosen(found.base, None, None)
    made: dict[str, Any] = {}
    problems: list[Any] = []

    def articles() -> None:
        task = shards.Task(shard, "bench", {}, chosen, Storage(folder / "tables"))
        with shards._brought(shard, chosen) as (files, metadata):
            made["articles"] = list(shards._batches(task, files, metadata, problems))

    def extract() -> None:
        made["tables"] = [shards._tables(batch, None, problems) for batch in made["articles"]]

    na.extract(na.read_articles(source).head(20))  # what is loaded at the first call is not counted
    steps = {
        "looking over: ids, hashes": seconds(lambda: shards.survey((shard, chosen))),
        "articles: records, blocks, dates": seconds(articles),
        "extract: every other table": seconds(extract),
    }
    written: dict[str, tuple[float, int, int]] = {}
    for name in schema.TABLES:
        if name == "problems":
            continue
        path = folder / f"{name}.parquet"
        writer = parquet.ParquetWriter(path, shards.arrow_schema(name), compression="zstd")

        def write(name: str = name, writer: Any = writer) -> None:
            for tables in made["tables"]:
                writer.write_table(Table.from_pandas(tables[name], schema=writer.schema, preserve_index=False))
            writer.close()

        spent = seconds(write)
        written[name] = spent, sum(len(tables[name]) for tables in made["tables"]), path.stat().st_size
    steps["Parquet"] = sum(spent for spent, _, _ in written.values())
    total = sum(steps.values())
    print(f"{count} articles, {size:.1f} MB; seconds of one processor")
    for name, spent in steps.items():
        print(f"  {name:<36}{size / spent:>8.2f} MB/s {count / spent:>9.0f} articles/s {spent / total:>6.1%}")
    print(f"  {'all of it':<36}{size / total:>8.2f} MB/s {count / total:>9.0f} articles/s")
    for name, (spent, rows, held) in written.items():
        shares = f"{rows / count:>8.1f} rows, {held / count:>8.0f} bytes an article {spent / steps['Parquet']:>6.1%} of Parquet"
        print(f"  table {name:<14}{shares}")


def single(sizes: tuple[int, ...] = (10**6, 10**7)) -> None:
    """One article of a megabyte, and one of ten."""
    spent = []
    read(corpus.article(0)["text"])
    for size in sizes:
        text = corpus.article(1, size=size)["text"]
        spent.append(seconds(lambda text=text: read(text)))  # type: ignore[misc]
        print(f"one article of {len(text.encode()) / 1e6:.1f} MB: {spent[-1]:.2f} s of one processor", flush=True)
    print(f"ratio {spent[-1] / spent[0]:.1f} for {sizes[-1] / sizes[0]:.0f} times the text")


def compare(folder: Path) -> None:
    """The comparisons over the dataset that was made last, part by part; memory shall stay flat from one part to the next."""
    from analysis.compare import partitioned

    dataset = na.open_dataset(folder / "tables")
    print(dataset)

    def told(name: str, began: float, rows: int) -> None:
        spent = time.process_time() - began
        print(f"  {name:<12}{spent:>8.1f} s of one processor {rows:>8} rows; the most memory so far {_high():.0f} MB", flush=True)

    for name in ("naming", "hedging", "keyness"):
        began = time.process_time()
        told(name, began, len(getattr(partitioned, name)(dataset)))
    for name in ("ledger_parts", "claim_parts"):
        began = time.process_time()
        rows = 0
        for part in getattr(partitioned, name)(dataset):
            rows += len(part)
            told(name, began, rows)


def report(folder: Path) -> None:
    """Each notebook over the dataset that was made last, by the command line: what it takes, and how large its page is."""
    from resource import RUSAGE_CHILDREN, getrusage

    out = folder / "report"
    for name in notebook_names():
        before, began = getrusage(RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "analysis", "report", name, "--tables", str(folder / "tables"), "--out", str(out)]
        subprocess.run(command, check=True)
        took, after = time.perf_counter() - began, getrusage(RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        size = (out / f"{name}.html").stat().st_size / 1e6
        # The most that any process held so far: the kernels of the notebooks are children of this process's children.
        peak = after.ru_maxrss / 1024
        print(
            f"  {name:<12}{took:>8.1f} s, {spent:.1f} of one processor; a page of {size:.2f} MB; at most {peak:.0f} MB", flush=True
        )


def _high() -> float:
    lines: Iterator[str] = iter(Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--stages", action="store_true", help="what each step takes, on 2000 articles")
    parser.add_argument("--single", action="store_true", help="one article of 1 MB, one of 10 MB")
    parser.add_argument("--compare", action="store_true", help="the comparisons over the last dataset")
    parser.add_argument("--report", action="store_true", help="each notebook over the last dataset")
    parser.add_argument("--folder", type=Path, help="where articles and tables go; articles that are there are used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if options.stages:
            stages(folder)
        if options.single:
            single()
        whole(options.articles, options.workers, folder)
        if options.compare and options.articles:
            compare(folder)
        if options.report and options.articles:
            report(folder)


if __name__ == "__main__":
    main()
