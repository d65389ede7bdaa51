"""The notebooks as others run them: by papermill's own command, from any folder, with other parameters."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analysis import places
from analysis.report import notebook_names
from analysis.report.page import outline

if TYPE_CHECKING:
    from conftest import Report


def run(name: str, folder: Path, *parameters: str) -> subprocess.CompletedProcess[str]:
    given = [word for pair in zip(parameters[::2], parameters[1::2], strict=True) for word in ("-p", *pair)]
    command = [sys.executable, "-m", "papermill", str(places.notebooks() / f"{name}.ipynb"), "out.ipynb", *given]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120)


def shown(folder: Path) -> str:
    """What the executed notebook's cells show, as HTML."""
    cells = json.loads((folder / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", []) if "data" in output]
    return "".join("".join(output["data"].get("text/html", "")) for output in outputs)


def pictures_in(html: str) -> list[bytes]:
    """The pictures of a page or of a notebook's cells."""
    return [base64.b64decode(data) for data in re.findall(r"data:image/png;base64,([^\"]+)", html)]


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether two pictures are the same but for the shades that a page's has fewer of."""
    from PIL import Image, ImageChops, ImageStat

    first, second = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    return first.size == second.size and max(ImageStat.Stat(ImageChops.difference(first, second)).mean) < 0.5


@pytest.mark.parametrize("name", notebook_names())
def test_a_notebook_follows_its_parameters(name: str, english_report: Report, tmp_path: Path) -> None:
    """Beside the page of the whole sample, other outlets and days give other figures and numbers."""
    done = run(
        name, tmp_path,
        "language", "en", "outlets", '["زرياف", "السجل الشرقي"]', "since", "2020", "until", "2020-07", "figures", "drawn",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    html, other_html = (english_report.folder / f"{name}.html").read_text(encoding="utf-8"), shown(tmp_path)
    assert "Limits" in other_html
    pictures, other_pictures = pictures_in(html), pictures_in(other_html)
    assert pictures
    assert len(pictures) == len(other_pictures)
    assert all(one != other for one, other in zip(pictures, other_pictures, strict=True))
    numbers, other_numbers = (re.findall(r"\d+", outline(each).lead) for each in (html, other_html))
    assert len(numbers) > 1
    assert numbers != other_numbers
    drawn = {path.name: path.read_bytes() for path in (tmp_path / "drawn").glob("*.png")}
    wide = other_pictures[::2]  # each with its narrow one behind it, which is kept in no file
    assert len(drawn) == len(wide)
    assert all(any(look_alike(picture, kept) for kept in drawn.values()) for picture in wide)
    assert {path.suffix for path in (tmp_path / "drawn").iterdir()} == {".png", ".svg"}


def test_a_wrong_parameter_is_one_sentence_in_the_notebook(tmp_path: Path) -> None:
    done = run("01_corpus", tmp_path, "articles", "no/such/place")
    assert done.returncode != 0
    errors = [
        output
        for cell in json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    assert len(errors) == 1
    assert errors[0]["ename"] == "InputError"
    assert "no/such/place" in errors[0]["evalue"]
    assert len(errors[0]["traceback"]) == 1


@pytest.mark.parametrize("name", notebook_names())
def test_notebooks_are_stored_the_way_they_are_kept(name: str) -> None:
    text = (places.notebooks() / f"{name}.ipynb").read_text(encoding="utf-8")
    stored = json.loads(text)
    assert text == json.dumps(stored, ensure_ascii=False, indent=1) + "\n"
    assert stored["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    first = stored["cells"][0]
    assert first["cell_type"] == "markdown"
    assert first["metadata"]["tags"] == ["about"]
    assert all(word in "".join(first["source"]) for word in ("السؤال", "Question", "`articles`", "papermill"))
    identifiers = [cell["id"] for cell in stored["cells"]]
    assert len(set(identifiers)) == len(identifiers)
