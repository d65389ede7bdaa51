"""What a report writes beside its page: figures, tables as CSV and Parquet, and the marked articles.

Each file is written under another name and moved to its place, so that a reader never sees half of one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.plots.canvas import NARROW, PHONE
from analysis.tables import Tables

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.dataset import Dataset

DATA, ARTICLES = "data", "articles"
WANTED = ".wanted"  # the articles whose pages are still to be written: a JSON list a line
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
_LONE = re.compile("[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


_MOST_PIXELS = 9_000_000  # of a picture for a phone
_SHADES = 256  # of a page's pictures: their letters are as sharp, their bytes a third


class Picture(NamedTuple):
    """A figure as PNG; width and height in CSS pixels."""

    png: bytes
    width: int
    height: int


@contextmanager
def in_place(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; moved to `path` when the block ends well, removed when it does not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all. Lone surrogates, which no encoding has, become question marks."""
    with in_place(path) as unfinished:
        unfinished.write_bytes(text.encode("utf-8", errors="replace"))


def draw(figure: Figure, folder: Path | None, name: str, description: str) -> Picture:
    """The figure as a picture for a page, at double resolution; also kept as `<name>.png` and `<name>.svg` in `folder`, where there
    is one.
    """
    from analysis.plots import save_figure

    with tempfile.TemporaryDirectory() as temporary:
        drawn = Path(temporary) / name
        save_figure(figure, drawn, description=description)
        kinds = {path.suffix: path.read_bytes() for path in sorted(Path(temporary).iterdir())}
    if folder is not None:
        for suffix, content in kinds.items():
            with in_place(folder / f"{name}{suffix}") as unfinished:
                unfinished.write_bytes(content)
    return _picture(kinds[".png"], 2)


def draw_narrow(figure: Figure) -> Picture:
    """A narrow figure as a picture for a phone, as wide as a page's column is there: at triple resolution as phones have it, a very
    high one at double, for what a phone must hold whole in memory.
    """
    from analysis.plots import style

    high = PHONE * figure.get_figheight() / NARROW  # CSS pixels
    density = 3 if 9 * PHONE * high <= _MOST_PIXELS else 2
    drawn = io.BytesIO()
    with style():
        figure.savefig(drawn, format="png", dpi=density * PHONE / NARROW, metadata={"Software": None})
    return _picture(drawn.getvalue(), density)


def _picture(png: bytes, density: int) -> Picture:
    """A drawing in few bytes, `density` of its pixels to one of CSS."""
    from PIL import Image

    packed = io.BytesIO()
    with Image.open(io.BytesIO(png)) as whole:
        whole.convert("RGB").quantize(_SHADES, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        return Picture(packed.getvalue(), round(whole.width / density), round(whole.height / density))


def save_table(table: pd.DataFrame, folder: Path, name: str) -> dict[str, str]:
    """Write `data/<name>.csv` and `.parquet` below `folder`; the addresses relative to it, by kind."""
    data = folder / DATA
    with in_place(data / f"{name}.csv") as unfinished:
        defused(table).to_csv(unfinished, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    with in_place(data / f"{name}.parquet") as unfinished:
        _plain(table).to_parquet(unfinished, index=False)
    return {"CSV": f"{DATA}/{name}.csv", "Parquet": f"{DATA}/{name}.parquet"}


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """The table without attributes; lone surrogates, which no file can hold, become question marks."""
    plain = table.copy(deep=False)
    plain.attrs = {}
    broken = [name for name in table if any(isinstance(value, str) and _LONE.search(value) for value in _texts(table[name]))]
    return plain.assign(
        **{str(name): [_LONE.sub("?", value) if isinstance(value, str) else value for value in table[name]] for name in broken}
    )


def _texts(values: pd.Series) -> Iterable[Any]:
    return values if values.dtype.kind == "O" or str(values.dtype) in ("string", "str") else ()


def defused(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before texts that a spreadsheet would run as a formula, as spreadsheets put it; lists joined."""
    changed: dict[str, Any] = {}
    for name in table.columns:
        values = table[name]
        if values.dtype.kind in "iufbM" or type(values.dtype).__name__ in ("Float64Dtype", "Int32Dtype", "Int64Dtype"):
            continue
        changed[name] = [_defused(value) for value in values]
    return table.assign(**changed)


def _defused(value: Any) -> Any:
    if isinstance(value, list | tuple | set) or type(value).__name__ == "ndarray":
        value = " | ".join(": ".join(map(_plain_text, each)) if isinstance(each, tuple) else str(each) for each in value)
    if isinstance(value, str):
        # A NUL ends a text in some readers, and what follows it would be lost.
        value = _LONE.sub("?", value.replace("\x00", "\ufffd"))
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return value


def _plain_text(value: Any) -> str:
    return "" if value is None else str(value)


def save_articles(tables: Tables, article_ids: Iterable[str], folder: Path, language: str) -> dict[str, str]:
    """Write the marked page of each article to `articles/` below `folder`; their addresses relative to it, by article.

    Where `wait_for_articles` was called on the folder, they are noted down instead, for `write_articles`.
    """
    from analysis.display import page

    ids = list(dict.fromkeys(article_ids))
    wanted = folder / ARTICLES / WANTED
    if wanted.exists():
        with wanted.open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(ids) + "\n")
    else:
        for article_id in ids:
            path = folder / address(article_id)
            if not path.exists():  # another table of this notebook may have shown it
                write_text(path, page(tables, article_id, language=language))
    return {article_id: address(article_id) for article_id in ids}


def wait_for_articles(folder: Path) -> None:
    """Have `save_articles` note down in `folder` what to write: one process then writes each page once for all notebooks."""
    (folder / ARTICLES).mkdir(parents=True, exist_ok=True)
    (folder / ARTICLES / WANTED).touch()


def wanted_articles(folder: Path) -> list[str]:
    """The articles noted down in `folder`, each once, in order."""
    lines = (folder / ARTICLES / WANTED).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(article_id for line in lines for article_id in json.loads(line)))


def write_articles(tables: Tables | Dataset, article_ids: Iterable[str], folder: Path, language: str) -> None:
    """Write the articles' marked pages to `articles/` below `folder`, each with a link back to the index there."""
    from analysis.display import page

    ids = list(article_ids)
    known = tables.some("articles", ["article_id"]) if isinstance(tables, Tables) else tables.articles(["article_id"])
    # So that a page does not search the rows of a whole corpus.
    few = tables.of_articles(known["article_id"].isin(ids).to_numpy(dtype=bool))
    few = few if isinstance(few, Tables) else few.tables()
    for article_id in ids:
        write_text(folder / address(article_id), page(few, article_id, language=language, home="../index.html"))


def address(article_id: str) -> str:
    """Where an article's marked page lies, relative to the report."""
    return f"{ARTICLES}/{article_file(article_id)}.html"


def article_file(article_id: str) -> str:
    """A file name for an article, from whatever its name is: safe on every system, and never the same for two articles.

    >>> article_file("07_support"), article_file("../etc/passwd")
    ('07_support', 'etc_passwd-7fef78f5')
    """
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", article_id).strip("_")[:60]
    if safe and safe == article_id.lower():  # some systems take A and a for one name
        return safe
    return f"{safe}-{hashlib.sha256(article_id.encode('utf-8', errors='surrogatepass')).hexdigest()[:8]}".lstrip("-")


def place(page: str, start: float | None, end: float | None) -> str:
    """The address of a span in its article's marked page; of the page where no span is given.

    >>> place("articles/a.html", 5, 9), place("articles/a.html", None, None)
    ('articles/a.html#s5-9', 'articles/a.html')
    """
    return page if start is None or end is None or start != start else f"{page}#{span_anchor(int(start), int(end))}"


def span_anchor(start: int, end: int) -> str:
    """The anchor of a span in its article's marked page."""
    return f"s{start}-{end}"
