"""The readers as machine code: the same rows, and never of other sources than these."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from analysis import compiled

ROOT = Path(__file__).parent.parent
built = pytest.mark.skipif(not compiled.folder().is_dir(), reason="not compiled here: `make compile` does it")

READ = """
import json, sys
from datetime import datetime
import analysis as na
from analysis.extract.pipeline import read
from analysis import places
texts = na.read_articles(places.sample())["text"].tolist() + json.load(sys.stdin)
for text in texts:
    print(ascii(tuple(read(text, published=datetime(2020, 7, 11), country="SY"))))
readers = [module for name, module in sys.modules.items() if name.startswith("analysis.extract.")]
print(sorted({type(module.__loader__).__name__ for module in readers}), file=sys.stderr)
"""


def cases() -> list[str]:
    """The texts of all cases, hostile ones too."""
    texts = []
    for file in sorted((ROOT / "tests" / "cases").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            texts += [value for value in case.values() if isinstance(value, str) and len(value) > 8]
    return texts


def run(switch: str, package: Path = ROOT) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(cases()),
        env={**os.environ, "ANALYSIS_COMPILED": switch, "PYTHONPATH": str(package)},
        cwd=package,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, done.stderr.splitlines()[-1]


@built
def test_machine_code_gives_the_same_rows() -> None:
    as_python, loaders = run("0")
    assert loaders == "['SourceFileLoader']"
    as_code, loaders = run("1")
    assert loaders == "['ExtensionFileLoader', 'SourceFileLoader']"  # packages' __init__ alone stay Python
    assert as_code == as_python
    assert as_code.count("Statement(") > 500


@built
def test_all_that_reads_text_is_compiled() -> None:
    made = {path.name.split(".cpython")[0].split(".abi3")[0] for path in compiled.folder().iterdir()}
    assert set(compiled.MODULES) <= made


def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("_compiled", "__pycache__"))
    return tmp_path


FINDERS = "import sys, analysis; print([type(each).__name__ for each in sys.meta_path])"
MAKE = "from analysis import compiled; compiled.folder().mkdir(parents=True)"


def python(package: Path, code: str) -> str:
    environment = {**os.environ, "ANALYSIS_COMPILED": "1", "PYTHONPATH": str(package)}
    done = subprocess.run([sys.executable, "-c", code], cwd=package, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_what_was_edited_since_runs_as_python(tmp_path: Path) -> None:
    package = copied(tmp_path)
    python(package, MAKE)
    assert "_Finder" in python(package, FINDERS)
    edited = package / "analysis" / "extract" / "statements" / "vocabulary" / "forms.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    assert "_Finder" not in python(package, FINDERS)


def test_other_languages_data_needs_no_compiling(tmp_path: Path) -> None:
    package = copied(tmp_path)
    python(package, MAKE)
    assert "_Finder" in python(package, FINDERS)
    lexicon = package / "analysis" / "lexicon" / "cues.toml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    assert "_Finder" in python(package, FINDERS)


def command(package: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(package), **environment}
    return subprocess.run([sys.executable, "-m", "analysis", "compile"], cwd=package, env=settings, capture_output=True, text=True)


def test_without_a_compiler_it_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    package = copied(tmp_path)
    done = command(package, PATH=str(tmp_path / "nothing"))
    assert done.returncode == 2
    assert "no C compiler" in done.stderr
    assert not (package / "analysis" / "_compiled").exists()


@pytest.mark.skipif(find_spec("mypyc") is None, reason="mypyc is not installed, which compiles")
def test_a_source_that_does_not_compile_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    package = copied(tmp_path)
    broken = package / "analysis" / "stem.py"
    broken.write_text(broken.read_text(encoding="utf-8") + "\nhalf: int = 'word'\n", encoding="utf-8")
    done = command(package)
    assert done.returncode == 2
    assert "stem.py" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list((package / "analysis" / "_compiled").iterdir())
