"""The fuzzer: `python fuzz/run.py TARGET [libFuzzer's options]`, as `make fuzz` calls it; `targets.py` says what must hold.

An input that breaks a promise is printed, and kept as `out/fuzz/TARGET-crash-…`; `python fuzz/run.py TARGET FILE` runs it again.
What was found belongs into `tests/cases/hostile.jsonl`, with a label.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["analysis"]):  # only what is counted as covered is instrumented
    import analysis.articles
    import analysis.extract.pipeline  # noqa: F401
    from fuzz import targets


def main() -> None:
    """Feed the target that the command line names until libFuzzer has done its runs, or found something."""
    if len(sys.argv) < 2 or sys.argv[1] not in targets.TARGETS:
        sys.exit(f"usage: python fuzz/run.py {'|'.join(targets.TARGETS)} [libFuzzer's options]")
    name = sys.argv.pop(1)
    check = targets.TARGETS[name]
    check("قال المتحدث إن الدعم بلغ 33 مليون دولار في 7 نيسان 2020.".encode())  # the readers' tables are compiled when first used
    if not any(not each.startswith("-") for each in sys.argv[1:]):
        corpus = ROOT / "out" / "fuzz" / name
        corpus.mkdir(parents=True, exist_ok=True)
        for number, path in enumerate(sorted((ROOT / "data" / "sample").glob("*.txt"))):
            (corpus / f"seed-{number}").write_bytes(path.read_bytes()[100 * number :][:250])
        sys.argv.append(str(corpus))
    # Short inputs, for many: two bytes are a word. What is given on the command line comes later, and counts.
    sys.argv[1:1] = [f"-artifact_prefix={ROOT / 'out' / 'fuzz' / name}-", "-max_len=300", "-timeout=30", "-rss_limit_mb=4096"]
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
