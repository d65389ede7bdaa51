"""What all figures share: the style, a fresh axes, titles and notes, the look of each outlet, and saving.

In goes nothing but matplotlib's objects and words; every figure in this folder is drawn between `styled` and `save_figure`.
Nothing here changes matplotlib's global settings. A figure is wide, for a screen or a printed page, or narrow, for a phone: then
what stands beside the axes stands above each row, and the functions here see to it.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

from analysis.errors import InputError
from analysis.plots import arabic
from analysis.wording import LANGUAGES, isolate, month, number, plain, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# Six colours that stay apart for every kind of colour vision (CIE76 ≥ 13 under Machado's simulations), with a contrast of at
# least 3:1 with white (WCAG 1.4.11); with the seven shapes they tell 42 outlets apart, and a shape tells them apart without colour.
COLOURS = ("#1668b8", "#d1490c", "#0a4f3c", "#c05fae", "#6b1a10", "#201a5c")
SHAPES = ("o", "s", "^", "D", "v", "P", "X")
INK, GREY, PALE, RED = "#1a1a1a", "#5f5f5f", "#e8e8e8", "#b3120c"
MOST_OUTLETS = 15

WIDTHS = ("wide", "narrow")
# A narrow figure is drawn as wide as this, in inches, so that letters have the sizes of wide figures, and shown a fifth smaller: on
# a phone of 390 CSS pixels a page's column has PHONE of them, and what is written with LEAST points is read at 11 pixels or more.
NARROW, PHONE, LEAST = 4.4, 356, 10.0
ROOM = NARROW - 0.24  # inches, without the edges

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
    """A look for each outlet, by its place in the alphabet: the same outlets look the same in every figure, in either language.

    What is no one outlet (those without a name, the rest) is grey.
    """
    names = sorted(set(outlets))
    unnamed = tuple(
        say(key, each, n="").split("(")[0].strip() for key in ("general.unknown_outlet", "general.others") for each in LANGUAGES
    )
    named = [name for name in names if not name.startswith(unnamed)]
    found = {name: Look(COLOURS[i % len(COLOURS)], SHAPES[i % len(SHAPES)]) for i, name in enumerate(named)}
    return {name: found.get(name, Look(GREY, "h")) for name in names}


def in_order(outlets: Iterable[str]) -> list[str]:
    """Outlets in the one order that all figures have them in: by the alphabet, what is no one outlet (see `looks`) last."""
    look = looks(outlets)
    return sorted(look, key=lambda name: (look[name].colour == GREY, name))


def faded(colour: str) -> tuple[float, ...]:
    """The colour, pale: for what is there, but less certain or of another kind."""
    from matplotlib.colors import to_rgb

    return tuple(1 - (1 - part) * 0.22 for part in to_rgb(colour))


def narrow(width: str, ax: Axes | None) -> bool:
    """Whether a figure is to be drawn narrow. Raises `InputError` for an unknown width, and for a narrow figure in a given axes."""
    check_choice("width", width, WIDTHS)
    if width == "narrow" and ax is not None:
        raise InputError("`width` value = 'narrow' is invalid with `ax`: a narrow figure is one of its own")
    return width == "narrow"


def fresh(ax: Axes | None, width: float, height: float, *, narrow: bool = False) -> Axes:
    """`ax`, or the axes of a new figure of `width` × `height` inches that makes room for all its labels."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    size = (NARROW if narrow else width, height)
    figure = plt.figure(figsize=size, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
    if narrow:
        figure.set_gid(_NARROW_ID)
    return figure.add_subplot()


_NARROW_ID = "narrow"


def _is_narrow(ax: Axes) -> bool:
    return _root(ax).get_gid() == _NARROW_ID


def _share(ax: Axes) -> float:
    """How much of the figure's width the axes has: what stands beside a wide one takes a third at most."""
    return 0.88 if _is_narrow(ax) else 0.68


def fit(ax: Axes, given: Axes | None, body: float, below: float, *, above: float = 0.0) -> None:
    """Make a figure of our own (`given` is None) as high as its rows (`body`, inches), its head and what stands `below`
    (points) need; a narrow one's head has lines to be broken, and needs the points `above`.
    """
    if given is None:
        head = above / 72 + 0.3 if _is_narrow(ax) else 1.05
        _root(ax).set_figheight(body + head + below / 72)


def _root(ax: Axes) -> Figure:
    """The whole figure, also where the axes is in a part of one (`get_figure(root=True)`, which matplotlib 3.9 has not)."""
    whole: Figure = ax.figure.figure
    return whole


def write(ax: Axes, at: tuple[float, float], text: str, language: str, **look: Any) -> Text:
    """Text at a point of the data, shaped for `language`; `look` is as for `Axes.annotate`."""
    place = {"xytext": (0, 0), "textcoords": "offset points", "annotation_clip": False, **look}
    return ax.annotate(arabic.shape(text, language), at, **place)


def head(ax: Axes, title: str, language: str, *, subtitle: str = "", above: float = 0) -> float:
    """The title, with a smaller line or lines under it, where lines begin in `language`; `above` points over the axes.

    The title is broken to the figure's width, the smaller line to that of the axes; how many points they need is returned.
    """
    begin, _ = arabic.side(language)
    width = _root(ax).get_figwidth()
    small = broken(subtitle, int(width * _share(ax) * 12.5)) if subtitle else []
    large = broken(title, int(width * 7.5))
    pad = above + 12 + ((10 if _is_narrow(ax) else 8) + 22 * len(small) if small else 0)
    ax.set_title(arabic.shape("\n".join(large), language), loc="right" if begin == "right" else "left", pad=pad, linespacing=0.9)
    edge = (1.0, 1.0) if begin == "right" else (0.0, 1.0)
    for i, line in enumerate(small):
        at = (0, above + 12 + 22 * (len(small) - 1 - i))
        write(ax, edge, line, language, xycoords="axes fraction", xytext=at, ha=begin, va="bottom", color=GREY, fontsize=12.5)
    return pad + 30 * len(large)


_NAME = re.compile("\u2068[^\u2066-\u2069]{1,24}\u2069")
_JOINED = "\ue000"  # of no language: stands for a space where no line may end


def broken(text: str, width: int) -> list[str]:
    """A sentence of our own in lines of at most `width` characters, broken at spaces, not within a short name from outside."""
    import textwrap

    whole = _NAME.sub(lambda name: name[0].replace(" ", _JOINED), text)
    lines = textwrap.wrap(whole, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_JOINED, " ") for line in lines]


def foot(ax: Axes, notes: Sequence[str], language: str, *, below: float = 34) -> float:
    """Notes under the axes, `below` points from it; where they end, in points."""
    begin, _ = arabic.side(language)
    edge = (1.0, 0.0) if begin == "right" else (0.0, 0.0)
    for note in _lines(ax, notes):
        write(ax, edge, note, language, xycoords="axes fraction", xytext=(0, -below), ha=begin, va="top", color=GREY, fontsize=11.5)
        below += 23
    return below


def _lines(ax: Axes, notes: Sequence[str]) -> list[str]:
    """The notes that there are, each in as many lines as a narrow figure needs."""
    kept = [note for note in notes if note]
    return [line for note in kept for line in broken(note, 50)] if _is_narrow(ax) else kept


class Sketch:
    """A handle of the key drawn as the figure draws the mark: `draw(width, height)` gives its artists, in points from the corner of
    the room that there is for it.
    """

    def __init__(self, draw: Callable[[float, float], Sequence[Artist]]) -> None:
        self.draw = draw


def _sketched() -> dict[type, Any]:
    """How matplotlib's legends are to draw a `Sketch`."""
    from matplotlib.legend_handler import HandlerBase
    from matplotlib.transforms import Affine2D

    class Handler(HandlerBase):
        def create_artists(self, legend: Any, orig_handle: Any, *box: Any) -> list[Any]:
            xdescent, ydescent, width, height, _, trans = box
            artists = list(orig_handle.draw(width, height))
            for artist in artists:
                artist.set_transform(Affine2D().translate(-xdescent, -ydescent) + trans)
            return artists

    return {Sketch: Handler()}


def key(ax: Axes, entries: Sequence[tuple[Any, str]], language: str, *, below: float = 34) -> float:
    """A legend of (handle, words) under the axes, `below` points from it, in the language's direction; where it ends, in points."""
    from matplotlib.transforms import ScaledTranslation

    if not entries:
        return below
    begin, _ = arabic.side(language)
    rtl = begin == "right"
    if _is_narrow(ax):
        entries = [(handle, "\n".join(broken(text, 42))) for handle, text in entries]
    # As many columns as fit beside each other in the axes' width, by the longest words.
    longest = max(len(plain(text)) for _, text in entries) * 0.078 + 0.75
    columns = int(min(len(entries), max(1, _root(ax).get_figwidth() * _share(ax) / longest)))
    grid = _in_columns(entries, columns, rtl=rtl)
    legend = ax.legend(
        [handle for handle, _ in grid],
        [arabic.shape(text, language) for _, text in grid],
        loc="upper right" if rtl else "upper left",
        bbox_to_anchor=(1.0 if rtl else 0.0, 0.0),
        bbox_transform=ax.transAxes + ScaledTranslation(0, -below / 72, ax.figure.dpi_scale_trans),
        borderaxespad=0,
        borderpad=0,
        labelspacing=0.2,
        ncols=columns,
        handler_map=_sketched(),
        markerfirst=not rtl,
        alignment="right" if rtl else "left",
    )
    for text in legend.get_texts():
        text.set_multialignment("right" if rtl else "left")
    return below + legend.get_window_extent().height * 72 / ax.figure.dpi + 12


def _in_columns(entries: Sequence[tuple[Any, str]], columns: int, *, rtl: bool) -> list[tuple[Any, str]]:
    """The entries so that matplotlib, which fills a legend down its columns from the left, shows rows in reading order."""
    from matplotlib.lines import Line2D

    blank = (Line2D([], [], linestyle=""), "")
    rows = [list(entries[at : at + columns]) for at in range(0, len(entries), columns)]
    rows[-1] += [blank] * (columns - len(rows[-1]))
    order = range(columns - 1, -1, -1) if rtl else range(columns)
    return [row[column] for column in order for row in rows]


def name_label(text: object, width: int = 30) -> str:
    """A name from outside as a label: shortened, and isolated from the words around it."""
    return isolate(arabic.shorten(text, width))


def broken_label(text: object, width: int = 30, *, lines: int = 2) -> str:
    """A name or words from outside as a label of so many lines at most, each isolated from the words around it."""
    return "\n".join(isolate(line) for line in arabic.wrap(text, width, lines=lines))


def even_label(text: object, width: int, *, lines: int) -> str:
    """As `broken_label`, its lines as even as they can be: no last one has a lone word where the others have room."""
    many = len(arabic.wrap(text, width, lines=lines))
    fits = (each for each in range(width // 2, width) if len(arabic.wrap(text, each, lines=many + 1)) <= many)
    return broken_label(text, next(fits, width), lines=lines)


def tick_labels(ax: Axes, axis: str, places: Sequence[float], texts: Sequence[str], language: str, **look: Any) -> None:
    """Ticks at `places` with shaped labels."""
    target = ax.xaxis if axis == "x" else ax.yaxis
    target.set_ticks(list(places), [arabic.shape(text, language) for text in texts], **look)
    target.set_minor_locator(_no_ticks())


def in_column(ax: Axes, language: str) -> None:
    """Let long row labels of an Arabic figure, which stand at the right of the axes, begin at one line as a column of text does."""
    labels = ax.get_yticklabels()
    if arabic.side(language)[0] != "right" or not labels:
        return
    whole = _root(ax)
    widest = max(label.get_window_extent().width for label in labels) * 72 / whole.dpi
    ax.tick_params(axis="y", pad=widest + _GAP)
    for label in ax.get_yticklabels():
        label.set_horizontalalignment("right")


_GAP = 6  # points between the axes and the longest of its labels


def row_labels(
    ax: Axes, places: Sequence[float], firsts: Sequence[str], seconds: Sequence[str], language: str, *, above: float = 0.0
) -> None:
    """Labels of two lines where the rows begin: a name, and under it, smaller and grey, what there is to say about it.

    Beside the row; in a narrow figure over it, the middle of the lowest line `above` points from the row's place.
    """
    ax.yaxis.set_ticks(list(places), [""] * len(places))
    ax.yaxis.set_minor_locator(_no_ticks())
    begin, end = arabic.side(language)
    if _is_narrow(ax):
        _labels_above(ax, places, firsts, seconds, language, above)
        return
    edge, away = (1.0, 9) if begin == "right" else (0.0, -9)
    for place, first, second in zip(places, firsts, seconds, strict=True):
        look = {"xycoords": ("axes fraction", "data"), "ha": end, "va": "center"}
        write(ax, (edge, place), first, language, xytext=(away, 9 if second else 0), fontsize=13, **look)
        if second:
            write(ax, (edge, place), second, language, xytext=(away, -10), fontsize=11.5, color=GREY, **look)


def _labels_above(
    ax: Axes, places: Sequence[float], firsts: Sequence[str], seconds: Sequence[str], language: str, above: float
) -> None:
    begin, _ = arabic.side(language)
    edge = 1.0 if begin == "right" else 0.0
    for place, first, second in zip(places, firsts, seconds, strict=True):
        look = {"xycoords": ("axes fraction", "data"), "ha": begin, "va": "center"}
        up = above
        if second:
            up = _lines_up(ax, (edge, place), second, language, up, 17.5, **look, fontsize=11.5, color=GREY) + 3
        _lines_up(ax, (edge, place), first, language, up, 19, **look, fontsize=13)


def paragraph_above(ax: Axes, place: float, text: str, language: str, *, above: float) -> None:
    """A sentence from outside over a narrow figure's row, as `row_labels`, but from where lines of its own script begin."""
    begin, _ = arabic.side(arabic.script(text) or language)
    look = {"xycoords": ("axes fraction", "data"), "ha": begin, "va": "center", "fontsize": 13}
    _lines_up(ax, (1.0 if begin == "right" else 0.0, place), text, language, above, 19, **look)


def _lines_up(ax: Axes, at: tuple[float, float], text: str, language: str, up: float, step: float, **look: Any) -> float:
    """Lines of text each on its own, `step` points apart whatever this matplotlib takes for a line's height, the lowest `up` points
    from `at`; where another would stand.
    """
    for line in reversed(text.split("\n")):
        write(ax, at, line, language, xytext=(0, up), **look)
        up += step
    return up


_STEP = 17.0  # points from line to line of a column's label
_EDGE = 0.025  # of the axes: nearer to where it begins or ends, a label does not stand across the edge


def short_lines(ax: Axes, across: Sequence[float], places: Sequence[float], above: float, below: float) -> None:
    """The lines of a narrow figure's scale, along each row's marks only: none runs through the words between the rows."""
    points = [(at, place) for place in places for at in across]
    tops, ends = ([place + away for _, place in points] for away in (-above, below))
    ax.vlines([at for at, _ in points], tops, ends, colors="#e3e3e3", linewidth=0.8, zorder=0)


def repeated(ax: Axes, places: Sequence[float], across: Sequence[float], texts: Sequence[str], language: str, **look: Any) -> None:
    """Labels of a narrow figure's columns once more, at heights among the rows: a reader who is there sees no edge of the axes."""
    begin, end = arabic.side(language)
    scale = ax.xaxis.get_transform().transform
    first, last = scale(sorted(ax.get_xlim()))
    for place in places:
        for at, part, text in zip(across, (scale([*across]) - first) / (last - first), texts, strict=True):
            side = begin if part < _EDGE else end if part > 1 - _EDGE else "center"
            up = -_STEP * text.count("\n") / 2
            _lines_up(
                ax, (at, place), text, language, up, _STEP, **{"ha": side, "va": "center", "fontsize": 11, "color": GREY, **look}
            )


def _no_ticks() -> Any:
    from matplotlib.ticker import NullLocator

    return NullLocator()


def empty(ax: Axes, title: str, language: str) -> Axes:
    """An axes that says there is nothing to show."""
    arabic.read_from(ax, language)
    ax.set_axis_off()
    head(ax, title, language)
    write(
        ax,
        (0.5, 0.5),
        say("general.no_rows", language),
        language,
        xycoords="axes fraction",
        ha="center",
        va="center",
        color=GREY,
        fontsize=15,
    )
    return ax


def check_columns(table: pd.DataFrame, name: str, columns: Sequence[str]) -> None:
    """Raise `InputError`, naming what is missing, where `table` cannot be the table `name`."""
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise InputError(f"`{name}` has no column {absent[0]!r}; it needs {', '.join(columns)}")


def records(table: pd.DataFrame) -> Iterator[Any]:
    """The rows as tuples with names; their types are the caller's business."""
    return iter(table.itertuples())


def check_choice(name: str, value: str | None, choices: Sequence[str]) -> None:
    """Raise `InputError` where `value` is given and is none of `choices`."""
    if value is not None and value not in choices:
        raise InputError(f"`{name}` value = {value!r} is invalid; value must be one of {', '.join(map(repr, choices))}")


def most_frequent(values: pd.Series, most: int) -> list[str]:
    """The `most` values that occur most often, most often first, equal ones by the alphabet."""
    counts = values.value_counts()
    return [str(name) for name, _ in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:most]]


def outlet_names(outlets: pd.Series, language: str, *, most: int = MOST_OUTLETS) -> pd.Series:
    """The outlets as shown: those without a name under one heading, the smallest beyond `most` under another."""
    named = outlets.astype("object").where(outlets.notna(), say("general.unknown_outlet", language))
    named = named.map({outlet: plain(outlet) for outlet in named.unique()})
    kept = most_frequent(named, most)
    gone = named.nunique() - len(kept)
    if gone <= 1:
        return named
    return named.where(named.isin(kept[:-1]), say("general.others", language, n=number(gone + 1, language)))


def span_of(dated: pd.Series, language: str) -> str:
    """The months that `dated` covers, in words."""
    first, last = month(dated.min(), language), month(dated.max(), language)
    return first if first == last else say("general.span", language, first=first, last=last)


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
