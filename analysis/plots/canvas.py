"""What all figures share: the style, a fresh axes, titles and notes, the look of each outlet, and saving.

In goes nothing but matplotlib's objects and words; every figure in this folder is drawn between `styled` and `save_figure`.
Nothing here changes matplotlib's global settings.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

from analysis.errors import InputError
from analysis.plots import arabic
from analysis.wording import number, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# Six colours that stay apart for every kind of colour vision (CIE76 ≥ 13 under Machado's simulations) and have a contrast of at least
# 3:1 with white (WCAG 1.4.11); with the seven shapes they tell 42 outlets apart, and a shape tells them apart without colour.
COLOURS = ("#1668b8", "#d1490c", "#0a4f3c", "#c05fae", "#6b1a10", "#201a5c")
SHAPES = ("o", "s", "^", "D", "v", "P", "X")
INK, GREY, PALE, RED = "#1a1a1a", "#5f5f5f", "#e8e8e8", "#b3120c"
MOST_OUTLETS = 15

P = ParamSpec("P")
R = TypeVar("R")


class Look(NamedTuple):
    """How an outlet is drawn."""

    colour: str
    shape: str


@contextmanager
def style() -> Iterator[None]:
    """The figures' style, for as long as the block lasts."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    with plt.style.context(Path(__file__).with_name("arabic-news.mplstyle")), mpl.rc_context({"font.family": list(arabic.fonts())}):
        yield


def styled(plot: Callable[P, R]) -> Callable[P, R]:
    """A `plot_*` function that draws in the figures' style and leaves the settings as they were."""

    @functools.wraps(plot)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with style():
            return plot(*args, **kwargs)

    return drawn


def looks(outlets: Iterable[str]) -> dict[str, Look]:
    """A look for each outlet, by its place in the alphabet: the same outlets look the same in every figure."""
    names = sorted(set(outlets))
    return {name: Look(COLOURS[i % len(COLOURS)], SHAPES[i % len(SHAPES)]) for i, name in enumerate(names)}


def fresh(ax: Axes | None, width: float, height: float) -> Axes:
    """`ax`, or the axes of a new figure of `width` × `height` inches that makes room for all its labels."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    figure = plt.figure(figsize=(width, height), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.12, h_pad=0.12)  # type: ignore[union-attr, call-arg]
    return figure.add_subplot()


def write(ax: Axes, at: tuple[float, float], text: str, language: str, **look: Any) -> Text:
    """Text at a point of the data, shaped for `language`; `look` is as for `Axes.annotate`."""
    place = {"xytext": (0, 0), "textcoords": "offset points", "annotation_clip": False, **look}
    return ax.annotate(arabic.shape(text, language), at, **place)


def head(ax: Axes, title: str, language: str, *, subtitle: str = "") -> None:
    """The title, with a smaller line under it, where lines begin in `language`."""
    begin, _ = arabic.side(language)
    ax.set_title(arabic.shape(title, language), loc="right" if begin == "right" else "left", pad=34 if subtitle else 14)
    if subtitle:
        edge = (1.0, 1.0) if begin == "right" else (0.0, 1.0)
        write(ax, edge, subtitle, language, xycoords="axes fraction", xytext=(0, 15), ha=begin, va="bottom", color=GREY, fontsize=12.5)


def foot(ax: Axes, notes: Sequence[str], language: str, *, below: float = 34) -> None:
    """Notes under the axes, `below` points from it."""
    begin, _ = arabic.side(language)
    edge = (1.0, 0.0) if begin == "right" else (0.0, 0.0)
    text = "\n".join(note for note in notes if note)
    if text:
        note = write(ax, edge, text, language, xycoords="axes fraction", xytext=(0, -below), ha=begin, va="top", color=GREY, fontsize=11.5)
        note.set_multialignment("right" if begin == "right" else "left")


def key(ax: Axes, entries: Sequence[tuple[Any, str]], language: str, *, below: float = 34, columns: int = 3) -> float:
    """A legend of (handle, words) under the axes, `below` points from it, in the language's direction; where it ends, in points."""
    from matplotlib.transforms import ScaledTranslation

    if not entries:
        return below
    begin, _ = arabic.side(language)
    rtl = begin == "right"
    columns = min(columns, len(entries))
    grid = _in_columns(entries, columns, rtl=rtl)
    legend = ax.legend(
        [handle for handle, _ in grid],
        [arabic.shape(text, language) for _, text in grid],
        loc="upper right" if rtl else "upper left",
        bbox_to_anchor=(1.0 if rtl else 0.0, 0.0),
        bbox_transform=ax.transAxes + ScaledTranslation(0, -below / 72, ax.figure.dpi_scale_trans),
        borderaxespad=0,
        borderpad=0,
        ncols=columns,
        markerfirst=not rtl,
        alignment="right" if rtl else "left",
    )
    legend.set_in_layout(True)
    return below + 21 * -(-len(entries) // columns) + 4


def _in_columns(entries: Sequence[tuple[Any, str]], columns: int, *, rtl: bool) -> list[tuple[Any, str]]:
    """The entries so that matplotlib, which fills a legend down its columns from the left, shows rows in reading order."""
    from matplotlib.lines import Line2D

    blank = (Line2D([], [], linestyle=""), "")
    rows = [list(entries[at : at + columns]) for at in range(0, len(entries), columns)]
    rows[-1] += [blank] * (columns - len(rows[-1]))
    order = range(columns - 1, -1, -1) if rtl else range(columns)
    return [row[column] for column in order for row in rows]


def tick_labels(ax: Axes, axis: str, places: Sequence[float], texts: Sequence[str], language: str, **look: Any) -> None:
    """Ticks at `places` with shaped labels."""
    target = ax.xaxis if axis == "x" else ax.yaxis
    target.set_ticks(list(places), [arabic.shape(text, language) for text in texts], **look)
    target.set_minor_locator(_no_ticks())


def _no_ticks() -> Any:
    from matplotlib.ticker import NullLocator

    return NullLocator()


def empty(ax: Axes, title: str, language: str) -> Axes:
    """An axes that says there is nothing to show."""
    arabic.read_from(ax, language)
    ax.set_axis_off()
    head(ax, title, language)
    write(ax, (0.5, 0.5), say("general.no_rows", language), language, xycoords="axes fraction", ha="center", va="center", color=GREY, fontsize=15)
    return ax


def check_columns(table: pd.DataFrame, name: str, columns: Sequence[str]) -> None:
    """Raise `InputError`, naming what is missing, where `table` cannot be the table `name`."""
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise InputError(f"`{name}` has no column {absent[0]!r}; it needs {', '.join(columns)}")


def most_frequent(values: pd.Series, most: int) -> list[str]:
    """The `most` values that occur most often, most often first, equal ones by the alphabet."""
    counts = values.value_counts()
    return [str(name) for name, _ in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:most]]


def outlet_names(outlets: pd.Series, language: str, *, most: int = MOST_OUTLETS) -> pd.Series:
    """The outlets as shown: those without a name under one heading, the smallest beyond `most` under another."""
    named = outlets.astype("object").where(outlets.notna(), say("general.unknown_outlet", language)).astype(str)
    kept = most_frequent(named, most)
    gone = named.nunique() - len(kept)
    if gone <= 1:
        return named
    return named.where(named.isin(kept[:-1]), say("general.others", language, n=number(gone + 1, language)))


def save_figure(figure: Figure, path: str | os.PathLike[str], *, description: str = "", title: str = "") -> tuple[Path, Path]:
    """Write `path`.png (at double resolution) and `path`.svg and return both paths; the same figure gives the same bytes.

    `path` has no suffix. `description`, the alternative text, and `title` are kept in both files. Dates and versions are left out.
    """
    import matplotlib as mpl

    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    png, svg = place.with_name(place.name + ".png"), place.with_name(place.name + ".svg")
    words = {name: text for name, text in (("Title", title), ("Description", description)) if text}
    # The salt is the figure's name: ids of two figures on one page differ, and those of one figure stay.
    with style(), mpl.rc_context({"svg.hashsalt": place.name}):
        figure.savefig(png, format="png", dpi=200, metadata={"Software": None, **words})
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, **words})
    return png, svg
