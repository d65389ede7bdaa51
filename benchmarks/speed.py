"""How fast each reader is, in MB of UTF-8 a second on one core, beside the other programs on the same text in the same run.

usage: speed.py [--articles SOURCE] [--others PYTHON] [--seconds N]

`--others` is the Python of an environment with `others.txt` installed; `make bench` makes it. Absolute figures drift with the
machine; the ratios, taken in one run, hold. Seconds are of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import analysis as na
from analysis import places
from analysis.extract.amounts import scan_amounts
from analysis.extract.dates import scan_dates
from analysis.extract.pipeline import read
from analysis.text import fold

HERE = Path(__file__).parent


def amounts_and_dates(text: str) -> None:
    doc = fold(text)
    scan_amounts(doc, scan_dates(doc))


READERS: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "find_numbers": na.find_numbers,
    "find_amounts": na.find_amounts,
    "find_dates": na.find_dates,
    "amounts and dates together": amounts_and_dates,
    "find_statements": na.find_statements,
    "find_mentions": na.find_mentions,
    "read: every table": read,
}


def speed(reader: Callable[[str], object], texts: list[str], seconds: float) -> float:
    """The best of six rounds, for what disturbs a run only slows it; without the cycle collector, as `extract` and `timeit` run."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    best = 0.0
    gc.disable()
    for _ in range(6):
        passes, began = 0, time.process_time()
        while (spent := time.process_time() - began) < seconds / 6 or not passes:
            for text in texts:
                reader(text)
            passes += 1
        best = max(best, passes * size / spent)
    gc.enable()
    return best


def worst_cases() -> dict[str, str]:
    """A megabyte or so of what trips readers that go back over their steps."""
    return {
        "ألف, repeated": "ألف " * 200_000,
        "digits": "9" * 1_000_000,
        "digits and commas": "1,234" * 200_000,
        "opening quote marks": "«" * 1_000_000,
        "قال إن, repeated": "قال إن " * 150_000,
        "months": "نيسان/أبريل " * 100_000,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(places.sample()))
    parser.add_argument("--others", help="the Python of an environment that has the other programs")
    parser.add_argument("--seconds", type=float, default=6.0, help="for each reader")
    options = parser.parse_args()

    texts = na.read_articles(options.articles)["text"].tolist()
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} articles, {size:.2f} MB of UTF-8, Python {sys.version.split()[0]}")
    ours = {name: speed(reader, texts, options.seconds) for name, reader in READERS.items()}
    for name, rate in ours.items():
        print(f"  {name:<45}{rate:>8.2f} MB/s")

    print("worst cases, every table: seconds for a text and for half of it")
    for name, text in worst_cases().items():
        times = []
        for part in (text[: len(text) // 2], text):
            began = time.process_time()
            read(part)
            times.append(time.process_time() - began)
        print(f"  {name:<45}{times[0]:>8.2f} s {times[1]:>8.2f} s   ratio {times[1] / max(times[0], 1e-9):.2f}")

    if options.others:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "articles.jsonl"
            file.write_text("\n".join(json.dumps({"text": text}) for text in texts), encoding="utf-8")
            command = [options.others, str(HERE / "others.py"), str(file), str(options.seconds)]
            theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        print("other programs on the same text, and how many times as fast amounts and dates together, and every table, are here")
        for name, rate in theirs.items():
            if isinstance(rate, float):
                both, every = (ours[key] / rate for key in ("amounts and dates together", "read: every table"))
                print(f"  {name:<45}{rate:>8.3f} MB/s {both:>10.1f} x {every:>10.1f} x")
            else:
                print(f"  {name:<45}failed: {rate}")


if __name__ == "__main__":
    main()
