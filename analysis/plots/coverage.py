"""Who reported which claim, and who left it out: a matrix of claims and outlets.

In goes `coverage(claims)` (claim × outlet, how often), out comes an axes: a filled mark where the outlet has the claim, a pale
one where it tells it in its own voice only, an open ring where it has not; under a mark, in how many articles, where in more than
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.plots import arabic, canvas
from analysis.wording import compact, counted, isolate, join, missing, number, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_MOST_CLAIMS = 30
_LYING = 6  # up to so many outlets' names stand beside each other in a narrow figure
_HEADS_EVERY = 6  # claims after which a narrow figure names the outlets again
_UNEQUAL = ((-1.0, 0.4), (1.0, 0.4), (-1.0, -0.4), (1.0, -0.4), (-0.5, -1.0), (0.5, 1.0))  # three strokes: ≠


@canvas.styled
def plot_coverage(
    coverage: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "ar",
    labels: Mapping[Any, str] | None = None,
    odds: Collection[tuple[Any, str]] = (),
    width: str = "wide",
) -> Axes:
    """Claims (the index) by outlets (the columns), the most widely reported first; a number under the mark where an outlet has a
    claim more than once, a pale mark where it tells it in its own voice only (below 0 in the table).

    `labels` gives the words of each claim; without it the index is shown. `odds` are claims and outlets that have another figure
    for it: an open ring with ≠ in it. The thirty most widely reported claims and fifteen outlets with the most claims are shown,
    and the note says so. In a narrow figure each claim stands over its marks. Raises `InputError` for an unknown language or width.
    """
    narrow = canvas.narrow(width, ax)
    title = say("coverage.title", language)
    table = _counts(coverage, language)
    if table.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), title, language)
    every = len(table)
    table = table.iloc[:_MOST_CLAIMS]
    look = canvas.looks(table.columns)
    if narrow:
        return _narrow(table, every, labels, odds, title, language)
    given, ax = ax, canvas.fresh(ax, max(8.0, 4.6 + 0.62 * table.shape[1]), 5)
    ax.set_xlim(-0.6, table.shape[1] - 0.4)
    ax.set_ylim(len(table) - 0.4, -0.6)
    _marks(ax, table, range(len(table)), look, odds, language)
    texts = [canvas.broken_label(labels.get(key, key) if labels else key, 44, lines=3) for key in table.index]
    tall = max(0.6, 0.24 * max(text.count("\n") + 1 for text in texts))  # inches of a row
    canvas.tick_labels(ax, "y", range(len(table)), texts, language, fontsize=12, linespacing=0.95)
    heads = [canvas.broken_label(outlet, 10, lines=3) for outlet in table.columns]
    ax.xaxis.tick_top()
    canvas.tick_labels(ax, "x", range(table.shape[1]), heads, language, fontsize=11, linespacing=0.85)
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    lines = max(head.count("\n") + 1 for head in heads)
    canvas.head(ax, title, language, above=8 + 18 * lines)
    arabic.read_from(ax, language)
    canvas.in_column(ax, language)
    below = canvas.key(ax, _legend(table, odds, language), language, below=14)
    below = canvas.foot(ax, _notes(table, every, language), language, below=below)
    canvas.fit(ax, given, tall * len(table) + 0.26 * lines, below)
    return ax


def _narrow(
    table: pd.DataFrame,
    every: int,
    labels: Mapping[Any, str] | None,
    odds: Collection[tuple[Any, str]],
    title: str,
    language: str,
) -> Axes:
    """The same, each claim over its marks; where the numbers under them need room, not all the outlets beside each other."""
    texts = [canvas.even_label(labels.get(key, key) if labels else key, 46, lines=4) for key in table.index]
    size = -(-table.shape[1] // -(-table.shape[1] // _abreast(table, language)))
    ax = canvas.fresh(None, 0, 5, narrow=True)
    ax.set_xlim(-0.5, size - 0.5)
    arabic.read_from(ax, language)
    ax.set_axis_off()
    at = 0.12
    for first in range(0, table.shape[1], size):
        panel = table.iloc[:, first : first + size]
        heads = _Heads.of(panel, size)
        places = []
        for i, text in enumerate(texts):
            if i % _HEADS_EVERY == 0:
                canvas.repeated(ax, [at + heads.high / 2], range(len(heads.texts)), heads.texts, language, **heads.look)
                at += heads.high + 0.18
            at += 0.23 * (text.count("\n") + 1) + 0.24
            places.append(at)
            canvas.paragraph_above(ax, at, text, language, above=25)
            at += 0.6  # so that the numbers under the marks are nearer to these than to the next claim
        _marks(ax, panel, places, canvas.looks(table.columns), odds, language)
    ax.set_ylim(at, 0)
    ax.set_yticks([])
    above = canvas.head(ax, title, language)
    below = canvas.key(ax, _legend(table, odds, language), language, below=14)
    below = canvas.foot(ax, _notes(table, every, language), language, below=below)
    canvas.fit(ax, None, at, below, above=above)
    return ax


def _abreast(table: pd.DataFrame, language: str) -> int:
    """How many outlets of a narrow figure stand beside each other: as many as have room for the numbers under their marks."""
    longest = max(len(compact(int(times), language)) for times in table.abs().to_numpy().ravel())
    return max(1, min(canvas.MOST_OUTLETS, int(canvas.ROOM / (0.08 + 0.08 * longest))))


class _Heads(NamedTuple):
    """The outlets' names over a narrow figure's columns: beside each other, or upright where they are many."""

    texts: list[str]
    high: float  # inches
    look: dict[str, Any]

    @classmethod
    def of(cls, panel: pd.DataFrame, columns: int) -> _Heads:
        if columns > _LYING:
            texts = [canvas.broken_label(outlet, 22, lines=1) for outlet in panel]
            return cls(texts, 0.078 * max(map(len, texts)), {"color": canvas.INK, "rotation": 90})
        texts = [canvas.broken_label(outlet, int(canvas.ROOM / columns / 0.078), lines=3) for outlet in panel]
        high = 0.2 * max(text.count("\n") + 1 for text in texts)
        return cls(texts, high, {"color": canvas.INK})


def _marks(
    ax: Axes,
    table: pd.DataFrame,
    places: Sequence[float],
    look: Mapping[str, canvas.Look],
    odds: Collection[tuple[Any, str]],
    language: str,
) -> None:
    """The marks of each claim at its place."""
    for place, claim, times in zip(places, table.index, table.to_numpy(dtype=int).tolist(), strict=True):
        ax.axhline(place, color="#eeeeee", linewidth=0.8, zorder=0)
        for column, outlet in enumerate(table.columns):
            if times[column]:
                _mark(ax, column, place, times[column], look[outlet], language)
            else:
                _ring(ax, column, place, other=(claim, outlet) in odds)


def _counts(coverage: pd.DataFrame, language: str) -> pd.DataFrame:
    """The matrix in numbers, the widest claims first, ties as they came; the outlets with the most claims, by the alphabet."""
    unnamed = say("general.unknown_outlet", language)
    table = coverage.set_axis([unnamed if missing(name) else str(name) for name in coverage.columns], axis=1).fillna(0).astype(int)
    wide = (table > 0).sum(axis=1).sort_values(ascending=False, kind="stable").index
    full = (table > 0).sum(axis=0).sort_values(ascending=False, kind="stable").index[: canvas.MOST_OUTLETS]
    return table.loc[wide, canvas.in_order(full)]


def _mark(ax: Axes, column: int, place: float, times: int, look: canvas.Look, language: str) -> None:
    face = look.colour if times > 0 else canvas.faded(look.colour)
    ax.plot(
        [column], [place], marker=look.shape, markersize=15 if times > 0 else 13, markerfacecolor=face,
        markeredgecolor=look.colour, markeredgewidth=1.0 if times > 0 else 1.8, zorder=3,
    )  # fmt: skip
    if abs(times) > 1:  # under the mark: within it, two digits are too many for some shapes
        text = {"ha": "center", "va": "top", "fontsize": 10.5, "color": canvas.INK, "zorder": 5, "in_layout": False}
        canvas.write(ax, (column, place), compact(abs(times), language), language, xytext=(0, -10), **text)


def _ring(ax: Axes, column: int, place: float, *, other: bool) -> None:
    """The mark of an outlet that has not the claim: a small ring; a larger one with ≠ in it where it has another figure."""
    ax.plot([column], [place], zorder=2, linestyle="none", **_ring_look(16 if other else 8))
    if other:
        ax.plot([column], [place], zorder=3, linestyle="none", **_odds_look())


def _odds_look() -> dict[str, Any]:
    """The sign ≠, drawn: fonts may lack it."""
    from matplotlib.path import Path

    strokes = Path(_UNEQUAL, [Path.MOVETO, Path.LINETO] * 3)
    return {"marker": strokes, "markersize": 7, "markerfacecolor": "none", "markeredgecolor": "#4d4d4d", "markeredgewidth": 1.3}


def _ring_look(size: int) -> dict[str, Any]:
    return {"marker": "o", "markersize": size, "markerfacecolor": "white", "markeredgecolor": "#8a8a8a", "markeredgewidth": 1.0}


def _legend(table: pd.DataFrame, odds: Collection[tuple[Any, str]], language: str) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    narrated = bool((table < 0).to_numpy().any())
    other = any((claim, outlet) in odds for claim in table.index for outlet in table.columns)

    def mark(size: int, face: Any, edge: str, width: float) -> Line2D:
        look = {"markerfacecolor": face, "markeredgecolor": edge, "markeredgewidth": width}
        return Line2D([], [], linestyle="none", marker="o", markersize=size, **look)

    entries = [(mark(11, "#4d4d4d", "#4d4d4d", 1.0), say("coverage.stated" if narrated else "coverage.reported", language))]
    if narrated:
        entries.append((mark(10, canvas.faded("#4d4d4d"), "#4d4d4d", 1.8), say("coverage.narrated", language)))
    if other:
        entries.append((Line2D([], [], linestyle="none", **_odds_look()), say("coverage.other", language)))
    return [*entries, (Line2D([], [], linestyle="none", **_ring_look(8)), say("coverage.left_out", language))]


def _notes(table: pd.DataFrame, every: int, language: str) -> list[str]:
    """What the numbers are, where there are any, and how many claims of `every` are shown."""
    notes = [say("coverage.times", language)] if bool((table.abs() > 1).to_numpy().any()) else []
    if len(table) < every:
        notes.append(say("general.shown_of", language, shown=number(len(table), language), all=number(every, language)))
    return notes


def describe_coverage(
    coverage: pd.DataFrame,
    *,
    language: str = "ar",
    labels: Mapping[Any, str] | None = None,
    most: int = 15,
    odds: Collection[tuple[Any, str]] = (),
) -> str:
    """The figure in words, its alternative text: for the `most` most widely reported claims, who has it, who tells it in its own
    voice, and who has not.
    """
    table = _counts(coverage, language)
    if table.empty:
        return f"{say('coverage.title', language)}: {say('general.no_rows', language)}."
    parts = []
    for key, row in table.head(most).iterrows():
        other = np.array([(key, outlet) in odds for outlet in row.index], dtype=bool)
        kinds = {"reported": row > 0, "narrated": row < 0, "missing": (row == 0) & ~other, "other": other}
        sides = {
            kind: join([isolate(name) for name, there in zip(row.index, np.asarray(kept), strict=True) if there], language)
            for kind, kept in kinds.items()
        }
        claim = isolate(arabic.shorten(labels.get(key, key) if labels else key, 80))
        reported = sides.pop("reported") or say("general.none", language)
        more = [say(f"coverage.alt_{kind}", language, outlets=names) for kind, names in sides.items() if names]
        parts.append("".join([say("coverage.alt_part", language, claim=claim, reported=reported), *more]))
    return say(
        "coverage.alt", language,
        claims=counted("claim", len(table), language), outlets=counted("outlet", table.shape[1], language),
        parts=join(parts, language, comma="list_semicolon"),
    )  # fmt: skip
