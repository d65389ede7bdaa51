"""Times the other programs on a file of articles, in their own environment: JSON on stdout, {program: MB/s or an error}.

usage: others.py ARTICLES.jsonl [SECONDS]

Each program gets articles in turn until its seconds are over, so that the slow ones end too; MB are of UTF-8 actually read.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path


def programs() -> dict[str, Callable[[str], object]]:
    import arabic_itn
    from dateparser.search import search_dates
    from maha.parsers.functions import parse_dimension
    from ovos_number_parser.numbers_ar import numbers_to_digits_ar
    from pyarabic.number import detect_numbers

    four = {"duration": True, "numeral": True, "ordinal": True, "time": True}  # its sums of money are announced, not there
    return {
        "mahad: duration, numeral, ordinal, time": lambda text: parse_dimension(text, **four),
        "dateparser: search_dates": lambda text: search_dates(text, languages=["ar"]),
        "arabic-itn: normalize": arabic_itn.normalize,
        "ovos-number-parser: numbers_to_digits": numbers_to_digits_ar,
        "PyArabic: detect_numbers": lambda text: detect_numbers(text.split()),
    }


def speed(read: Callable[[str], object], texts: list[str], seconds: float) -> float:
    read(texts[0][:200])  # what is loaded at the first call is not counted
    done, began = 0, time.process_time()
    while True:
        for text in texts:
            with contextlib.suppress(Exception):  # an article that a program fails on counts as read, in its favour
                read(text)
            done += len(text.encode())
            spent = time.process_time() - began
            if spent > seconds:
                return done / 1e6 / spent


def main() -> None:
    warnings.simplefilter("ignore")
    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    results: dict[str, object] = {}
    for name, read in programs().items():
        try:
            results[name] = speed(read, texts, seconds)
        except Exception as error:  # one program's fault must not end the comparison
            results[name] = repr(error)
    print(json.dumps(results, ensure_ascii=False))


if __name__ == "__main__":
    main()
