"""Folding and cutting in C: the same answers as the Python beside it, whatever the text, and nothing kept that should go."""

from __future__ import annotations

import ast
import gc
import shutil
import sys
from collections.abc import Callable
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as na
import analysis.text
import analysis.tokens
from analysis import compiled, places

SHARED = Path(__file__).parents[2] / "shared"
FOLDED = analysis.text._FOLDED.tobytes()
INSIDE = analysis.tokens._IS_WORD.tobytes()


def loaded(spec: ModuleSpec | None) -> ModuleType:
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The Python, also where the C has taken its place.
PYTHON = loaded(spec_from_file_location("cutting_in_python", compiled.source("analysis.cutting")))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The C, built for this test alone."""
    if find_spec("setuptools") is None or not any(map(shutil.which, ("cc", "gcc", "clang"))):
        pytest.skip("setuptools or a C compiler is missing, which build the C")
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    folder = tmp_path_factory.mktemp("c")
    extension = Extension(
        "analysis.cutting", [str(compiled.source("analysis.cutting", ".c"))], extra_compile_args=["-Werror", "-Wall"]
    )
    command = build_ext(Distribution({"name": "cutting", "ext_modules": [extension]}))
    command.build_lib, command.build_temp = str(folder), str(folder / "temp")
    command.ensure_finalized()
    command.run()
    path = next(folder.rglob("cutting*"))
    spec = spec_from_file_location("analysis.cutting", path, loader=ExtensionFileLoader("analysis.cutting", str(path)))
    return loaded(spec)


def test_it_has_what_others_import(written: Any) -> None:
    assert (written.BEYOND, written.GONE) == (PYTHON.BEYOND, PYTHON.GONE)
    imported = set()
    for path in Path(compiled.source("analysis.cutting")).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "analysis.cutting":
                imported |= {each.name for each in node.names}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "cutting":
                imported.add(node.attr)
    assert {"BEYOND", "Cutter", "fold"} <= imported <= set(dir(written))


# Letters, marks, controls, surrogates by themselves, digits of three scripts, forms of letters, characters beyond two bytes.
PIECES = st.sampled_from(
    [
        *"قالعن إأآةىؤ ٣3۳ـَّ\u200f\u061c\ufeff\n\t،.«»\"'_-:",
        "\ud800",
        "\udfff",
        "\ufefb",
        "\ufeed",
        "😀",
        "𞸀",
        "𐤀",
        "²",
        "\x00",
        "é",
        "\ud7ff",
        "\ue000",
    ]
)
TEXTS = st.lists(PIECES | st.characters() | st.text(), max_size=60).map("".join)


@given(TEXTS)
def test_folding_is_the_same(written: Any, text: str) -> None:
    assert written.fold(text, FOLDED) == PYTHON.fold(text, FOLDED)


@given(TEXTS)
def test_cutting_is_the_same(written: Any, text: str) -> None:
    cutters = [module.Cutter(lambda spelled: ("said", spelled), INSIDE) for module in (written, PYTHON)]
    first, second = (cutter.cut(text) for cutter in cutters)
    assert first == second
    assert cutters[0].cut(text) == second  # from what it remembers


@pytest.mark.parametrize("folder", ["sample", "shared"])
def test_real_texts_are_cut_the_same(written: Any, folder: str) -> None:
    source = places.sample() if folder == "sample" else SHARED / "articles"
    if not source.exists():
        pytest.skip("the real articles lie outside the repository, in ../shared/articles")
    found = na.read_articles(source)["text"].tolist()
    assert found
    one, other = (module.Cutter(str.upper, INSIDE) for module in (written, PYTHON))
    for text in found:
        folded = written.fold(text, FOLDED)
        assert folded == PYTHON.fold(text, FOLDED)
        assert one.cut(folded[0] if folded else text) == other.cut(folded[0] if folded else text)


def test_a_spelling_is_asked_once_and_a_long_one_each_time(written: Any) -> None:
    asked: list[str] = []

    def ask(spelled: str) -> int:
        asked.append(spelled)
        return len(asked)

    cutter = written.Cutter(ask, INSIDE)
    long = "ا" * 61
    assert cutter.cut(f"باب {long} باب")[2] == [1, 2, 1]
    assert cutter.cut(f"باب {long}")[2] == [1, 3]
    assert asked == ["باب", long, long]


def test_what_is_remembered_has_an_end(written: Any) -> None:
    cutter = written.Cutter(str.upper, INSIDE)
    for start in range(0, 300_000, 1000):
        cutter.cut(" ".join(f"كلمة{number}" for number in range(start, start + 1000)))
    assert len(gc.get_referents(cutter)) <= 100_002


class Said:
    """Something that can be counted."""


def test_nothing_is_kept_that_should_go(written: Any) -> None:
    def known() -> int:
        return sum(isinstance(each, Said) for each in gc.get_objects())

    text = "قال: كلمة أخرى، ولا كلمة بعدها. "
    cutter = written.Cutter(lambda spelled: Said(), INSIDE)
    kept = [sys.getrefcount(each) for each in cutter.cut(text)[2]]
    for _ in range(100):
        cutter.cut(text)
        written.fold(text, FOLDED)
    assert [sys.getrefcount(each) for each in cutter.cut(text)[2]] == kept
    gc.collect()
    assert known() == len(set(text.replace(":", " ").replace("،", " ").replace(".", " ").split()))
    del cutter
    gc.collect()
    assert known() == 0


def test_a_cutter_that_its_answers_lead_back_to_is_let_go(written: Any) -> None:
    said = Said()
    said.cutter = written.Cutter({"باب": said}.__getitem__, INSIDE)  # type: ignore[attr-defined]
    assert said.cutter.cut("باب")[2] == [said]  # type: ignore[attr-defined]
    del said
    gc.collect()
    assert not any(isinstance(each, Said) for each in gc.get_objects())


def test_what_asking_raises_is_passed_on(written: Any) -> None:
    def ask(spelled: str) -> None:
        raise LookupError(spelled)

    with pytest.raises(LookupError, match="باب"):
        written.Cutter(ask, INSIDE).cut("باب")


def test_asking_may_cut_another_text(written: Any) -> None:
    """As another thread may while a spelling is asked about: the entries move under the one that waits."""
    count = 0

    def ask(spelled: str) -> str:
        nonlocal count
        if spelled.startswith("باب") and count < 20:
            count += 1
            cutter.cut(" ".join(f"باب{count}" + "ابتث"[number % 4] * (number // 4) for number in range(200)))
        return spelled

    cutter = written.Cutter(ask, INSIDE)
    text = " ".join(f"باب{'ر' * number}" for number in range(50))
    assert cutter.cut(text)[2] == text.split()
    assert cutter.cut(text)[2] == text.split()


@pytest.mark.parametrize(
    "call",
    [
        lambda module: module.fold(b"", FOLDED),
        lambda module: module.fold("", ""),
        lambda module: module.fold(""),
        lambda module: module.Cutter(str.upper),
        lambda module: module.Cutter(str.upper, ""),
        lambda module: module.Cutter(str.upper, INSIDE).cut(None),
    ],
)
def test_other_kinds_of_things_are_refused(written: Any, call: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        call(written)


def test_tables_shorter_than_the_text_are_not_read_beyond(written: Any) -> None:
    assert written.fold("قال", b"") is None
    assert written.fold("ab", np.arange(98, dtype=np.uint16).tobytes()) is None
    assert written.Cutter(str.upper, b"").cut("قال، ab")[2] == ["قال", "AB"]
