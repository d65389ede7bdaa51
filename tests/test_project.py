"""The project's own files agree with one another."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# conda-forge's names, where they are not PyPI's.
CONDA_NAMES = {"brotli": "brotli-python"}


def requirement(line: str) -> tuple[str, str]:
    name, version = re.fullmatch(r"([A-Za-z0-9_.-]+)\s*(.*)", line.strip()).groups()  # type: ignore[union-attr]
    return re.sub(r"[-_.]+", "-", name).lower(), version


def environment_lines() -> list[str]:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").split("dependencies:")[1].splitlines()
    return [line.strip()[2:].strip() for line in lines if line.strip().startswith("- ") and not line.strip().endswith(":")]


def test_environment_names_the_same_packages_and_versions() -> None:
    wanted = dict(requirement(line) for line in PROJECT["dependencies"])
    given = dict(requirement(line) for line in environment_lines() if not line.startswith("-e"))
    assert given.pop("python") == PROJECT["requires-python"]
    assert "pip" in given
    given.pop("pip")
    assert {CONDA_NAMES.get(name, name): version for name, version in wanted.items()} == given
    assert "-e ." in environment_lines()


def pins() -> dict[str, str]:
    lines = [line.split("#")[0].strip() for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in (line.split("==") for line in lines if line)}


def test_every_dependency_is_pinned() -> None:
    needed = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    missing = {re.sub(r"[-_.]+", "-", requirement(line)[0]) for line in needed} - set(pins())
    assert not missing


def installed(extras: tuple[str, ...]) -> dict[str, str]:
    """Every package that the project with `extras` draws in, however far, and that is installed here, with its version."""
    from importlib.metadata import PackageNotFoundError, distribution

    from packaging.requirements import Requirement

    found: dict[str, str] = {}
    waiting = [("arabic-news-analysis", extras)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, wanted = waiting.pop()
        try:
            known = distribution(name)
        except PackageNotFoundError:
            continue
        found[re.sub(r"[-_.]+", "-", name).lower()] = known.version
        for line in known.requires or []:
            each = Requirement(line)
            if any(each.marker is None or each.marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                for extra in each.extras or {""}:
                    if (each.name, extra) not in seen:
                        seen.add((each.name, extra))
                        waiting.append((each.name, tuple(each.extras)))
    del found["arabic-news-analysis"]
    return found


def same(pin: str | None, version: str) -> bool:
    from packaging.version import Version

    return pin is not None and Version(pin) == Version(version)  # 1.2 is 1.002


@pytest.mark.pinned
def test_every_package_that_is_drawn_in_is_pinned_as_installed() -> None:
    here = installed(tuple(PROJECT["optional-dependencies"]))
    assert len(here) > 80
    assert {name: version for name, version in here.items() if not same(pins().get(name), version)} == {}


def test_nothing_is_pinned_that_is_not_drawn_in() -> None:
    from importlib.metadata import distributions

    names = {re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower() for each in distributions()}
    assert set(pins()) & names - set(installed(tuple(PROJECT["optional-dependencies"]))) == set()


def test_the_oldest_versions_are_those_that_are_promised() -> None:
    """constraints-oldest.txt, for `make test-oldest`, has every package of pyproject.toml in the oldest version it allows."""
    text = (ROOT / "constraints-oldest.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|@|--", text)
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    oldest = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in (line.split("==") for line in lines if line)}
    for line in PROJECT["dependencies"]:
        name, version = requirement(line)
        lowest = version.removeprefix(">=")
        assert f"{oldest[name]}.".startswith(f"{lowest}.") or oldest[name] == lowest, name
    assert oldest["pandas"].startswith("2.2.")
    assert oldest["matplotlib"].startswith("3.9.")


def test_pins_are_names_and_versions_only() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|@|--", text)
    assert len(pins()) > 100


def test_every_test_that_a_promise_names_is_there() -> None:
    named = re.findall(r"`(test_\w+)::(test_\w+)`", (ROOT / "docs/guarantees.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    for file, test in named:
        assert f"def {test}(" in (ROOT / f"tests/{file}.py").read_text(encoding="utf-8"), f"{file}::{test}"


def test_the_version_is_said_once() -> None:
    import analysis

    assert analysis.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, analysis; print([name for name in ('pandas', 'matplotlib', 'numpy', 'papermill') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    import analysis

    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        analysis.nothing  # noqa: B018


def test_extract_is_callable_whatever_was_imported_first() -> None:
    code = (
        "import analysis.extract.dates, analysis as na; print(callable(na.extract), len(na.extract(na.read_articles([])).articles))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["True", "0"]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs_and_without_functions(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert not any(re.search(r"^\s*(def|class|lambda)\b", "".join(cell["source"]), re.MULTILINE) for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1


def test_imports_run_one_way() -> None:
    """files -> articles -> extract -> compare -> plots and display -> report: no module imports from a later stage."""
    stages = [
        "text lexicon schema errors places outlets tables",
        "articles blocks formats",
        "extract",
        "dataset cluster",
        "corpus evaluate compare",
        "plots display findings",
        "report",
        "__main__",
    ]
    order = {name: rank for rank, names in enumerate(stages) for name in names.split()}
    # Tables are what every stage hands on; a notebook shows them by `display`, and `load_tables` reads datasets, too.
    handed_on = {("tables.py", "display"), ("tables.py", "dataset")}
    wrong = []
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        stage = path.relative_to(ROOT / "analysis").parts[0].removesuffix(".py")
        if stage == "__init__":
            continue
        source = path.read_text(encoding="utf-8")
        imports = re.findall(
            r"^\s*(?:from analysis\.(\w+)|from analysis import ([\w, ]+)|import analysis\.(\w+))", source, re.MULTILINE
        )
        for names in imports:
            for name in re.split(r"[,\s]+", " ".join(names).strip()):
                if name in order and stage in order and order[name] > order[stage] and (path.name, name) not in handed_on:
                    wrong.append(f"{path.name} imports {name}")
    assert not wrong


# Endings, proclitics in a row, and sets of letters that code looks a letter up in.
AFFIXES = (
    "ءن اء ات ال ان او اى اي اٱ با بل بو تا ته زد ست سن سي صط ضط فب فك فل كم لا لب لل نا ني ها هم هن وا وب وف وك ول "
    "ون وي يا يت ين يه کڪ ہۀ است بال بلك تان تست تنا تها تهم تهن تين فلل هام هما وال وبل وفس ولل يون يين أإآٱ بلوف تهما "
    "آل آن أل إل ما لبوف ىئیې اويءه وفبلك پچژگڤکی"
)


def test_words_are_in_the_lexicon_and_not_in_code() -> None:
    """Arabic in the code's strings is affixes and sets of letters; what looks like a word belongs in analysis/lexicon."""
    words = []
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        for node in strings(ast.parse(path.read_text(encoding="utf-8"))):
            letters = re.sub(r"\[[^\]]*\]|\\w|\\W", " ", node.value)  # without a pattern's classes
            found = set(re.findall("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3]{2,}", letters))
            words += [f"{path.name}:{node.lineno}: {word}" for word in sorted(found.difference(AFFIXES.split()))]
    assert not words


def strings(tree: ast.Module) -> list[ast.Constant]:
    """The strings of a module, without docstrings and without what its errors say, which gives examples."""
    left_out = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    left_out |= {id(each) for node in ast.walk(tree) if isinstance(node, ast.Raise) for each in ast.walk(node)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in left_out]
    return [node for node in found if isinstance(node.value, str)]


# How statements are read, a folder or a file a step: each knows only those before it.
STEPS = (
    *("vocabulary", "closing", "article", "sources", "parting", "cues", "complements", "attributions", "endings", "contents"),
    *("speakers", "rows"),
)


def test_the_steps_of_reading_statements_import_one_way() -> None:
    folder = ROOT / "analysis" / "extract" / "statements"
    assert {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()} == {
        *STEPS,
        "__init__",
    }
    found = 0
    for path in folder.rglob("*.py"):
        step = path.relative_to(folder).parts[0].removesuffix(".py")
        if step == "__init__":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:  # what stands under TYPE_CHECKING names types alone
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if module and module.startswith("analysis.extract.statements."):
                found += 1
                assert STEPS.index(module.split(".")[3]) <= STEPS.index(step), f"{path.name} imports {module}"
    assert found > 100


def test_no_reader_copies_all_that_stands_before_an_offset() -> None:
    """As `folded[:at].rstrip()` does, which makes a long article's time grow with the square of its length."""
    found = []
    for path in (ROOT / "analysis" / "extract").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None):
                continue
            name = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if name in {"folded", "text", "plain", "attributions"}:
                found.append(f"{path.name}:{node.lineno}: {ast.unparse(node)}")
    assert not found, found
